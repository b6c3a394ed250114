import type { Examination, ExamineRequest } from '../detect/examine-code.ts';
import type { FileComparison, TreeComparison } from '../../shared/domain/comparison.ts';
import type { Inspection } from '../../shared/domain/inspection.ts';
import type { SnapshotPreview, TreeEntry, LeftOut } from '../../shared/domain/snapshot.ts';
import type { ExportedArchive, ExportRequest } from '../transfer/export-request.ts';
import type { Manifest } from '../transfer/manifest.ts';

/** What of a folder goes into a snapshot, beyond the ignore rules. */
export interface FreezeOptions {
  /** Paths (as shown in the preview) of secrets the person chose to include. */
  includeSecrets: string[];
  /** A tree whose paths all go in, whatever the rules say: what git tracks in the folder. */
  tracked?: string | undefined;
  /** Everything goes in, whatever the rules say: a folder that Slipway itself has filled. */
  everything?: boolean | undefined;
}

export interface Progress {
  text: string;
  done: number;
  /** Null while the whole is not known. */
  total: number | null;
}

/** What of the code is looked at: a sub-folder (empty for all), and what starts it, if that is known. */
export interface InspectRequest {
  context: string;
  entryPoint: string[] | null;
}

export type Inspected = Pick<Inspection, 'detection' | 'environment' | 'problem' | 'notes'>;

/** A path in two trees. */
export interface FilePair {
  before: string;
  after: string;
  path: string;
  /** Where it is in `before`, if that is somewhere else. */
  from?: string | undefined;
}

export interface Control {
  signal: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

export type FolderPreview = Omit<SnapshotPreview, 'suggestedName'>;

/** Which part of a tree a builder is sent. */
export interface ContextOptions {
  /** The folder that is the root of it; empty, or absent, for all. */
  context?: string;
  /** The file of `.dockerignore` rules that leave entries out, from the context; null or absent for none. */
  ignoreFile?: string | null;
}

export interface TarOptions extends ContextOptions {
  /** The folder in the archive that holds the tree; empty for its top. */
  prefix: string;
  /** Files that come first, at the path they name. */
  extra: readonly { path: string; content: string }[];
}

export interface BuildContext {
  /** SHA-256 over what is sent but for the Dockerfile, 64 hex digits. */
  digest: string;
  /** The text of the Dockerfile. */
  dockerfile: string;
  /** The rules that hold for it, from the context: `<Dockerfile>.dockerignore`, else `.dockerignore`; null for none. */
  ignoreFile: string | null;
}

export interface FrozenTree {
  /** SHA-256 of the tree, 64 hex digits. */
  digest: string;
  files: number;
  bytes: number;
  leftOut: LeftOut[];
  /** True when the same tree had been frozen before. */
  known: boolean;
}

/** What has to stay: the trees of each owner. */
export type NeededTrees = readonly (readonly string[])[];

/** What the content of versions takes on the disk. */
export interface StoreRoom {
  /** The file and its log. */
  bytes: number;
  /** What of it each owner needs, and none before it. */
  owners: number[];
  /** What removing all else gives back to the disk. */
  freeable: number;
  /** Trees that nobody needs. */
  trees: number;
  /** Whether there is content that no tree has: of a snapshot that was interrupted, or of one removed by half. */
  loose: boolean;
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
   * Checks an entry point against a tree, chooses its build, and reads how its environment is made.
   * @throws AppError `E_ENTRYPOINT_MISSING`, `E_CONTEXT_...`, `E_DOCKERFILE...`, `E_REQUIREMENTS`, ...
   */
  examine(digest: string, request: ExamineRequest): Promise<Examination>;
  /** What can be told of a tree without running anything of it. */
  inspectTree(digest: string, request: InspectRequest, control: Control): Promise<Inspected>;
  /** The same of a folder as it is now, as far as it would go into a snapshot; stores nothing. */
  inspectFolder(
    folder: string,
    options: FreezeOptions,
    request: InspectRequest,
    control: Control,
  ): Promise<Inspected>;
  /**
   * What a build with a Dockerfile of the tree is given.
   * @throws AppError `E_DOCKERFILE_NOT_FOUND`, `E_DOCKERIGNORE`
   */
  buildContext(
    digest: string,
    build: { context: string; dockerfile: string },
    signal: AbortSignal,
  ): Promise<BuildContext>;
  /** Up to `limit` first bytes of one file of a tree; null when there is no such file. */
  readFile(digest: string, path: string, limit: number): Promise<Buffer | null>;
  /** What differs between two trees; `limit` bounds the list, not the counts. */
  compareTrees(
    pair: { before: string; after: string; limit: number },
    signal: AbortSignal,
  ): Promise<TreeComparison>;
  /** How one path differs. @throws AppError `E_NOT_FOUND` when neither tree has it */
  compareFile(pair: FilePair, signal: AbortSignal): Promise<FileComparison>;
  /**
   * Writes versions with all their trees into one file, complete or not at all.
   * @throws AppError `E_TARGET_EXISTS`, `E_DISK_FULL`, `E_NOT_FOUND` for a tree that is not here
   */
  exportArchive(request: ExportRequest, control: Control): Promise<ExportedArchive>;
  /**
   * Takes in all trees of an archive, or none, and gives back what its versions are; they are the
   * caller's to make known.
   * @throws AppError `E_ARCHIVE`, `E_ARCHIVE_ENTRY`, `E_SOURCE_NOT_FOUND`
   */
  importArchive(file: string, control: Control): Promise<Manifest>;
  /** Writes a tree into an empty or new folder, byte for byte. Returns the number of files. */
  writeTo(digest: string, folder: string, control: Control): Promise<number>;
  /**
   * The tree, or a folder of it, as a tar stream (fixed times and owners, so that equal trees give
   * equal bytes), each path under `prefix`, after the `extra` files, which stand in for files of the
   * same path. Reading slower than it is made is fine.
   */
  tar(digest: string, options: TarOptions, signal: AbortSignal): AsyncIterable<Buffer>;
  /** What all of it takes, by who needs it: the trees of each owner. */
  room(needed: NeededTrees, control: Control): Promise<StoreRoom>;
  /**
   * Forgets all trees but these, and what only they had. Nobody may take a snapshot meanwhile. What it took is
   * given back by {@link giveBack}.
   */
  forgetOthers(needed: NeededTrees, control: Control): Promise<void>;
  /** Gives room back to the disk. `alone`: nobody takes a snapshot meanwhile. */
  giveBack(request: { alone: boolean }, control: Control): Promise<void>;
  /** Addresses of the repositories that trees, and submodules in them, came from. */
  remotes(trees: string[]): Promise<string[]>;
  /** Lets go of the file until the next request; cancels what is under way. */
  letGo(): Promise<void>;
  close(): Promise<void>;
}
