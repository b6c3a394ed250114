import type { ErrorData } from '../../shared/errors.ts';
import type { FileComparison, TreeComparison } from '../../shared/domain/comparison.ts';
import type { Examination, ExamineRequest } from '../detect/examine-code.ts';
import type { TreeEntry } from '../../shared/domain/snapshot.ts';
import type { ExportedArchive, ExportRequest } from '../transfer/export-request.ts';
import type { Manifest } from '../transfer/manifest.ts';
import type {
  Additions,
  FrozenClone,
  FrozenCommit,
  GitKey,
  GitTree,
  LfsPointer,
} from './git-snapshots.ts';
import type {
  BuildContext,
  FilePair,
  FolderPreview,
  FreezeOptions,
  FrozenTree,
  InspectRequest,
  Inspected,
  NeededTrees,
  Progress,
  StoreRoom,
  TarOptions,
} from './snapshots.ts';

/** What the worker is started with. */
export interface WorkerData {
  /** The path of snapshots.db. */
  file: string;
}

/** The requests by name: what they take and what they give. */
export interface Operations {
  preview: { input: { folder: string; options: FreezeOptions }; output: FolderPreview };
  freeze: { input: { folder: string; options: FreezeOptions }; output: FrozenTree };
  entries: { input: { digest: string; limit: number }; output: TreeEntry[] };
  examine: { input: { digest: string; request: ExamineRequest }; output: Examination };
  inspectTree: { input: { digest: string; request: InspectRequest }; output: Inspected };
  inspectFolder: {
    input: { folder: string; options: FreezeOptions; request: InspectRequest };
    output: Inspected;
  };
  buildContext: {
    input: { digest: string; build: { context: string; dockerfile: string } };
    output: BuildContext;
  };
  readFile: {
    input: { digest: string; path: string; limit: number };
    output: Uint8Array | null;
  };
  compareTrees: {
    input: { before: string; after: string; limit: number };
    output: TreeComparison;
  };
  compareFile: { input: FilePair; output: FileComparison };
  exportArchive: { input: ExportRequest; output: ExportedArchive };
  importArchive: { input: { file: string }; output: Manifest };
  writeTo: { input: { digest: string; folder: string }; output: number };
  gitTree: { input: { key: string }; output: (GitTree & { facts: string }) | null };
  freezeGit: {
    input: { gitDir: string; commit: string; key: GitKey | null };
    output: FrozenCommit;
  };
  composeGit: {
    input: { base: string; additions: Additions; key: GitKey | null };
    output: GitTree;
  };
  freezeClone: {
    input: { folder: string; base: string; pointers: LfsPointer[] };
    output: FrozenClone;
  };
  storeRoom: { input: { needed: NeededTrees }; output: StoreRoom };
  forgetOthers: { input: { needed: NeededTrees }; output: null };
  giveBack: { input: { alone: boolean }; output: null };
  remotes: { input: { trees: string[] }; output: string[] };
  tar: { input: { digest: string; options: TarOptions }; output: null };
}

export type OperationName = keyof Operations;

/** A request by name, as it travels. */
export type Request = {
  [Name in OperationName]: { name: Name; input: Operations[Name]['input'] };
}[OperationName];

export type ToWorker =
  /** `flag[0]` becomes 1 when the work is to be cancelled: seen without a turn of the event loop. */
  | { type: 'request'; id: number; request: Request; flag: Int32Array }
  /** The reader took one piece of a stream; another may come. */
  | { type: 'took'; id: number }
  | { type: 'cancel'; id: number }
  | { type: 'close' };

export type FromWorker =
  | { type: 'progress'; id: number; progress: Progress }
  | { type: 'piece'; id: number; piece: Uint8Array }
  | { type: 'done'; id: number; output: Operations[OperationName]['output'] }
  | { type: 'failed'; id: number; error: ErrorData };

/** Pieces of a stream that may be on their way before the reader took one. */
export const PIECES_AHEAD = 4;
