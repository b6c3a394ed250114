import { constants, type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { isOutOfFiles, systemLimit } from '../system-limit.ts';

const VALID_ID = /^[0-9a-z-]{1,80}$/;
/** Logs can hold what a program should not have printed: for their owner only. */
const FILE_MODE = 0o600;

export interface LogPaths {
  id: string;
  log: string;
  index: string;
}

/** Where a log's two files are. Ids that could name anything else are refused with `E_NAME`. */
export function logPaths(folder: string, id: string): LogPaths {
  if (!VALID_ID.test(id)) {
    throw new AppError('E_NAME', `"${id.slice(0, 80)}" is not the name of a log.`, {
      next: 'Use the id of a run.',
    });
  }
  return { id, log: join(folder, `${id}.log`), index: join(folder, `${id}.idx`) };
}

export const damaged = (id: string, why: string, cause?: unknown): AppError =>
  new AppError('E_LOG_DAMAGED', `The stored log of ${id} is damaged: ${why}.`, {
    next: 'Start the run again to get its output; its other records are not touched.',
    ...(cause !== undefined && { cause }),
  });

/** A log whose lines were there, and are not any more. */
export const removed = (): AppError =>
  new AppError('E_LOG_DAMAGED', 'The log was removed while it was open.', {
    next: 'Open its run again.',
  });

const errorCode = (error: unknown): string => String((error as { code?: unknown } | null)?.code);

/** Turns what the file system throws into errors a person can act on; anything else stays as it is. */
export function logFileError(error: unknown, id: string): unknown {
  const code = errorCode(error);
  if (!(error instanceof Error) || !('syscall' in error)) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('E_DISK_FULL', 'The disk is full: the log is not stored for now.', {
      next: 'Free some space. The run goes on, and what is missing is read from its engine then.',
      cause: error,
    });
  }
  if (isOutOfFiles(error)) return systemLimit(error);
  if (code === 'EIO' || code === 'EISDIR')
    return damaged(id, `the disk reports an error (${code})`, error);
  return new AppError('E_DATA_DIR', `The log of ${id} cannot be read or written (${code}).`, {
    next: "Check that the data folder is yours and that the system's limits are not reached.",
    cause: error,
  });
}

/** Runs `work` with file system errors turned into {@link AppError}s. */
export async function withLogErrors<T>(id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw logFileError(error, id);
  }
}

export async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Opens for reading and writing anywhere, keeping what is there. */
export const openKept = (path: string): Promise<FileHandle> =>
  open(path, constants.O_RDWR | constants.O_CREAT, FILE_MODE);

/** The bytes [from, from + length), or as many of them as the file has. */
export async function readAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

export async function writeAt(file: FileHandle, bytes: Buffer, to: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, to + done);
    done += bytesWritten;
  }
}
