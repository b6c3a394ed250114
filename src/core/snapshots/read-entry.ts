import { parseShown } from './path-bytes.ts';
import type { Store } from './store.ts';

/** Up to `limit` first bytes of one file of a tree; null when there is no such file. */
export function readEntry(
  { trees, blobs }: Pick<Store, 'trees' | 'blobs'>,
  digest: string,
  shownPath: string,
  limit: number,
): Buffer | null {
  const path = parseShown(shownPath);
  const node = trees.nodes(digest).find((entry) => entry.path === path);
  if (node?.kind !== 'file') return null;
  return blobs.head(node.content, node.size, limit);
}
