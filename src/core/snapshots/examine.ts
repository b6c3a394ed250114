import { examineCode, type Examination, type ExamineRequest } from '../detect/examine-code.ts';
import { storedReader } from './read-stored.ts';
import type { Store } from './store.ts';
import { toTreeEntry } from './tree.ts';

/** See `Snapshots.examine`. */
export function examine(
  store: Store,
  digest: string,
  request: ExamineRequest,
): Promise<Examination> {
  const entries = store.trees.nodes(digest).map(toTreeEntry);
  return examineCode(entries, request, storedReader(store, digest));
}
