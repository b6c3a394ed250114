import { parseShown } from './path-bytes.ts';
import type { FreezeOptions } from './snapshots.ts';
import { SOURCE_LIMITS } from './source-limits.ts';
import type { Store } from './store.ts';
import type { WalkOptions } from './walk.ts';

/** The options of a walk as a person gave them. */
export const walkOptions = (
  { dataFolder, trees }: Store,
  { includeSecrets, tracked, everything = false }: FreezeOptions,
  checkAccess: boolean,
): WalkOptions => ({
  includeSecrets: new Set(includeSecrets.map(parseShown)),
  tracked: new Set(tracked ? trees.nodes(tracked).map(({ path }) => path) : []),
  everything,
  limits: SOURCE_LIMITS,
  dataFolder,
  checkAccess,
});
