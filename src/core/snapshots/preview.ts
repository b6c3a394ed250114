import type { TreeEntry } from '../../shared/domain/snapshot.ts';
import { toErrorData } from '../../shared/errors.ts';
import { entryPointCandidates } from '../detect/candidates.ts';
import { planEnvironment } from '../detect/environment.ts';
import { scannedReader } from './read-scanned.ts';
import { isExecutable, type FoundEntry } from './scan.ts';
import type { FolderPreview, FreezeOptions } from './snapshots.ts';
import { resolveRoot } from './source-root.ts';
import type { Store } from './store.ts';
import { toTreeEntry } from './tree.ts';
import { walkOptions } from './walk-options.ts';
import { walk } from './walk.ts';
import type { WorkControl } from './work-control.ts';

const LARGEST = 200;
const TOP_LEVEL = 1000;

/** What a snapshot would hold, and what can be told of it at a glance. Entries have no digest. */
export async function preview(
  store: Store,
  folder: string,
  options: FreezeOptions,
  control: WorkControl,
): Promise<FolderPreview> {
  const root = resolveRoot(folder, store.dataFolder.path);
  const scan = await walk(root, walkOptions(store, options, true), control);
  const { entries, files, bytes, leftOut, leftOutCount, notes } = scan;
  const largest = entries
    .filter(({ kind }) => kind === 'file')
    .toSorted((a, b) => b.facts.size - a.facts.size)
    .slice(0, LARGEST)
    .map(toFoundTreeEntry);
  const topLevel = entries
    .filter(({ path }) => !path.includes('/'))
    .slice(0, TOP_LEVEL)
    .map(toFoundTreeEntry);
  const readText = scannedReader(scan);
  const plan = await planEnvironment(entries.map(toFoundTreeEntry), readText).catch(toErrorData);
  const problem = 'code' in plan ? [plan.message] : [];
  return {
    ...{ folder, files, bytes, largest, topLevel, leftOut, leftOutCount },
    notes: [...problem, ...notes],
    entryPoints: await entryPointCandidates(topLevel, readText),
    dependencies: 'code' in plan ? null : (plan.dependencies?.path ?? null),
  };
}

/** As it is shown, without the content, which is not read. */
export function toFoundTreeEntry({ path, kind, facts, target }: FoundEntry): TreeEntry {
  const isFile = kind === 'file';
  const size = isFile ? facts.size : 0;
  return toTreeEntry({
    path,
    kind,
    size,
    executable: isFile && isExecutable(facts),
    content: target,
  });
}
