import { isRecord } from '../../shared/is-record.ts';
import { noValues, type Json, type JsonValues } from '../../shared/domain/json.ts';

/** An own property alone: what a config calls `constructor` is data like any other. */
export const ownValue = (of: JsonValues, key: string): Json | undefined =>
  Object.hasOwn(of, key) ? of[key] : undefined;

/**
 * `over` put onto `base`: objects key by key, everything else (lists as well) replaced. The rule of
 * `Config.merge_locked` and of the file overrides of the W&B SDK. Neither is changed.
 */
export function mergeJson(base: JsonValues, over: JsonValues): JsonValues {
  const merged = noValues();
  for (const key of Object.keys(base)) merged[key] = ownValue(base, key) ?? null;
  for (const key of Object.keys(over)) {
    const value = ownValue(over, key) ?? null;
    const known = ownValue(merged, key);
    merged[key] = isRecord(known) && isRecord(value) ? mergeJson(known, value) : value;
  }
  return merged;
}

/** What is at a path of keys; undefined for nothing. */
export const valueAt = (of: Json | undefined, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((at, key) => (isRecord(at) ? ownValue(at, key) : undefined), of);

/**
 * Puts a value at a path of keys (not empty) into `into`, by the rule of {@link mergeJson}. Changes `into`,
 * which takes no object of the value in: thousands of values are put into one config.
 */
export function putValue(
  into: JsonValues,
  [key = '', ...rest]: readonly string[],
  value: Json,
): void {
  if (rest.length === 0 && !isRecord(value)) {
    into[key] = value;
    return;
  }
  const known = ownValue(into, key);
  const inner = isRecord(known) ? known : (into[key] = noValues());
  if (rest.length > 0) putValue(inner, rest, value);
  else if (isRecord(value)) putAll(inner, value);
}

/** Puts values by name into `into`, as {@link putValue} does. */
export function putAll(into: JsonValues, values: JsonValues): void {
  for (const name of Object.keys(values)) putValue(into, [name], ownValue(values, name) ?? null);
}
