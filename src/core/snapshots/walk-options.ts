import { parseShown } from './path-bytes.ts';
import type { FreezeOptions } from './snapshots.ts';
import { SOURCE_LIMITS } from './source-limits.ts';
import type { Store } from './store.ts';
import type { WalkOptions } from './walk.ts';

/** The options of a walk as a person gave them. */
export const walkOptions = (
  { dataFolder }: Store,
  { includeSecrets }: FreezeOptions,
  checkAccess: boolean,
): WalkOptions => ({
  includeSecrets: new Set(includeSecrets.map(parseShown)),
  limits: SOURCE_LIMITS,
  dataFolder,
  checkAccess,
});
