import type { EnvironmentPlan } from '../../shared/domain/job.ts';
import type { SnapshotPreview, TreeEntry, LeftOut } from '../../shared/domain/snapshot.ts';

/** What of a folder goes into a snapshot, beyond the ignore rules. */
export interface FreezeOptions {
  /** Paths (as shown in the preview) of secrets the person chose to include. */
  includeSecrets: string[];
}

export interface Progress {
  text: string;
  done: number;
  /** Null while the whole is not known. */
  total: number | null;
}

export interface Control {
  signal: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

export type FolderPreview = Omit<SnapshotPreview, 'entryPoints' | 'dependencies' | 'suggestedName'>;

export interface FrozenTree {
  /** SHA-256 of the tree, 64 hex digits. */
  digest: string;
  files: number;
  bytes: number;
  leftOut: LeftOut[];
  /** True when the same tree had been frozen before. */
  known: boolean;
}

/**
 * Content-addressed snapshots of folders, in one SQLite file. All of it runs on a worker thread:
 * a slow disk, a huge tree or a stuck file system call never blocks the caller.
 */
export interface Snapshots {
  /** What a snapshot of the folder would hold; stores nothing. */
  preview(folder: string, options: FreezeOptions, control: Control): Promise<FolderPreview>;
  /** Takes the folder as it is now, complete or not at all. */
  freeze(folder: string, options: FreezeOptions, control: Control): Promise<FrozenTree>;
  /** The first `limit` entries of a tree in path order; without it all, which may be very many. */
  entries(digest: string, limit?: number): Promise<TreeEntry[]>;
  /**
   * Checks an entry point against a tree and reads how its environment is made.
   * @throws AppError `E_ENTRYPOINT_MISSING`, `E_REQUIREMENTS`, `E_PYPROJECT`
   */
  examine(digest: string, entryPoint: string[]): Promise<EnvironmentPlan>;
  /** Up to `limit` first bytes of one file of a tree; null when there is no such file. */
  readFile(digest: string, path: string, limit: number): Promise<Buffer | null>;
  /** Writes a tree into an empty or new folder, byte for byte. Returns the number of files. */
  writeTo(digest: string, folder: string, control: Control): Promise<number>;
  /**
   * The tree as a tar stream (fixed times and owners, so that equal trees give equal bytes), each
   * path under `prefix`, after the `extra` files. Reading slower than it is made is fine.
   */
  tar(
    digest: string,
    options: { prefix: string; extra: { path: string; content: string }[] },
    signal: AbortSignal,
  ): AsyncIterable<Buffer>;
  close(): Promise<void>;
}
