import { lstatSync, readdirSync, type Dirent, type Stats } from 'node:fs';
import { join } from 'node:path';

const BLOCK_BYTES = 512;

/** What a file takes on the disk, which is not its length. */
const taken = ({ blocks, size }: Stats): number =>
  // Some systems do not tell.
  Number.isFinite(blocks) ? blocks * BLOCK_BYTES : size;

/** What a file or folder with all that is in it takes on the disk, in bytes, as `du` counts. 0 for what is not there. */
export function diskUsage(path: string): number {
  /** Files with several names are there once. */
  const seen = new Set<string>();
  const waiting = [path];
  let bytes = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const stat = statOf(next);
    if (!stat) continue;
    if (stat.isDirectory()) for (const { name } of entriesOf(next)) waiting.push(join(next, name));
    else if (stat.nlink > 1) {
      const id = `${stat.dev}:${stat.ino}`;
      if (seen.has(id)) continue;
      seen.add(id);
    }
    bytes += taken(stat);
  }
  return bytes;
}

/** Null for what is not there, or went away meanwhile, or may not be looked at. */
export function statOf(path: string): Stats | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}

/** What is in a folder; nothing where that cannot be read. */
export function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
