type Compare = (a: number, b: number) => number;

/** A list that so many times as many are added to is sorted anew. */
const FEW = 16;

/** A sorted list with more in it. A few are put in their places, without looking at all that is there. */
export function insertSorted(
  have: Uint32Array,
  added: Uint32Array,
  sort: (list: Uint32Array) => Uint32Array,
  compare: Compare,
): Uint32Array<ArrayBuffer> {
  const all = new Uint32Array(have.length + added.length);
  if (added.length * FEW > have.length) {
    all.set(have);
    all.set(added, have.length);
    return Uint32Array.from(sort(all));
  }
  let from = 0;
  sort(added).forEach((each, before) => {
    const place = placeOf(each, have, from, compare);
    all.set(have.subarray(from, place), from + before);
    all[place + before] = each;
    from = place;
  });
  all.set(have.subarray(from), from + added.length);
  return all;
}

function placeOf(each: number, list: Uint32Array, from: number, compare: Compare): number {
  let [low, high] = [from, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(list[middle]!, each) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
