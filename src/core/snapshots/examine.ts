import { examineCode, type Examination, type ExamineRequest } from '../detect/examine-code.ts';
import { readEntry } from './read-entry.ts';
import type { Store } from './store.ts';
import { toTreeEntry } from './tree.ts';

/** Largest file that is read for it, in bytes: lock files of large projects have some megabytes. */
const LIMIT = 16 << 20;

/** See `Snapshots.examine`. */
export function examine(
  store: Store,
  digest: string,
  request: ExamineRequest,
): Promise<Examination> {
  const entries = store.trees.nodes(digest).map(toTreeEntry);
  return examineCode(entries, request, async (path) => {
    const bytes = readEntry(store, digest, path, LIMIT);
    return bytes && Buffer.from(bytes).toString('utf8');
  });
}
