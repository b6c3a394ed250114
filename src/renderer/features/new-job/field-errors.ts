import { checkName } from '../../../shared/domain/names.ts';
import { toErrorData, type ErrorCode, type ErrorData } from '../../../shared/errors.ts';

export interface FieldErrors {
  name: ErrorData | null;
  project: ErrorData | null;
  entryPoint: ErrorData | null;
  /** What belongs to no field. */
  form: ErrorData | null;
}

export const noErrors: FieldErrors = { name: null, project: null, entryPoint: null, form: null };

const ENTRY_CODES: readonly ErrorCode[] = [
  'E_ENTRYPOINT',
  'E_ENTRYPOINT_PARSE',
  'E_ENTRYPOINT_MISSING',
];

function nameError(kind: 'job' | 'project', name: string): ErrorData | null {
  try {
    checkName(kind, name);
    return null;
  } catch (thrown) {
    return toErrorData(thrown);
  }
}

/** Names that main would refuse, found before anything is sent. */
export const checkNames = (name: string, project: string): FieldErrors => ({
  ...noErrors,
  name: nameError('job', name),
  project: nameError('project', project),
});

/** Puts an error of main beside the field it is about. */
export function placeError(error: ErrorData): FieldErrors {
  if (error.code === 'E_NAME') return { ...noErrors, name: error };
  if (ENTRY_CODES.includes(error.code)) return { ...noErrors, entryPoint: error };
  return { ...noErrors, form: error };
}

/** The name offered in place of a refused one. */
export const offeredName = (error: ErrorData | null): string | null =>
  error?.next?.match(/Did you mean: (\S+)$/)?.[1] ?? null;
