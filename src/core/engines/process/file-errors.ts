import { AppError } from '../../../shared/errors.ts';

export const isMissing = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException | null)?.code === 'ENOENT';

/** Maps what the file system says to errors a person can act on; anything else is returned as it is. */
export function fileError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('E_DISK_FULL', `The disk that holds ${path} is full.`, {
      next: 'Free some space and try again.',
      cause: error,
    });
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new AppError('E_DATA_DIR', `${path} cannot be written (${code}).`, {
      next: 'Check that the folder is yours and can be written.',
      cause: error,
    });
  }
  return error;
}

/** The value, or null when the file is not there. */
export async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
