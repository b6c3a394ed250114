import type { InputField } from '../../../shared/domain/inputs.ts';
import type { Json } from '../../../shared/domain/json.ts';

export type ValueType = InputField['type'];

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Whole numbers that a double cannot hold stay text: they are refused by main, never rounded. */
function readNumber(text: string): Json {
  const word = text.trim();
  const value = Number(word);
  if (!NUMBER.test(word) || !Number.isFinite(value)) return text;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return text;
  return value;
}

function readJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false };

/** A word that says of itself what it is, as YAML has it: a number, true, false, null, else text. */
function readWord(text: string): Json {
  const word = text.trim();
  if (word === 'null') return null;
  return BOOLEANS[word] ?? (/^[[{]/.test(word) ? readJson(text) : readNumber(text));
}

/**
 * What typed text stands for where a value of that type is asked for; undefined for none. Text that
 * does not fit stays text: main says then what is wrong with it, by name.
 */
export function readTyped(text: string, type: ValueType): Json | undefined {
  if (text === '') return undefined;
  switch (type) {
    case 'integer':
    case 'number':
      return readNumber(text);
    case 'boolean':
      return BOOLEANS[text.trim()] ?? text;
    case 'list':
    case 'object':
      return readJson(text);
    case 'unknown':
      return readWord(text);
    default:
      return text;
  }
}

/** A value as one would type it. */
export const writeTyped = (value: Json | undefined, type: ValueType): string => {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  const isTree = type === 'object' || (typeof value === 'object' && value !== null);
  return isTree ? JSON.stringify(value, null, 2) : String(value);
};

/** Whether two values are the same, objects whatever the order of their keys. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && sameValue(value, right.get(key)))
  );
}

/** The text to show: what was typed while it still stands for the value, `1e-3` for 0.001. */
export const shownText = (
  typed: string | undefined,
  value: Json | undefined,
  type: ValueType,
): string =>
  typed !== undefined && sameValue(readTyped(typed, type), value) ? typed : writeTyped(value, type);

/** The parts of a pasted list: lines, or else what commas part. One part alone is no list. */
export function splitPasted(text: string): string[] {
  const lines = text.split(/\r?\n/);
  const parts = lines.filter((line) => line.trim() !== '').length > 1 ? lines : text.split(',');
  return parts.map((part) => part.trim().replace(/,$/, '')).filter((part) => part !== '');
}
