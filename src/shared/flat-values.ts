import { isRecord } from './is-record.ts';

/** Deeper groups are one value. */
const DEPTH = 8;

/**
 * Calls `visit` with each of the nested values and the name of its column, which is its path: `{ model:
 * { width: 8 } }` has `model.width`. Of two values of one name, the last counts. Keys that the tracker
 * adds for itself (`_step`, `_wandb`) are left out.
 */
export function eachFlatValue(
  values: Record<string, unknown>,
  visit: (name: string, value: unknown) => void,
): void {
  for (const key of Object.keys(values)) {
    if (!key.startsWith('_')) flatten(key, values[key], 1, visit);
  }
}

function flatten(
  name: string,
  value: unknown,
  depth: number,
  visit: (name: string, value: unknown) => void,
): void {
  if (!isRecord(value) || depth >= DEPTH) return visit(name, value);
  for (const key of Object.keys(value)) flatten(`${name}.${key}`, value[key], depth + 1, visit);
}
