import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { showBytes, type Bytes } from './path-bytes.ts';

const NAMED = 5;
const CLIP = 200;

/** The `code` of an error that `node:fs` threw; empty for anything else. */
export const fsCode = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};

const clip = (text: string): string => (text.length > CLIP ? `${text.slice(0, CLIP)}…` : text);

/** Up to five paths for a sentence: `a, b and 12 more`. */
function nameSome(paths: readonly Bytes[]): string {
  const named = paths.slice(0, NAMED).map((path) => clip(showBytes(path) || '.'));
  const more = paths.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}

const ignoreLine = (path: Bytes): string => `/${clip(showBytes(path))}`;

export const unreadable = (paths: readonly Bytes[]): AppError =>
  new AppError('E_SOURCE_UNREADABLE', `Not allowed to read ${nameSome(paths)}.`, {
    next: `Change the permissions, or leave them out with lines in .slipwayignore such as ${ignoreLine(paths[0] ?? '')}`,
  });

export const changed = (paths: readonly Bytes[]): AppError =>
  new AppError('E_SOURCE_CHANGED', `Changed while being read, three times: ${nameSome(paths)}.`, {
    next: `Wait until nothing writes there, or leave it out with a line in .slipwayignore such as ${ignoreLine(paths[0] ?? '')}`,
  });

const CODES: Record<string, ErrorCode> = {
  ENAMETOOLONG: 'E_PATH_TOO_LONG',
  ENOSPC: 'E_DISK_FULL',
  EDQUOT: 'E_DISK_FULL',
};

const WHAT: Partial<Record<ErrorCode, string>> = {
  E_PATH_TOO_LONG: 'The path is too long',
  E_DISK_FULL: 'The disk is full',
};

const NEXT: Partial<Record<ErrorCode, string>> = {
  E_PATH_TOO_LONG: 'Shorten the names or leave the folder out with a line in .slipwayignore.',
  E_DISK_FULL: 'Free some space and try again.',
  E_SOURCE_IO: 'Check that the disk is there and healthy, then try again.',
};

/** A failed file system call as an error for people; what is already one stays as it is. */
export function ioError(error: unknown, path: Bytes): unknown {
  const code = fsCode(error);
  if (error instanceof AppError || !code.startsWith('E')) return error;
  const mapped = CODES[code] ?? 'E_SOURCE_IO';
  const what = WHAT[mapped] ?? 'Reading or writing failed';
  return new AppError(mapped, `${what} (${code}): ${clip(showBytes(path) || '.')}`, {
    ...(NEXT[mapped] && { next: NEXT[mapped] }),
    cause: error,
  });
}
