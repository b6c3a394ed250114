import { chmod, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const patient = { recursive: true, force: true, maxRetries: 5, retryDelay: 50 } as const;

/** Deletes a folder and all in it, also folders that a program made unreadable. Harmless when gone. */
export async function removeTree(folder: string): Promise<void> {
  try {
    await rm(folder, patient);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM') throw error;
    await unlock(folder);
    await rm(folder, patient);
  }
}

/** Makes every folder of a tree its owner's again. Links are not followed. */
async function unlock(root: string): Promise<void> {
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    await chmod(folder, 0o700);
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) waiting.push(join(folder, entry.name));
    }
  }
}
