import { createHash } from 'node:crypto';
import type { Delivery, LaunchSpec } from '../../shared/domain/launch-spec.ts';
import type { JobVersion } from '../../shared/domain/job.ts';
import type { EngineKind } from '../../shared/domain/run.ts';

/**
 * The same for launches of a version that would do the same: what is delivered and what it runs in count,
 * the rules about trying again do not.
 */
export function inputsDigest(
  { version, engine, rewrite }: { version: JobVersion; engine: EngineKind; rewrite: boolean },
  { settings }: LaunchSpec,
  delivery: Delivery,
): string {
  const { retry: _retry, skipIdentical: _skip, labels: _labels, ...execution } = settings;
  const all = { version: version.id, engine, rewrite, execution, delivery };
  return createHash('sha256')
    .update(JSON.stringify(sorted(all)))
    .digest('hex');
}

/** Objects with their keys in order, so that the order they were typed in does not count. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
