import type { Store } from './store.ts';
import { encodeTree, treeDigest, type TreeNode } from './tree.ts';

interface StoredTree {
  digest: string;
  files: number;
  bytes: number;
  /** True when the same tree had been stored before. */
  known: boolean;
}

export function totalsOf(nodes: readonly TreeNode[]): { files: number; bytes: number } {
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
 * Stores a tree whose content is stored already, with what `more` writes, in one transaction that
 * has reached the disk when this resolves. `nodes` are in path order.
 */
export async function storeTree(
  { db, trees }: Pick<Store, 'db' | 'trees'>,
  nodes: readonly TreeNode[],
  more: (digest: string) => void,
): Promise<StoredTree> {
  const totals = totalsOf(nodes);
  const encoded = encodeTree(nodes);
  const digest = treeDigest(encoded);
  const known = trees.has(digest);
  const packed = known ? null : await trees.prepare(digest, encoded, totals);
  // Content was committed without waiting for the disk; this one commit syncs the log with all of it.
  db.pragma(`synchronous = ${known ? 'NORMAL' : 'FULL'}`);
  try {
    db.transaction(() => {
      if (packed) trees.add(packed);
      more(digest);
    }).immediate();
  } finally {
    db.pragma('synchronous = NORMAL');
  }
  return { digest, ...totals, known };
}
