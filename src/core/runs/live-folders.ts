import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Where programs leave their live metrics: a folder for each attempt while it runs. A container's user is
 * another one than ours, so its folder is open to all, in one that only we may enter.
 */
export class LiveFolders {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  of(attemptId: string): string {
    return join(this.#folder, attemptId);
  }

  /** Makes the folder of an attempt, or finds it. */
  async make(attemptId: string): Promise<string> {
    const folder = this.of(attemptId);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await mkdir(folder, { recursive: true });
    // The mode given to mkdir is cut by the umask.
    await chmod(folder, 0o777);
    return folder;
  }

  /** Harmless when it is gone. What another user left in it and cannot be removed stays, empty of use. */
  async remove(attemptId: string): Promise<void> {
    await rm(this.of(attemptId), { recursive: true, force: true }).catch(() => undefined);
  }

  /**
   * Removes what processes that died left behind. `needed` is asked after the folders were looked at: those
   * that are made meanwhile belong to an attempt that is known by then.
   */
  async sweep(needed: () => ReadonlySet<string>): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    const keep = needed();
    for (const name of names) if (!keep.has(name)) await this.remove(name);
  }
}
