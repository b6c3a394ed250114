import { placeOf } from './log-search.ts';

/** Which line each row of the view shows. */
export interface RowOrder {
  count: number;
  line(row: number): number;
  /** The row of a line, or the next one after it. */
  row(line: number): number;
}

export const everyLine = (count: number): RowOrder => ({
  count,
  line: (row) => row,
  row: (line) => line,
});

/** Only these lines, with so many before and after each. `lines` is how many there are at all. */
export function linesAround(found: readonly number[], context: number, lines: number): RowOrder {
  const shown: number[] = [];
  for (const line of found) {
    const from = Math.max(line - context, (shown.at(-1) ?? -1) + 1);
    const to = Math.min(lines - 1, line + context);
    for (let next = from; next <= to; next += 1) shown.push(next);
  }
  return {
    count: shown.length,
    line: (row) => shown[row] ?? -1,
    row: (line) => Math.min(placeOf(shown, line), Math.max(0, shown.length - 1)),
  };
}
