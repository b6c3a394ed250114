import type { Json, JsonValues } from '../../../shared/domain/json.ts';
import { isRecord } from '../../../shared/is-record.ts';
import { ownValue } from '../json.ts';

/** One value to be put into a document. */
export interface Change {
  /** Keys from the root. */
  path: string[];
  value: Json;
}

/**
 * What has to be changed in `base` so that `over` is merged into it: every value that is no object, and
 * objects where something else is now (or an empty one where nothing is).
 */
export function changesOf(base: JsonValues, over: JsonValues, at: string[] = []): Change[] {
  return Object.keys(over).flatMap((key): Change[] => {
    const path = [...at, key];
    const value = ownValue(over, key) ?? null;
    const known = ownValue(base, key);
    if (!isRecord(value)) return [{ path, value }];
    if (isRecord(known)) return changesOf(known, value, path);
    const isNew = known === undefined && Object.keys(value).length > 0;
    return isNew ? changesOf({}, value, path) : [{ path, value }];
  });
}

/** Whether two documents say the same; the order of keys does not count. */
export function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || (a === 0 && b === 0)) return true;
  if (typeof a !== typeof b && (typeof a === 'bigint' || typeof b === 'bigint')) {
    return Number(a) === Number(b);
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Date || b instanceof Date) {
    return a instanceof Date && b instanceof Date && a.toISOString() === b.toISOString();
  }
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameData(entry(a, key), entry(b, key)))
  );
}

const entry = (of: object, key: string): unknown => Object.getOwnPropertyDescriptor(of, key)?.value;
