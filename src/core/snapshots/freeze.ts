import { lstatSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { ChunkWriter } from './chunk-writer.ts';
import { commitTree } from './commit-tree.ts';
import { fsPath, type Bytes } from './path-bytes.ts';
import { readContents, type Wanted } from './read-contents.ts';
import { sameFacts, type FileFacts } from './read-file.ts';
import { isExecutable, type FoundEntry, type Scan, type Watched } from './scan.ts';
import type { FreezeOptions, FrozenTree } from './snapshots.ts';
import { changed, unreadable } from './source-errors.ts';
import { resolveRoot, type SourceRoot } from './source-root.ts';
import {
  foldersOf,
  indexOf,
  isTrusted,
  recheck,
  treeFiles,
  updated,
  type StatIndex,
} from './stat-index.ts';
import type { Store } from './store.ts';
import type { TreeNode } from './tree.ts';
import { walk, type WalkOptions } from './walk.ts';
import { walkOptions } from './walk-options.ts';
import type { WorkControl } from './work-control.ts';

const TRIES = 3;
const PAUSE_MS = 60;

/**
 * Takes a folder as it is. The tree row is written last and synced, so that a tree that exists is
 * complete; whatever fails before leaves at most content that nothing points at.
 */
export async function freeze(
  store: Store,
  folder: string,
  options: FreezeOptions,
  control: WorkControl,
): Promise<FrozenTree> {
  const root = resolveRoot(folder, store.dataFolder.path);
  const key = JSON.stringify([...options.includeSecrets].sort());
  const wholeKey = options.tracked === undefined ? key : `${options.tracked} ${key}`;
  return new Freezer(store, root, walkOptions(store, options, false), wholeKey, control).run();
}

class Freezer {
  readonly #store: Store;
  readonly #root: SourceRoot;
  readonly #options: WalkOptions;
  /** Tells indexes of the same folder apart that were taken with other secrets or tracked files. */
  readonly #key: string;
  readonly #control: WorkControl;
  /** Digests of files that need not be read again while they look the same. */
  readonly #reusable = new Map<Bytes, { facts: FileFacts; sha: string }>();

  constructor(
    store: Store,
    root: SourceRoot,
    options: WalkOptions,
    key: string,
    control: WorkControl,
  ) {
    this.#store = store;
    this.#root = root;
    this.#options = options;
    this.#key = key;
    this.#control = control;
  }

  async run(): Promise<FrozenTree> {
    const before = this.#store.indexes.load(this.#root.path, this.#key);
    if (before) {
      const kept = await this.#fromIndex(before);
      if (kept) return kept;
      this.#reuse(before);
    }
    for (let attempt = 1; ; attempt++) {
      const scan = await walk(this.#root, this.#options, this.#control);
      if (scan.unreadable.length > 0) throw unreadable(scan.unreadable);
      const result = await this.#take(scan);
      if ('digest' in result) return result;
      if (attempt === TRIES) throw changed(result.changed);
      await setTimeout(PAUSE_MS * attempt);
    }
  }

  /** The quick way: null when more changed than the content of files. */
  async #fromIndex(before: StatIndex): Promise<FrozenTree | null> {
    const seenAt = Date.now();
    const again = await recheck(this.#root.path, before, this.#control);
    if (!again) return null;
    if (again.size === 0) return this.#unchanged(before);
    const wanted = [...again].map(([at, facts]) => ({
      path: before.paths[at] ?? '',
      facts,
      sha: null,
    }));
    return this.#withWriter(async (writer) => {
      const troubled = await this.#read(wanted, writer);
      if (troubled.length > 0 || this.#unsettled(foldersOf(wanted, before)).length > 0) return null;
      const nodes = replaceFiles(this.#store.trees.nodes(before.tree), wanted);
      const index = (tree: string) => updated(before, again, tree, seenAt);
      return commitTree(this.#store, this.#root.path, this.#key, nodes, index);
    });
  }

  #unchanged({ tree, leftOut }: StatIndex): FrozenTree {
    return { digest: tree, ...this.#store.trees.totals(tree), leftOut, known: true };
  }

  #reuse(index: StatIndex): void {
    const nodes = this.#store.trees.nodes(index.tree).filter(({ kind }) => kind === 'file');
    treeFiles(index).forEach((facts, at) => {
      const node = nodes[at];
      if (node && isTrusted(facts, index.seenAt)) {
        this.#reusable.set(node.path, { facts, sha: node.content });
      }
    });
  }

  /** Reads what a walk found. Gives back the paths that changed meanwhile, if any did. */
  async #take(scan: Scan): Promise<FrozenTree | { changed: Bytes[] }> {
    const files = scan.entries.filter(({ kind }) => kind === 'file');
    const wanted = files.map(({ path, facts }) => ({ path, facts, sha: this.#known(path, facts) }));
    return this.#withWriter(async (writer) => {
      const troubled = await this.#read(wanted, writer);
      const moved = [...scan.vanished, ...troubled, ...this.#unsettled(scan.folders)];
      if (moved.length > 0) {
        this.#keepDigests(wanted, scan.startedAt);
        return { changed: moved };
      }
      const nodes = toNodes(scan.entries, wanted);
      return commitTree(this.#store, this.#root.path, this.#key, nodes, (tree) =>
        indexOf(scan, tree),
      );
    });
  }

  #known(path: Bytes, facts: FileFacts): string | null {
    const known = this.#reusable.get(path);
    return known && sameFacts(known.facts, facts) ? known.sha : null;
  }

  #keepDigests(wanted: readonly Wanted[], seenAt: number): void {
    for (const { path, facts, sha } of wanted) {
      if (sha !== null && isTrusted(facts, seenAt)) this.#reusable.set(path, { facts, sha });
    }
  }

  /** Gives back the files that changed while they were read. */
  async #read(wanted: readonly Wanted[], writer: ChunkWriter): Promise<Bytes[]> {
    const trouble = await readContents(this.#root.path, wanted, writer, this.#control);
    if (trouble.unreadable.length > 0) throw unreadable(trouble.unreadable);
    await writer.finish();
    return trouble.changed;
  }

  async #withWriter<T>(work: (writer: ChunkWriter) => Promise<T>): Promise<T> {
    const writer = new ChunkWriter(this.#store.db);
    try {
      return await work(writer);
    } catch (error) {
      await writer.abandon();
      throw error;
    }
  }

  /**
   * Folders that are not what they were when they were listed. Entries may have come or gone, and a
   * folder that was swapped for a link may have shown files from elsewhere.
   */
  #unsettled(folders: readonly Watched[]): Bytes[] {
    const moved = folders.filter(({ path, facts }) => {
      const real = path === '' ? this.#root.path : `${this.#root.path}/${path}`;
      const now = lstatSync(fsPath(real), { throwIfNoEntry: false });
      return !now?.isDirectory() || !sameFacts(now, facts);
    });
    return moved.map(({ path }) => path);
  }
}

function toNodes(entries: readonly FoundEntry[], read: readonly Wanted[]): TreeNode[] {
  let next = 0;
  return entries.map(({ path, kind, facts, target }) => {
    if (kind !== 'file') return { path, kind, size: 0, executable: false, content: target };
    const content = read[next++]?.sha ?? '';
    return { path, kind, size: facts.size, executable: isExecutable(facts), content };
  });
}

function replaceFiles(nodes: readonly TreeNode[], read: readonly Wanted[]): TreeNode[] {
  const fresh = new Map(read.map((file) => [file.path, file]));
  return nodes.map((node) => {
    const file = fresh.get(node.path);
    if (!file) return node;
    const executable = isExecutable(file.facts);
    return { ...node, size: file.facts.size, executable, content: file.sha ?? '' };
  });
}
