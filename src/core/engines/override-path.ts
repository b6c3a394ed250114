import { AppError } from '../../shared/errors.ts';

/**
 * The parts of a path below the code's folder.
 * @throws AppError `E_OVERRIDE_FILE` for one that is none, or leads elsewhere.
 */
export function overrideParts(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '.');
  const wrong = parts.some((part) => part === '' || part === '..' || part.includes('\0'));
  if (parts.length > 0 && !wrong) return parts;
  throw overrideRefused(path, 'it is no path below the folder of the code');
}

export const overrideRefused = (path: string, why: string): AppError =>
  new AppError('E_OVERRIDE_FILE', `"${path}" cannot be written for the run: ${why}.`, {
    next: 'Name a plain file of the code, by its path from the folder of the code.',
  });
