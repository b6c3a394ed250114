import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Names, sizes and times of a run folder's own files, and when the newest of them was written. */
export interface Fingerprint {
  text: string;
  /** ms since 1970. */
  changedAt: number;
}

const FOLDERS = ['', 'files'];

/** Tells whether a run folder has changed since it was looked at, without reading any of its files. */
export async function fingerprintOf(folder: string): Promise<Fingerprint> {
  const parts: string[] = [];
  let changedAt = 0;
  for (const inner of FOLDERS) {
    const names = await readdir(join(folder, inner)).catch(() => []);
    // oxlint-disable-next-line require-array-sort-compare -- names, in any fixed order
    for (const name of names.toSorted()) {
      const path = join(inner, name);
      const found = await lstat(join(folder, path)).catch(() => null);
      if (!found?.isFile()) continue;
      parts.push(`${path}:${found.size}:${found.mtimeMs}`);
      changedAt = Math.max(changedAt, found.mtimeMs);
    }
  }
  return { text: parts.join('\n'), changedAt };
}
