import type { InputField } from '../../shared/domain/inputs.ts';
import type { Json } from '../../shared/domain/json.ts';
import { isRecord } from '../../shared/is-record.ts';

export const WORDS_OF_TYPES: Readonly<Record<InputField['type'], string>> = {
  integer: 'an integer',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  list: 'a list',
  object: 'an object of named values',
  path: 'a path',
  unknown: 'any value',
};

const SHOWN = 60;

/** A value as a sentence tells it: `the text "0.1"`. */
export function wordFor(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value !== 'string') return String(value);
  const text = value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
  return `the text ${JSON.stringify(text)}`;
}

/** Whether two values are the same, whatever the order of names in objects. */
export function sameJson(a: Json, b: Json): boolean {
  return a === b || canonical(a) === canonical(b);
}

const canonical = (value: Json): string =>
  JSON.stringify(value, (_, each: Json) =>
    isRecord(each) ? Object.entries(each).toSorted(([x], [y]) => (x < y ? -1 : 1)) : each,
  );
