import { realpathSync, statSync } from 'node:fs';
import { AppError } from '../shared/errors.ts';

/** The absolute path of a folder given as `--uri`. @throws AppError `E_SOURCE_NOT_FOUND` */
export function localFolder(uri: string): string {
  const stat = statSync(uri, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return realpathSync(uri);
  const what = stat ? 'is not a folder' : 'does not exist';
  throw new AppError('E_SOURCE_NOT_FOUND', `"${uri}" ${what}.`, {
    next: 'Give an existing folder, such as `--uri .`, or the address of a repository.',
  });
}
