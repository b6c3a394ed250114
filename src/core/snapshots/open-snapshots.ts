import type { Examination, ExamineRequest } from '../detect/examine-code.ts';
import type { FileComparison, TreeComparison } from '../../shared/domain/comparison.ts';
import type { TreeEntry } from '../../shared/domain/snapshot.ts';
import type {
  BuildContext,
  Control,
  FilePair,
  FolderPreview,
  FreezeOptions,
  FrozenTree,
  InspectRequest,
  Inspected,
  NeededTrees,
  Snapshots,
  StoreRoom,
  TarOptions,
} from './snapshots.ts';
import type {
  Additions,
  FrozenClone,
  FrozenCommit,
  GitKey,
  GitSnapshots,
  GitTree,
  LfsPointer,
} from './git-snapshots.ts';
import type { ExportedArchive, ExportRequest } from '../transfer/export-request.ts';
import type { Manifest } from '../transfer/manifest.ts';
import { SnapshotClient } from './snapshot-client.ts';

interface SnapshotsOptions {
  /** The path of snapshots.db; its folder is made when it is not there. */
  file: string;
  /** The worker's entry: `snapshot-worker.js` beside the bundle, `worker.ts` when run as source. */
  workerFile: URL;
}

/** Opens the snapshots of a data folder. Nothing is started or read before the first request. */
export function openSnapshots({ file, workerFile }: SnapshotsOptions): Snapshots & GitSnapshots {
  return new WorkerSnapshots(new SnapshotClient(workerFile, { file }));
}

const never = new AbortController().signal;

class WorkerSnapshots implements Snapshots, GitSnapshots {
  readonly #client: SnapshotClient;

  constructor(client: SnapshotClient) {
    this.#client = client;
  }

  preview(folder: string, options: FreezeOptions, control: Control): Promise<FolderPreview> {
    return this.#client.call('preview', { folder, options }, control);
  }

  freeze(folder: string, options: FreezeOptions, control: Control): Promise<FrozenTree> {
    return this.#client.call('freeze', { folder, options }, control);
  }

  entries(digest: string, limit = Infinity): Promise<TreeEntry[]> {
    return this.#client.call('entries', { digest, limit }, { signal: never });
  }

  examine(digest: string, request: ExamineRequest): Promise<Examination> {
    return this.#client.call('examine', { digest, request }, { signal: never });
  }

  inspectTree(digest: string, request: InspectRequest, control: Control): Promise<Inspected> {
    return this.#client.call('inspectTree', { digest, request }, control);
  }

  inspectFolder(
    folder: string,
    options: FreezeOptions,
    request: InspectRequest,
    control: Control,
  ): Promise<Inspected> {
    return this.#client.call('inspectFolder', { folder, options, request }, control);
  }

  buildContext(
    digest: string,
    build: { context: string; dockerfile: string },
    signal: AbortSignal,
  ): Promise<BuildContext> {
    return this.#client.call('buildContext', { digest, build }, { signal });
  }

  async readFile(digest: string, path: string, limit: number): Promise<Buffer | null> {
    const bytes = await this.#client.call('readFile', { digest, path, limit }, { signal: never });
    return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  compareTrees(
    pair: { before: string; after: string; limit: number },
    signal: AbortSignal,
  ): Promise<TreeComparison> {
    return this.#client.call('compareTrees', pair, { signal });
  }

  compareFile(pair: FilePair, signal: AbortSignal): Promise<FileComparison> {
    return this.#client.call('compareFile', pair, { signal });
  }

  exportArchive(request: ExportRequest, control: Control): Promise<ExportedArchive> {
    return this.#client.call('exportArchive', request, control);
  }

  importArchive(file: string, control: Control): Promise<Manifest> {
    return this.#client.call('importArchive', { file }, control);
  }

  writeTo(digest: string, folder: string, control: Control): Promise<number> {
    return this.#client.call('writeTo', { digest, folder }, control);
  }

  tar(digest: string, options: TarOptions, signal: AbortSignal): AsyncIterable<Buffer> {
    return this.#client.stream({ digest, options }, signal);
  }

  gitTree(key: string): Promise<(GitTree & { facts: string }) | null> {
    return this.#client.call('gitTree', { key }, { signal: never });
  }

  freezeGit(
    gitDir: string,
    commit: string,
    key: GitKey | null,
    control: Control,
  ): Promise<FrozenCommit> {
    return this.#client.call('freezeGit', { gitDir, commit, key }, control);
  }

  composeGit(
    base: string,
    additions: Additions,
    key: GitKey | null,
    control: Control,
  ): Promise<GitTree> {
    return this.#client.call('composeGit', { base, additions, key }, control);
  }

  freezeClone(
    folder: string,
    base: string,
    pointers: LfsPointer[],
    control: Control,
  ): Promise<FrozenClone> {
    return this.#client.call('freezeClone', { folder, base, pointers }, control);
  }

  room(needed: NeededTrees, control: Control): Promise<StoreRoom> {
    return this.#client.call('storeRoom', { needed }, control);
  }

  async forgetOthers(needed: NeededTrees, control: Control): Promise<void> {
    await this.#client.call('forgetOthers', { needed }, control);
  }

  async giveBack(request: { alone: boolean }, control: Control): Promise<void> {
    await this.#client.call('giveBack', request, control);
  }

  remotes(trees: string[]): Promise<string[]> {
    return this.#client.call('remotes', { trees }, { signal: never });
  }

  letGo(): Promise<void> {
    return this.#client.letGo();
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}
