import type { EnvironmentPlan } from '../../shared/domain/job.ts';
import { checkEntryPoint } from '../detect/entry-point.ts';
import { planEnvironment } from '../detect/environment.ts';
import { readEntry } from './read-entry.ts';
import type { Store } from './store.ts';
import { toTreeEntry } from './tree.ts';

/** Largest file that is read for it, in bytes. */
const LIMIT = 1 << 20;

/** See `Snapshots.examine`. */
export function examine(
  store: Store,
  digest: string,
  entryPoint: string[],
): Promise<EnvironmentPlan> {
  const entries = store.trees.nodes(digest).map(toTreeEntry);
  checkEntryPoint(entryPoint, entries);
  return planEnvironment(entries, async (path) => {
    const bytes = readEntry(store, digest, path, LIMIT);
    return bytes && Buffer.from(bytes).toString('utf8');
  });
}
