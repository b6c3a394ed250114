import type { Json } from '../../shared/domain/json.ts';

/** A value that is not a number. */
export type Word = Exclude<Json, number | null>;

/** What a run has in a column; null where it has nothing, to which `''` and an empty list count too. */
export type Cell = number | Word | null;

/** Longer texts are alike when they begin alike: a list of runs is no store of prompts. */
const MOST_TEXT = 4096;
/** Numbers in a text of more digits than this are all taken as equally long. */
const MOST_DIGITS = 40;

/** A value of a config or a summary, or of a run's own columns, as a cell. */
export function toCell(value: unknown): Cell {
  if (typeof value === 'string') return value === '' ? null : value.slice(0, MOST_TEXT);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'boolean') return value;
  if (value === null || value === undefined) return null;
  if (Array.isArray(value) && value.length === 0) return null;
  const json = jsonOf(value);
  return json.length > MOST_TEXT ? json.slice(0, MOST_TEXT) : (value as Word);
}

/** What is nested deeper than can be written is as long a text as any. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '…'.repeat(MOST_TEXT + 1);
  }
}

/** A value in one line, as lists show it. */
export const textOf = (cell: Cell): string => {
  if (typeof cell === 'string') return cell;
  return cell === null ? '' : JSON.stringify(cell);
};

export const fold = (text: string): string => text.toLowerCase();

/** Texts in the order of these keys: without regard to case and accents, numbers in them by size. */
export function wordKey(text: string): string {
  const plain = isAscii(text) ? text : text.normalize('NFD').replaceAll(/\p{M}+/gu, '');
  return fold(plain).replaceAll(/\d+/g, digitsKey);
}

/** A longer number is a larger one: its length goes first, as a character near those of digits. */
function digitsKey(digits: string): string {
  const number = digits.replace(/^0+(?=\d)/, '');
  return String.fromCharCode(0x30 + Math.min(number.length, MOST_DIGITS)) + number;
}

// oxlint-disable-next-line no-control-regex -- all of ASCII
const isAscii = (text: string): boolean => /^[\u0000-\u007f]*$/.test(text);

export const byUnits = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The order of words; only the same word is equal. */
export const compareWords = (a: Word, b: Word): number =>
  byUnits(wordKey(textOf(a)), wordKey(textOf(b))) || compareAlike(a, b);

/** Of words with the same key. */
export const compareAlike = (a: Word, b: Word): number =>
  byUnits(textOf(a), textOf(b)) || byUnits(JSON.stringify(a), JSON.stringify(b));
