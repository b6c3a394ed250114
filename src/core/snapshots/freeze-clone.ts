import { createHash } from 'node:crypto';
import { freeze } from './freeze.ts';
import type { FrozenClone, LfsPointer } from './git-snapshots.ts';
import { showBytes, type Bytes } from './path-bytes.ts';
import type { Store } from './store.ts';
import type { TreeNode } from './tree.ts';
import type { WorkControl } from './work-control.ts';

const CARRIAGE_RETURN = 0x0d;
const NEWLINE = 0x0a;

interface Request {
  folder: string;
  base: string;
  pointers: LfsPointer[];
}

/** See `GitSnapshots.freezeClone`. */
export async function freezeClone(
  store: Store,
  { folder, base, pointers }: Request,
  control: WorkControl,
): Promise<FrozenClone> {
  const tree = await freeze(store, folder, { includeSecrets: [], tracked: base }, control);
  const comparison = new Comparison(store, pointers);
  const { changed, untracked } = comparison.compare(
    plain(store.trees.nodes(base)),
    plain(store.trees.nodes(tree.digest)),
  );
  const isDirty = changed || untracked.length > 0;
  // The same files: then it is the commit, without the empty folders that git does not know.
  const isCommit = !isDirty && !comparison.differs;
  const result = isCommit ? { digest: base, ...store.trees.totals(base) } : tree;
  const { digest, files, bytes } = result;
  return {
    digest,
    files,
    bytes,
    isDirty,
    untracked: untracked.map(showBytes),
    leftOut: tree.leftOut,
  };
}

/** Everything but folders, which git does not keep, by path. */
const plain = (nodes: readonly TreeNode[]): Map<Bytes, TreeNode> =>
  new Map(nodes.flatMap((node) => (node.kind === 'directory' ? [] : [[node.path, node] as const])));

class Comparison {
  readonly #store: Store;
  readonly #pointers: ReadonlyMap<Bytes, string>;
  /** True when a file has other bytes than the commit, be it only in a way that counts for nothing. */
  differs = false;

  constructor(store: Store, pointers: readonly LfsPointer[]) {
    this.#store = store;
    this.#pointers = new Map(pointers.map(({ path, oid }) => [path, oid]));
  }

  compare(
    base: ReadonlyMap<Bytes, TreeNode>,
    now: ReadonlyMap<Bytes, TreeNode>,
  ): { changed: boolean; untracked: Bytes[] } {
    const untracked = [...now.keys()].filter((path) => !base.has(path));
    let changed = false;
    for (const [path, before] of base) {
      const after = now.get(path);
      if (!after || !this.#isSame(before, after)) changed = true;
    }
    return { changed, untracked };
  }

  #isSame(before: TreeNode, after: TreeNode): boolean {
    if (before.kind !== after.kind || before.executable !== after.executable) return false;
    if (before.content === after.content) return true;
    this.differs = true;
    if (before.kind !== 'file') return false;
    return this.#pointers.get(before.path) === after.content || this.#isSameText(before, after);
  }

  /** Line ends are written as the system likes them. */
  #isSameText(before: TreeNode, after: TreeNode): boolean {
    if (before.size === after.size) return false;
    return this.#textDigest(before) === this.#textDigest(after);
  }

  #textDigest({ content, size }: TreeNode): string {
    const hash = createHash('sha256');
    let held = false;
    for (const piece of this.#store.blobs.pieces(content, size)) {
      held = hashWithoutReturns(piece, held, (part) => hash.update(part));
    }
    if (held) hash.update('\r');
    return hash.digest('hex');
  }
}

/**
 * Passes a piece on without the `\r` of any `\r\n`. `held` says that the piece before ended in a
 * `\r` that was not passed on; so does what is given back of this one.
 */
function hashWithoutReturns(piece: Buffer, held: boolean, pass: (part: Buffer) => void): boolean {
  if (held && piece[0] !== NEWLINE) pass(Buffer.from('\r'));
  let start = 0;
  for (
    let at = piece.indexOf(CARRIAGE_RETURN);
    at >= 0;
    at = piece.indexOf(CARRIAGE_RETURN, at + 1)
  ) {
    const isLast = at === piece.length - 1;
    if (!isLast && piece[at + 1] !== NEWLINE) continue;
    pass(piece.subarray(start, at));
    if (isLast) return true;
    start = at + 1;
  }
  pass(piece.subarray(start));
  return false;
}
