import { constants } from 'node:fs';
import { lstat, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeliveredFile } from '../engine.ts';
import { overrideParts, overrideRefused } from '../override-path.ts';

/** Never through a link, even one that is put there this very moment. */
const NEW_FILE =
  constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/**
 * Writes files over the code in `folder`, where no program runs yet.
 * @throws AppError `E_OVERRIDE_FILE`
 */
export async function writeOverrides(
  folder: string,
  files: readonly DeliveredFile[],
): Promise<void> {
  for (const { path, bytes } of files) {
    const parts = overrideParts(path);
    for (let depth = 1; depth < parts.length; depth += 1) {
      await makeFolder(folder, path, parts.slice(0, depth));
    }
    await replaceFile(join(folder, ...parts), path, bytes);
  }
}

async function makeFolder(folder: string, path: string, above: string[]): Promise<void> {
  const place = join(folder, ...above);
  const there = await lstat(place).catch(() => null);
  if (there?.isDirectory()) return;
  if (there === null) {
    await mkdir(place);
    return;
  }
  const what = there.isSymbolicLink() ? 'a link' : 'no folder';
  throw overrideRefused(path, `"${above.join('/')}" is ${what}`);
}

/** A link is replaced, never followed. */
async function replaceFile(place: string, path: string, bytes: Buffer): Promise<void> {
  const there = await lstat(place).catch(() => null);
  if (there?.isDirectory()) throw overrideRefused(path, 'there is a folder of that name');
  await rm(place, { force: true });
  const file = await open(place, NEW_FILE, there?.isFile() ? there.mode & 0o777 : 0o644);
  try {
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
}
