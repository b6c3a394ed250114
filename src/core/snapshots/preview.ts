import type { TreeEntry } from '../../shared/domain/snapshot.ts';
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

/** What a snapshot would hold. Files are not read, so their entries have no digest. */
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
    .map(toEntry);
  const topLevel = entries
    .filter(({ path }) => !path.includes('/'))
    .slice(0, TOP_LEVEL)
    .map(toEntry);
  return { folder, files, bytes, largest, topLevel, leftOut, leftOutCount, notes };
}

function toEntry({ path, kind, facts, target }: FoundEntry): TreeEntry {
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
