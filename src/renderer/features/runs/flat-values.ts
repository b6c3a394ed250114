import { eachFlatValue } from '../../../shared/flat-values.ts';

const NONE: ReadonlyMap<string, unknown> = new Map();
/** Rows are replaced and never changed: what one was flattened to holds as long as it is there. */
const known = new WeakMap<object, ReadonlyMap<string, unknown>>();

/** Nested values under the names of columns: `{ model: { width: 8 } }` has `model.width`. */
export function flatValues(values: Record<string, unknown> | null): ReadonlyMap<string, unknown> {
  if (!values) return NONE;
  const have = known.get(values);
  if (have) return have;
  const flat = new Map<string, unknown>();
  eachFlatValue(values, (name, value) => flat.set(name, value));
  known.set(values, flat);
  return flat;
}

/** The names that are a number in at least one of the records, in the order they are first seen. */
export function numberNames(records: Iterable<ReadonlyMap<string, unknown>>): string[] {
  const names = new Set<string>();
  for (const record of records) {
    for (const [name, value] of record) if (typeof value === 'number') names.add(name);
  }
  return [...names];
}

/** The names whose value is not the same in all of the records, in the order they are first seen. */
export function differingNames(records: readonly ReadonlyMap<string, unknown>[]): string[] {
  const seen = new Map<string, string | undefined>();
  const differing = new Set<string>();
  for (const record of records) for (const name of record.keys()) seen.set(name, undefined);
  const textOf = (record: ReadonlyMap<string, unknown>, name: string): string =>
    record.has(name) ? JSON.stringify(record.get(name)) : '';
  for (const name of seen.keys()) {
    const first = records[0] ? textOf(records[0], name) : '';
    if (records.some((record) => textOf(record, name) !== first)) differing.add(name);
  }
  return [...differing];
}

/** Order of two values of a column: numbers by size before words by letter, nothing last. */
export function compareValues(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number' || typeof b === 'number') return typeof a === 'number' ? -1 : 1;
  return valueText(a).localeCompare(valueText(b), undefined, { numeric: true });
}

/** A value in one line. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}
