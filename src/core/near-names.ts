const LISTED = 5;
const FAR = Infinity;

/** Up to five names that a person who wrote `asked` may have meant, the nearest first. */
export function nearNames(asked: string, names: Iterable<string>): string[] {
  const wanted = asked.toLowerCase();
  return [...new Set(names)]
    .map((name) => ({ name, far: farness(wanted, name.toLowerCase()) }))
    .filter(({ far }) => far < FAR)
    .toSorted((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, LISTED)
    .map(({ name }) => name);
}

/** A name that goes on, or of which a part was written, is as near as one with a wrong letter. */
function farness(wanted: string, name: string): number {
  if (wanted === name) return 0;
  if (wanted !== '' && name.startsWith(wanted)) return 1;
  if (wanted.length > 2 && name.length > 2 && (wanted.includes(name) || name.includes(wanted))) {
    return 1;
  }
  if (isSwap(wanted, name)) return 1;
  const most = mostEdits(wanted, name);
  if (Math.abs(wanted.length - name.length) > most) return FAR;
  const edits = editDistance(wanted, name);
  return edits <= most ? edits : FAR;
}

/** What is as short as the edits that lead to it is another word: of two letters the first has to be right. */
function mostEdits(wanted: string, name: string): number {
  const shorter = Math.min(wanted.length, name.length);
  if (shorter < 2) return 0;
  if (shorter === 2) return wanted[0] === name[0] ? 1 : 0;
  return shorter === 3 ? 1 : Math.max(2, Math.floor(wanted.length / 3));
}

/** Whether two neighbours changed places. */
function isSwap(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return at >= 0 && a.slice(0, at) + (a[at + 1] ?? '') + a[at] + a.slice(at + 2) === b;
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
