import { checkName } from '../../../shared/domain/names.ts';
import { toErrorData, type ErrorCode, type ErrorData } from '../../../shared/errors.ts';
import { badArguments, type JobDraft } from './job-draft.ts';

/** Fields that an error can stand beside; `form` is for what belongs to none. */
export type Field =
  | 'name'
  | 'project'
  | 'entryPoint'
  | 'aliases'
  | 'context'
  | 'dockerfile'
  | 'args'
  | 'schema'
  | 'address'
  | 'ref'
  | 'reference'
  | 'form';

export type FieldErrors = Partial<Record<Field, ErrorData>>;

export const noErrors: FieldErrors = {};

const FIELDS: Partial<Record<ErrorCode, Field>> = {
  E_NAME: 'name',
  E_ENTRYPOINT: 'entryPoint',
  E_ENTRYPOINT_PARSE: 'entryPoint',
  E_ENTRYPOINT_MISSING: 'entryPoint',
  E_NO_ENTRYPOINT: 'entryPoint',
  E_CONTEXT_NOT_FOUND: 'context',
  E_CONTEXT_EMPTY: 'context',
  E_DOCKERFILE_NOT_FOUND: 'dockerfile',
  E_DOCKERFILE: 'dockerfile',
  E_GIT_URL: 'address',
  E_GIT_URL_CHARS: 'address',
  E_GIT_SCHEME: 'address',
  E_GIT_HOST: 'address',
  E_GIT_PORT: 'address',
  E_GIT_REF: 'ref',
  E_GIT_REF_NOT_FOUND: 'ref',
  E_GIT_REF_AMBIGUOUS: 'ref',
  E_IMAGE_REF: 'reference',
  E_SCHEMA: 'schema',
};

/** The fields of each source's form. */
const COMMON: readonly Field[] = ['name', 'project', 'entryPoint', 'aliases', 'schema'];
const BUILT: readonly Field[] = [...COMMON, 'context', 'dockerfile', 'args'];
export const FORM_FIELDS = {
  folder: BUILT,
  git: [...BUILT, 'address', 'ref'],
  image: [...COMMON, 'reference'],
} as const satisfies Record<string, readonly Field[]>;

function nameError(kind: 'job' | 'project', name: string): ErrorData | null {
  try {
    checkName(kind, name);
    return null;
  } catch (thrown) {
    return toErrorData(thrown);
  }
}

function argumentError(args: string): ErrorData | null {
  const [bad] = badArguments(args);
  if (bad === undefined) return null;
  const message = `"${bad}" is not a build argument.`;
  return { code: 'E_ARGS', message, next: 'Write each as NAME=value, one a line.' };
}

/** What main would refuse, found before anything is sent. A job without a name gets one. */
export function checkDraft({ name, project, args }: JobDraft): FieldErrors {
  const found = {
    name: name.trim() === '' ? null : nameError('job', name),
    project: nameError('project', project),
    args: argumentError(args),
  };
  return Object.fromEntries(Object.entries(found).filter(([, error]) => error !== null));
}

/** Errors speak of the command line's option where there is one; here it is the field they stand beside. */
function inWindow(error: ErrorData): ErrorData {
  if (error.code !== 'E_NO_ENTRYPOINT') return error;
  const next = error.next?.replace(' with --entry-point.', '.').replace('--entry-point ', '');
  return { ...error, message: `The entry point is empty. ${error.message}`, next };
}

/** Puts an error of main beside the field it is about, if the form has that field. */
export function placeError(error: ErrorData, fields: readonly Field[]): FieldErrors {
  const alias = error.code === 'E_NAME' && error.message.includes('alias');
  const field = alias ? 'aliases' : FIELDS[error.code];
  return { [field !== undefined && fields.includes(field) ? field : 'form']: inWindow(error) };
}

/** The name offered in place of a refused one. */
export const offeredName = (error: ErrorData | undefined): string | null =>
  error?.next?.match(/Did you mean: (\S+)$/)?.[1] ?? null;
