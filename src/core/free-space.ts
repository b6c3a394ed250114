import { statfsSync } from 'node:fs';
import { AppError } from '../shared/errors.ts';

/** Less than this is nothing: a page of a database and a piece of a log do not fit in it. */
const NOTHING_BYTES = 128 * 1024;
/** What a run that has nothing to build leaves: rows, the first of its log, its folder. */
const RUN_BYTES = 4 * 2 ** 20;

/** What is free on the disk of a folder, in bytes; null where the system does not tell. */
function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize, blocks } = statfsSync(folder);
    // Some file systems (of networks, of memory without a limit) have no size.
    return blocks === 0 ? null : bavail * bsize;
  } catch {
    return null;
  }
}

/** Whether next to nothing is free on the disk of a folder. */
export const isFull = (folder: string): boolean => (freeBytes(folder) ?? Infinity) < NOTHING_BYTES;

/** @throws AppError `E_DISK_FULL` when a run could not be kept in the folder */
export function requireRoom(folder: string): void {
  const free = freeBytes(folder);
  if (free === null || free >= RUN_BYTES) return;
  const left = `${(free / 2 ** 20).toFixed(1)} MiB are free`;
  throw new AppError('E_DISK_FULL', `The disk that holds ${folder} is full: ${left}.`, {
    next: 'Free some space and launch it again; nothing was started.',
  });
}
