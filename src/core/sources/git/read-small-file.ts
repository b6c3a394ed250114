import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

// A link swapped in is not followed, and a pipe does not block. Windows has neither flag.
const SAFELY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The text of a regular file; null when it is none, is longer than `limit` bytes, or cannot be read. */
export async function readSmallFile(path: string, limit: number): Promise<string | null> {
  try {
    const file = await open(path, SAFELY);
    try {
      const stat = await file.stat();
      if (!stat.isFile() || stat.size > limit) return null;
      const { buffer, bytesRead } = await file.read(Buffer.alloc(stat.size), 0, stat.size, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
