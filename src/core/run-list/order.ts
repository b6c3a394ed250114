import type { Column } from './column.ts';

const DIGIT_BITS = 16;
const DIGITS = 1 << DIGIT_BITS;
const DIGIT = DIGITS - 1;

/**
 * The rows in the order of a column: numbers, then words, then those without a value, whichever way.
 * Equal ones stay as they were. Takes time in proportion to the rows, not to their order.
 */
export function sortRows(rows: Uint32Array, column: Column, descending: boolean): Uint32Array {
  const { numbers, words, empty } = partition(rows, column);
  const sorted = new Uint32Array(rows.length);
  sorted.set(sortNumbers(numbers, column, descending));
  sorted.set(sortWords(words, column, descending), numbers.length);
  sorted.set(empty, numbers.length + words.length);
  return sorted;
}

function partition(rows: Uint32Array, column: Column) {
  const kinds = [
    new Uint32Array(rows.length),
    new Uint32Array(rows.length),
    new Uint32Array(rows.length),
  ];
  const counts = [0, 0, 0];
  for (const row of rows) {
    const kind = Number.isNaN(column.number(row)) ? (column.code(row) === 0 ? 2 : 1) : 0;
    kinds[kind]![counts[kind]!++] = row;
  }
  const [numbers, words, empty] = kinds.map((list, kind) => list.subarray(0, counts[kind]));
  return { numbers: numbers!, words: words!, empty: empty! };
}

function sortNumbers(rows: Uint32Array, column: Column, descending: boolean): Uint32Array {
  const values = new Float64Array(rows.length);
  // -0 and 0 are the same number.
  for (let at = 0; at < rows.length; at++) values[at] = column.number(rows[at]!) + 0;
  const bits = new Uint32Array(values.buffer);
  const [low, high] = [new Uint32Array(rows.length), new Uint32Array(rows.length)];
  for (let at = 0; at < rows.length; at++) {
    const negative = bits[at * 2 + 1]! >>> 31 === 1;
    // The bits of positive numbers are in their order, those of negative ones in the reverse.
    low[at] = negative ? ~bits[at * 2]! : bits[at * 2]!;
    high[at] = bits[at * 2 + 1]! ^ (negative ? 0xffff_ffff : 0x8000_0000);
  }
  return sortByKeys(rows, [low, high], descending);
}

function sortWords(rows: Uint32Array, column: Column, descending: boolean): Uint32Array {
  if (rows.length === 0) return rows;
  const ranks = column.dictionary.ranks();
  const keys = rows.map((row) => ranks[column.code(row)]!);
  return sortByKeys(rows, [keys], descending);
}

/** A radix sort; the keys of a row are parts of one number, the lowest first. */
function sortByKeys(rows: Uint32Array, keys: Uint32Array[], descending: boolean): Uint32Array {
  let places = rows.map((_, at) => at);
  for (const key of keys) {
    if (descending) key.forEach((each, at) => (key[at] = ~each));
    for (const shift of [0, DIGIT_BITS]) places = sortByDigit(places, key, shift);
  }
  return places.map((place) => rows[place]!);
}

function sortByDigit<T extends Uint32Array>(places: T, key: Uint32Array, shift: number): T {
  const starts = new Uint32Array(DIGITS);
  for (const each of key) starts[(each >>> shift) & DIGIT]! += 1;
  if (starts[(key[0]! >>> shift) & DIGIT] === key.length) return places;
  let sum = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = starts[digit]!;
    starts[digit] = sum;
    sum += count;
  }
  const sorted = places.slice() as T;
  for (const place of places) {
    const digit = (key[place]! >>> shift) & DIGIT;
    sorted[starts[digit]!++] = place;
  }
  return sorted;
}
