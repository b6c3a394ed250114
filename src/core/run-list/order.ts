import type { Cells, Column } from './column.ts';

/** Counts of so many digits fit where a processor is fast. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const SHIFTS = [0, DIGIT_BITS, 2 * DIGIT_BITS];
const DIGIT = DIGITS - 1;
const NUMBER = 0;
const WORD = 1;
const NOTHING = 2;

/**
 * The rows in the order of a column: numbers, then words, then those without a value, whichever way.
 * Equal ones stay as they were. Takes time in proportion to the rows, whatever order they are in.
 */
export function sortRows(rows: Uint32Array, column: Column, descending: boolean): Uint32Array {
  const cells = column.read(rows);
  const [numbers, words, nothing] = placesByKind(cells, rows.length);
  const keysOfNumbers = cells.numbers ? numberKeys(cells.numbers) : [];
  const keysOfWords = cells.codes ? [wordKeys(cells.codes, cells)] : [];
  const sorted = new Uint32Array(rows.length);
  let at = 0;
  for (const places of [
    sortPlaces(numbers!, keysOfNumbers, descending),
    sortPlaces(words!, keysOfWords, descending),
    nothing!,
  ]) {
    for (const place of places) sorted[at++] = rows[place]!;
  }
  return sorted;
}

function placesByKind({ numbers, codes }: Cells, length: number): Uint32Array[] {
  const places = [new Uint32Array(length), new Uint32Array(length), new Uint32Array(length)];
  const counts = [0, 0, 0];
  for (let at = 0; at < length; at++) {
    const isNumber = numbers !== null && !Number.isNaN(numbers[at]!);
    const kind = isNumber ? NUMBER : codes !== null && codes[at] !== 0 ? WORD : NOTHING;
    places[kind]![counts[kind]!++] = at;
  }
  return places.map((list, kind) => list.subarray(0, counts[kind]));
}

/** Numbers as two parts of a whole number that is in their order, the lower part first. */
function numberKeys(numbers: Float64Array): Uint32Array[] {
  const low = new Uint32Array(numbers.length);
  const high = new Uint32Array(numbers.length);
  const number = new Float64Array(1);
  const bits = new Uint32Array(number.buffer);
  for (let at = 0; at < numbers.length; at++) {
    // -0 and 0 are the same number.
    number[0] = numbers[at]! + 0;
    const isNegative = bits[1]! >>> 31 === 1;
    // The bits of positive numbers are in their order, those of negative ones in the reverse.
    low[at] = isNegative ? ~bits[0]! : bits[0]!;
    high[at] = bits[1]! ^ (isNegative ? 0xffff_ffff : 0x8000_0000);
  }
  return [low, high];
}

function wordKeys(codes: Uint32Array, { dictionary }: Cells): Uint32Array {
  const ranks = dictionary.ranks();
  const keys = new Uint32Array(codes.length);
  for (let at = 0; at < codes.length; at++) keys[at] = ranks[codes[at]!]!;
  return keys;
}

/** A radix sort, from the lowest digit of the lowest part to the highest. */
function sortPlaces(places: Uint32Array, keys: Uint32Array[], descending: boolean): Uint32Array {
  let sorted = places;
  const flip = descending ? DIGIT : 0;
  for (const key of keys) {
    for (const shift of SHIFTS) sorted = sortByDigit(sorted, key, shift, flip);
  }
  return sorted;
}

function sortByDigit(places: Uint32Array, key: Uint32Array, shift: number, flip: number) {
  if (places.length === 0) return places;
  const starts = new Uint32Array(DIGITS);
  for (const place of places) starts[((key[place]! >>> shift) & DIGIT) ^ flip]! += 1;
  const first = starts[((key[places[0]!]! >>> shift) & DIGIT) ^ flip];
  if (first === places.length) return places;
  let sum = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = starts[digit]!;
    starts[digit] = sum;
    sum += count;
  }
  const sorted = new Uint32Array(places.length);
  for (const place of places) {
    sorted[starts[((key[place]! >>> shift) & DIGIT) ^ flip]!++] = place;
  }
  return sorted;
}
