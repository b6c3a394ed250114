import { AppError } from '../../shared/errors.ts';
import { fileSize } from '../../shared/units.ts';
import { ChunkWriter } from './chunk-writer.ts';
import type { KnownBlob } from './git-index.ts';
import { readGitList, type GitEntry } from './git-list.ts';
import {
  listGit,
  readBytes,
  readGitBlobs,
  sizesOf,
  storeContent,
  type WantedBlob,
} from './git-objects.ts';
import type { FrozenCommit, GitKey } from './git-snapshots.ts';
import type { PipeReader } from './pipe-reader.ts';
import { looksLikePointer, readPointer } from './lfs-pointer.ts';
import { SOURCE_LIMITS, type SourceLimits } from './source-limits.ts';
import { storeTree } from './store-tree.ts';
import type { Store } from './store.ts';
import type { TreeNode } from './tree.ts';
import type { WorkControl } from './work-control.ts';

const MAX_LINK = 4096;
const MAX_GITMODULES = 65_536;

export const tooBig = ({ files, bytes }: SourceLimits): AppError =>
  new AppError(
    'E_GIT_TOO_BIG',
    `The commit holds more than ${files.toLocaleString('en')} files or ${fileSize(bytes)}.`,
    {
      next: 'Keep large files out of the repository, or give its parts repositories of their own.',
    },
  );

/** See `GitSnapshots.freezeGit`. */
export async function freezeGit(
  store: Store,
  { gitDir, commit, key }: { gitDir: string; commit: string; key: GitKey | null },
  control: WorkControl,
): Promise<FrozenCommit> {
  const entries = readGitList(await listGit(gitDir, commit, control));
  checkCount(entries);
  const writer = new ChunkWriter(store.db);
  try {
    return await new GitFreezer(store, writer, gitDir, control).run(entries, key);
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

function checkCount(entries: readonly GitEntry[]): void {
  const files = entries.filter(({ kind }) => kind === 'file').length;
  if (files > SOURCE_LIMITS.files) throw tooBig(SOURCE_LIMITS);
}

export function checkSize(
  entries: readonly { kind: string; size: number }[],
  limits: SourceLimits,
): void {
  const files = entries.filter(({ kind }) => kind === 'file');
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (files.length > limits.files || bytes > limits.bytes) throw tooBig(limits);
}

interface WantedEntry extends WantedBlob {
  kind: 'file' | 'link';
}

class GitFreezer {
  readonly #store: Store;
  readonly #writer: ChunkWriter;
  readonly #gitDir: string;
  readonly #control: WorkControl;
  readonly #blobs = new Map<string, KnownBlob>();
  readonly #fresh: string[] = [];
  readonly #targets = new Map<string, string>();

  constructor(store: Store, writer: ChunkWriter, gitDir: string, control: WorkControl) {
    this.#store = store;
    this.#writer = writer;
    this.#gitDir = gitDir;
    this.#control = control;
  }

  async run(entries: readonly GitEntry[], key: GitKey | null): Promise<FrozenCommit> {
    await this.#read(entries);
    await this.#writer.finish();
    const pointers = this.#pointers(entries);
    const submodules = entries
      .filter(({ kind }) => kind === 'submodule')
      .map(({ path, oid }) => ({ path, commit: oid }));
    const isWhole = pointers.length === 0 && submodules.length === 0;
    const nodes = entries.map((entry) => this.#node(entry));
    const stored = await storeTree(this.#store, nodes, (tree) => {
      for (const oid of this.#fresh) this.#remember(oid);
      if (key && isWhole) this.#store.git.addCommit(key.key, { tree, facts: key.facts });
    });
    const { digest, files, bytes } = stored;
    return { digest, files, bytes, submodules, pointers, gitmodules: this.#gitmodules(entries) };
  }

  async #read(entries: readonly GitEntry[]): Promise<void> {
    const wanted = new Map<string, WantedEntry>();
    for (const { kind, oid } of entries) {
      if (kind === 'link' || (kind === 'file' && !this.#isKnown(oid))) {
        wanted.set(`${kind}${oid}`, { kind, oid, size: 0 });
      }
    }
    const list = [...wanted.values()];
    const oids = list.map(({ oid }) => oid);
    const sizes = await sizesOf(this.#gitDir, oids, this.#control);
    for (const [at, entry] of list.entries()) entry.size = sizes[at] ?? 0;
    for (const entry of list) if (entry.kind === 'link') checkLink(entry);
    this.#checkSize(entries, list);
    const take = (entry: WantedEntry, content: PipeReader) => this.#take(entry, content);
    await readGitBlobs(this.#gitDir, list, this.#control, take);
  }

  /** Before any content is read. */
  #checkSize(entries: readonly GitEntry[], wanted: readonly WantedEntry[]): void {
    const sizes = new Map(wanted.map(({ oid, size }) => [oid, size]));
    const sizeOf = (oid: string) => sizes.get(oid) ?? this.#blobs.get(oid)?.size ?? 0;
    checkSize(
      entries.map(({ kind, oid }) => ({ kind, size: kind === 'file' ? sizeOf(oid) : 0 })),
      SOURCE_LIMITS,
    );
  }

  async #take({ kind, oid, size }: WantedEntry, content: PipeReader): Promise<void> {
    if (kind === 'link') {
      this.#targets.set(oid, (await readBytes(content, size)).toString('latin1'));
      return;
    }
    const { sha, whole } = await storeContent(content, size, this.#writer);
    this.#blobs.set(oid, { sha, size, pointer: whole !== null && looksLikePointer(whole) });
    this.#fresh.push(oid);
  }

  #isKnown(oid: string): boolean {
    if (this.#blobs.has(oid)) return true;
    const known = this.#store.git.blob(oid);
    if (!known) return false;
    this.#blobs.set(oid, known);
    return true;
  }

  #remember(oid: string): void {
    const blob = this.#blobs.get(oid);
    if (blob) this.#store.git.addBlob(oid, blob);
  }

  #node({ path, kind, executable, oid }: GitEntry): TreeNode {
    const blob = kind === 'file' ? this.#blobs.get(oid) : undefined;
    if (blob) return { path, kind: 'file', size: blob.size, executable, content: blob.sha };
    const content = kind === 'link' ? (this.#targets.get(oid) ?? '') : '';
    const folder = kind === 'link' ? 'link' : 'directory';
    return { path, kind: folder, size: 0, executable: false, content };
  }

  #pointers(entries: readonly GitEntry[]): FrozenCommit['pointers'] {
    return entries.flatMap(({ path, kind, oid }) => {
      const blob = kind === 'file' ? this.#blobs.get(oid) : undefined;
      if (!blob?.pointer) return [];
      const pointer = readPointer(this.#store.blobs.head(blob.sha, blob.size, blob.size));
      return pointer ? [{ path, ...pointer, stored: this.#writer.has(pointer.oid) }] : [];
    });
  }

  #gitmodules(entries: readonly GitEntry[]): string | null {
    const entry = entries.find(({ path, kind }) => path === '.gitmodules' && kind === 'file');
    const blob = entry && this.#blobs.get(entry.oid);
    if (!blob || blob.size > MAX_GITMODULES) return null;
    return this.#store.blobs.head(blob.sha, blob.size, blob.size).toString('utf8');
  }
}

function checkLink({ size }: WantedEntry): void {
  if (size > 0 && size <= MAX_LINK) return;
  throw new AppError('E_GIT_TREE', 'The commit holds a link whose target is no path.', {
    next: 'Somebody made this commit by hand. Do not use it, or tell who runs the repository.',
  });
}
