import { AppError } from '../../shared/errors.ts';
import type { Bytes } from './path-bytes.ts';
import type { FrozenTree } from './snapshots.ts';
import type { StatIndex } from './stat-index.ts';
import type { Store } from './store.ts';
import { encodeTree, treeDigest, type TreeNode } from './tree.ts';

const empty = (): AppError =>
  new AppError('E_SOURCE_EMPTY', 'Nothing in this folder goes into a snapshot.', {
    next: 'Choose another folder, or look at what the preview leaves out and by which rule.',
  });

function totalsOf(nodes: readonly TreeNode[]): { files: number; bytes: number } {
  let files = 0;
  let bytes = 0;
  for (const { kind, size } of nodes) {
    if (kind !== 'file') continue;
    files++;
    bytes += size;
  }
  return { files, bytes };
}

/**
 * Stores a tree whose content is stored already, with the index of its folder, in one transaction
 * that has reached the disk when this resolves.
 */
export async function commitTree(
  { db, trees, indexes }: Store,
  root: Bytes,
  options: string,
  nodes: readonly TreeNode[],
  indexFor: (digest: string) => StatIndex,
): Promise<FrozenTree> {
  if (nodes.every(({ kind }) => kind === 'directory')) throw empty();
  const totals = totalsOf(nodes);
  const encoded = encodeTree(nodes);
  const digest = treeDigest(encoded);
  const known = trees.has(digest);
  const packed = known ? null : await trees.prepare(digest, encoded, totals);
  const index = indexFor(digest);
  // Content was committed without waiting for the disk; this one commit syncs the log with all of it.
  db.pragma(`synchronous = ${known ? 'NORMAL' : 'FULL'}`);
  try {
    db.transaction(() => {
      if (packed) trees.add(packed);
      indexes.write(root, options, index);
    }).immediate();
  } finally {
    db.pragma('synchronous = NORMAL');
  }
  indexes.remember(root, options, index);
  return { digest, ...totals, leftOut: index.leftOut, known };
}
