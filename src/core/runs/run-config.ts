import type { Delivery, LaunchSpec } from '../../shared/domain/launch-spec.ts';
import type { Run } from '../../shared/domain/run.ts';

type Values = LaunchSpec['values'];

/**
 * What a run was set to, nested, for the columns of lists: values by the names of their inputs, and what
 * `wandb.config` is told. Null when nothing was set.
 */
export function runConfig(spec: LaunchSpec, delivery: Delivery): Run['config'] {
  const config = new Map<string, unknown>();
  for (const [name, value] of Object.entries(spec.values)) put(config, name.split('.'), value);
  merge(config, delivery.config);
  return config.size === 0 ? null : toPlain(config);
}

/** Maps, since a key of somebody else's config may be `__proto__`. */
type Nested = Map<string, unknown>;

function put(into: Nested, [key, ...rest]: string[], value: Values[string]): void {
  if (rest.length === 0) return set(into, key!, value);
  const inner = into.get(key!);
  const next = inner instanceof Map ? (inner as Nested) : new Map<string, unknown>();
  into.set(key!, next);
  put(next, rest, value);
}

function merge(into: Nested, values: Values): void {
  for (const [key, value] of Object.entries(values)) set(into, key, value);
}

/** Objects are merged, everything else replaces what was there. */
function set(into: Nested, key: string, value: Values[string]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    into.set(key, value);
    return;
  }
  const inner = into.get(key);
  const next = inner instanceof Map ? (inner as Nested) : new Map<string, unknown>();
  into.set(key, next);
  merge(next, value);
}

const toPlain = (nested: Nested): Record<string, unknown> =>
  Object.fromEntries(
    [...nested].map(([key, value]) => [
      key,
      value instanceof Map ? toPlain(value as Nested) : value,
    ]),
  );
