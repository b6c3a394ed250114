const OFFERS = 5;

/** Up to five of `names` that a person who wrote `wanted` may have meant, nearest first. */
export function nearest(wanted: string, names: readonly string[]): string[] {
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  return [...new Set(names)]
    .map((name) => ({ name, steps: steps(wanted.toLowerCase(), name.toLowerCase()) }))
    .filter(({ steps: needed }) => needed <= limit)
    .toSorted((a, b) => a.steps - b.steps)
    .slice(0, OFFERS)
    .map(({ name }) => name);
}

/** A name that begins with what was written is as near as one with a wrong letter. */
const steps = (wanted: string, name: string): number =>
  wanted !== '' && name.startsWith(wanted) ? 1 : distance(wanted, name);

/** Levenshtein distance. */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
