import { realpathSync, statSync } from 'node:fs';
import { AppError } from '../shared/errors.ts';

/** The absolute path of a folder given as `--uri`. @throws AppError `E_SOURCE_NOT_FOUND` */
export function localFolder(uri: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(uri) || /^[\w.-]+@[\w.-]+:/.test(uri)) {
    throw new AppError('E_SOURCE_NOT_FOUND', `"${uri}" is not a folder of this machine.`, {
      next: 'Clone the repository and give the folder of the clone; git addresses are not read yet.',
    });
  }
  const stat = statSync(uri, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return realpathSync(uri);
  const what = stat ? 'is not a folder' : 'does not exist';
  throw new AppError('E_SOURCE_NOT_FOUND', `"${uri}" ${what}.`, {
    next: 'Give an existing folder, such as `--uri .`',
  });
}
