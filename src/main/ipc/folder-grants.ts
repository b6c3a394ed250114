import { realpath, stat } from 'node:fs/promises';
import { heldRuns } from '../../core/tracked/held-runs.ts';
import type { DroppedFolder } from '../../shared/contract/bridge.ts';
import { AppError } from '../../shared/errors.ts';

/**
 * The folders that the person gave to this window, by a dialog or a drop. The window can only ask for
 * these: a page that went wrong cannot read the disk.
 */
export class FolderGrants {
  readonly #granted = new Set<string>();

  grant(folder: string): void {
    this.#granted.add(folder);
  }

  /** @throws AppError `E_SOURCE_NOT_FOUND` when it is not a folder. */
  async grantDropped(path: string): Promise<{ folder: string }> {
    const found = await stat(path).catch(() => null);
    if (!found?.isDirectory()) throw notAFolder(path);
    const folder = await realpath(path);
    this.grant(folder);
    return { folder };
  }

  /** The same, with what the folder holds at first sight. */
  async grantDroppedFolder(path: string): Promise<DroppedFolder> {
    const { folder } = await this.grantDropped(path);
    return { folder, ...(await heldRuns(folder)) };
  }

  /** @throws AppError `E_PATH_NOT_GRANTED` */
  require(folder: string): string {
    if (this.#granted.has(folder)) return folder;
    throw new AppError('E_PATH_NOT_GRANTED', `Slipway was not given the folder ${folder}.`, {
      next: 'Choose the folder, or drop it on the window.',
    });
  }

  /**
   * Of a list that the window wants to be kept, only the entries that are not kept yet must be granted.
   * @throws AppError `E_PATH_NOT_GRANTED`
   */
  requireNew(folders: readonly string[], kept: readonly string[]): void {
    for (const folder of folders) if (!kept.includes(folder)) this.require(folder);
  }
}

/** What to do instead, by what was dropped. */
function notAFolder(path: string): AppError {
  const isRunLog = path.endsWith('.wandb');
  return new AppError('E_SOURCE_NOT_FOUND', 'What was dropped is not a folder.', {
    next: isRunLog
      ? 'Drop the folder of the run, which holds this file.'
      : 'Drop the folder that holds the code.',
  });
}
