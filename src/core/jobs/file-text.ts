import { AppError } from '../../shared/errors.ts';
import type { Snapshots } from '../snapshots/snapshots.ts';

/** How much of a file is shown, in bytes. */
const TEXT_LIMIT = 512 * 1024;

/** The text of a file of a frozen tree, for reading. @throws AppError `E_NOT_FOUND` */
export async function fileTextOf(
  snapshots: Snapshots,
  tree: string,
  path: string,
): Promise<{ text: string; truncated: boolean; binary: boolean }> {
  const bytes = await snapshots.readFile(tree, path, TEXT_LIMIT + 1);
  if (!bytes) {
    throw new AppError('E_NOT_FOUND', `There is no file "${path}" in this version.`, {
      next: 'Choose one of the files that the version lists.',
    });
  }
  if (bytes.includes(0)) return { text: '', truncated: false, binary: true };
  const truncated = bytes.length > TEXT_LIMIT;
  return { text: bytes.toString('utf8', 0, TEXT_LIMIT), truncated, binary: false };
}
