import type { Cells, Column } from './column.ts';

/**
 * The first rows of the order that `sortRows` makes, without making all of it: what a list shows when its
 * order was changed. Takes the least time where few rows are asked for.
 */
export function topRows(
  rows: Uint32Array,
  column: Column,
  { descending, count }: { descending: boolean; count: number },
): Uint32Array {
  const cells = column.read(rows);
  const top: number[] = [];
  for (const key of keysOf(cells, descending)) {
    for (const place of leastOf(rows.length, key, count - top.length)) top.push(rows[place]!);
  }
  return Uint32Array.from(top);
}

/** By place, what it is ordered by; NaN for those of another kind. */
type Key = (place: number) => number;

/** Numbers, then words, then those without a value, whichever way. */
function keysOf({ numbers, codes, dictionary }: Cells, descending: boolean): Key[] {
  const sign = descending ? -1 : 1;
  const ranks = codes && dictionary.ranks();
  const number: Key = (place) => sign * (numbers ? numbers[place]! : Number.NaN);
  const hasNumber = (place: number): boolean => numbers !== null && !Number.isNaN(numbers[place]!);
  const code = (place: number): number => (codes === null || hasNumber(place) ? 0 : codes[place]!);
  const word: Key = (place) => (code(place) === 0 ? Number.NaN : sign * ranks![code(place)]!);
  const nothing: Key = (place) => (hasNumber(place) || code(place) !== 0 ? Number.NaN : 0);
  return [...(numbers ? [number] : []), ...(codes ? [word] : []), nothing];
}

/** The places with the least keys, in order; equal ones as they are. */
function leastOf(length: number, key: Key, count: number): Uint32Array {
  const keys = new Float64Array(count);
  const places = new Uint32Array(count);
  let size = 0;
  if (count === 0) return places;
  for (let place = 0; place < length; place++) {
    const own = key(place);
    if (Number.isNaN(own) || (size === count && own >= keys[size - 1]!)) continue;
    const at = placeAfter(keys, size, own);
    keys.copyWithin(at + 1, at, count - 1);
    places.copyWithin(at + 1, at, count - 1);
    keys[at] = own;
    places[at] = place;
    if (size < count) size += 1;
  }
  return places.subarray(0, size);
}

/** Behind all that are not greater. */
function placeAfter(keys: Float64Array, size: number, own: number): number {
  let [low, high] = [0, size];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle]! <= own) low = middle + 1;
    else high = middle;
  }
  return low;
}
