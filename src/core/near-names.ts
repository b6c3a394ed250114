const LISTED = 5;

/** Up to five names that a person who wrote `asked` may have meant, the nearest first. */
export function nearNames(asked: string, names: Iterable<string>): string[] {
  const wanted = asked.toLowerCase();
  const most = Math.max(2, Math.floor(wanted.length / 3));
  return [...new Set(names)]
    .map((name) => ({ name, far: farness(wanted, name.toLowerCase(), most) }))
    .filter(({ far }) => far <= most)
    .toSorted((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, LISTED)
    .map(({ name }) => name);
}

/** A name that goes on, or of which a part was written, is as near as one with a wrong letter. */
function farness(wanted: string, name: string, most: number): number {
  if (wanted === name) return 0;
  if (wanted !== '' && name.startsWith(wanted)) return 1;
  if (wanted.length > 2 && name.length > 2 && (wanted.includes(name) || name.includes(wanted))) {
    return 1;
  }
  return Math.abs(wanted.length - name.length) > most ? most + 1 : editDistance(wanted, name);
}

/** How many letters to put in, leave out or change (Levenshtein). */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
