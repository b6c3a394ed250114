import { constants } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';

/** A link swapped in is not followed, and a pipe swapped in does not block. Windows has neither flag. */
export const OPEN_SAFELY =
  constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Why a file is not read, as a sentence for people. */
export class Unread extends Error {}

/**
 * Opens a regular file, never through a link; null when it is not there.
 * @throws Unread for anything else, and what the system says
 */
export async function openRegular(path: string): Promise<FileHandle | null> {
  let file: FileHandle;
  try {
    // Where there is no O_NOFOLLOW this is what refuses links.
    if ((await lstat(path)).isSymbolicLink()) throw new Unread('It is a link.');
    file = await open(path, OPEN_SAFELY);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new Unread('It is not a regular file.');
}

/** At most `limit` bytes of an open file. @throws Unread when it has more */
export async function readLimited(file: FileHandle, limit: number): Promise<Buffer> {
  const { size } = await file.stat();
  if (size > limit) throw new Unread(`It is larger than ${Math.floor(limit / 1024)} KiB.`);
  // One byte more: a file that grows meanwhile is noticed instead of cut off.
  const buffer = Buffer.alloc(size + 1);
  let length = 0;
  for (let read = 1; read > 0 && length < buffer.length; length += read) {
    read = (await file.read(buffer, length, buffer.length - length, length)).bytesRead;
  }
  if (length > size) throw new Unread('It was being written.');
  return buffer.subarray(0, length);
}

/** The text of a regular file; null when it is none, is longer than `limit` bytes, or cannot be read. */
export async function readSmallText(path: string, limit: number): Promise<string | null> {
  try {
    const file = await openRegular(path);
    try {
      return file && (await readLimited(file, limit)).toString('utf8');
    } finally {
      await file?.close();
    }
  } catch {
    return null;
  }
}
