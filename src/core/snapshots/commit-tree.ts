import { AppError } from '../../shared/errors.ts';
import type { Bytes } from './path-bytes.ts';
import type { FrozenTree } from './snapshots.ts';
import type { StatIndex } from './stat-index.ts';
import { storeTree } from './store-tree.ts';
import type { Store } from './store.ts';
import type { TreeNode } from './tree.ts';

const empty = (): AppError =>
  new AppError('E_SOURCE_EMPTY', 'Nothing in this folder goes into a snapshot.', {
    next: 'Choose another folder, or look at what the preview leaves out and by which rule.',
  });

/** Stores the tree of a folder with the index of the folder, see {@link storeTree}. */
export async function commitTree(
  store: Store,
  root: Bytes,
  options: string,
  nodes: readonly TreeNode[],
  indexFor: (digest: string) => StatIndex,
): Promise<FrozenTree> {
  if (nodes.every(({ kind }) => kind === 'directory')) throw empty();
  let index: StatIndex | null = null;
  const stored = await storeTree(store, nodes, (digest) => {
    index = indexFor(digest);
    store.indexes.write(root, options, index);
  });
  index ??= indexFor(stored.digest);
  store.indexes.remember(root, options, index);
  return { ...stored, leftOut: index.leftOut };
}
