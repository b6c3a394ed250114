import { realpathSync, statSync } from 'node:fs';
import { AppError } from '../shared/errors.ts';

/** The absolute path of a folder given as `--uri`. @throws AppError `E_SOURCE_NOT_FOUND` */
export function localFolder(path: string, example = '--uri .'): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return realpathSync(path);
  const what = stat ? 'is not a folder' : 'does not exist';
  throw new AppError('E_SOURCE_NOT_FOUND', `"${path}" ${what}.`, {
    next: `Give an existing folder, such as \`${example}\`.`,
  });
}
