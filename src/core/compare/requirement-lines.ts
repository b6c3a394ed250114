/** Most lines that are listed as added, and as removed. */
const MOST = 2000;

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

/** Lines that only one text has, in the order they stand there; comments and order do not count. */
export function changedLines(
  before: string,
  after: string,
): { added: string[]; removed: string[] } {
  const old = linesOf(before);
  const now = linesOf(after);
  return { added: without(now, old), removed: without(old, now) };
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return [...new Set(lines)].filter((line) => !known.has(line)).slice(0, MOST);
}
