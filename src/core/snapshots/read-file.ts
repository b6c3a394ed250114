import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { OPEN_SAFELY } from '../regular-file.ts';
import { fsPath, type Bytes } from './path-bytes.ts';
import { fsCode, ioError } from './source-errors.ts';

/** What of a file tells that it is still the same: compared before and after every read. */
export interface FileFacts {
  ino: number;
  size: number;
  mode: number;
  mtimeMs: number;
  ctimeMs: number;
}

export const sameFacts = (a: FileFacts, b: FileFacts): boolean =>
  a.ino === b.ino &&
  a.size === b.size &&
  a.mtimeMs === b.mtimeMs &&
  a.ctimeMs === b.ctimeMs &&
  a.mode === b.mode;

/** Why a file could not be read as it was found; the caller decides what becomes of it. */
export class ReadProblem extends Error {
  readonly reason: 'changed' | 'unreadable';

  constructor(reason: 'changed' | 'unreadable') {
    super(reason);
    this.reason = reason;
  }
}

const CHANGED = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO', 'EISDIR', 'ESTALE']);
const FORBIDDEN = new Set(['EACCES', 'EPERM']);

/** A failed call on a file that was there a moment ago. */
export function readProblem(error: unknown, path: Bytes): unknown {
  const code = fsCode(error);
  if (CHANGED.has(code)) return new ReadProblem('changed');
  if (FORBIDDEN.has(code)) return new ReadProblem('unreadable');
  return ioError(error, path);
}

/** Opens a regular file; `found` is what it must still be, if that matters. */
function openRegular(path: Bytes, found: FileFacts | null): { fd: number; size: number } {
  const fd = openSync(fsPath(path), OPEN_SAFELY);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile() || (found && !sameFacts(stat, found))) throw new ReadProblem('changed');
    return { fd, size: stat.size };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function withFile<T>(
  path: Bytes,
  found: FileFacts | null,
  action: (fd: number, size: number) => T,
): T {
  try {
    const { fd, size } = openRegular(path, found);
    try {
      return action(fd, size);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw error instanceof ReadProblem ? error : readProblem(error, path);
  }
}

/** Fills the buffer from the file; returns the number of bytes, fewer only at the file's end. */
function fill(fd: number, buffer: Buffer): number {
  let length = 0;
  while (length < buffer.length) {
    const read = readSync(fd, buffer, length, buffer.length - length, null);
    if (read === 0) break;
    length += read;
  }
  return length;
}

/** Up to `limit` first bytes of a regular file, never through a link. Throws {@link ReadProblem}. */
export const readHead = (path: Bytes, limit: number): Buffer =>
  withFile(path, null, (fd, size) => {
    const buffer = Buffer.alloc(Math.min(limit, size));
    return buffer.subarray(0, fill(fd, buffer));
  });

/**
 * Reads a whole file into `target`, which is exactly as long as the file was found to be. Throws
 * {@link ReadProblem} when it is not the file that was found, before or after the read.
 */
export const readWhole = (path: Bytes, found: FileFacts, target: Buffer): void =>
  withFile(path, found, (fd) => {
    if (fill(fd, target) < target.length) throw new ReadProblem('changed');
    if (!sameFacts(fstatSync(fd), found)) throw new ReadProblem('changed');
  });

/**
 * As {@link readWhole}, for files too large to hold: fills what `space` gives for the bytes that are
 * left, and hands it to `take`.
 */
export async function readPieces(
  path: Bytes,
  found: FileFacts,
  space: (left: number) => Buffer,
  take: (piece: Buffer) => Promise<void>,
): Promise<void> {
  let fd: number | null = null;
  try {
    fd = openRegular(path, found).fd;
    for (let left = found.size; left > 0;) {
      const piece = space(left);
      if (fill(fd, piece) < piece.length) throw new ReadProblem('changed');
      await take(piece);
      left -= piece.length;
    }
    if (!sameFacts(fstatSync(fd), found)) throw new ReadProblem('changed');
  } catch (error) {
    throw error instanceof ReadProblem ? error : readProblem(error, path);
  } finally {
    if (fd !== null) closeSync(fd);
  }
}
