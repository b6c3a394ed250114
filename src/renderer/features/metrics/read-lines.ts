import type { CardLine } from './cards.ts';
import { nearest, type SeriesData } from './series-data.ts';
import { smoothed } from './smooth.ts';

/** A line of a card as it is shown. */
export interface ShownLine extends CardLine {
  /** Its values, smoothed or not. */
  values: Float64Array<ArrayBuffer>;
  colour: string | null;
  dash: readonly number[];
}

export const shownLines = (lines: readonly CardLine[], smoothing: number): ShownLine[] =>
  lines.map((line) => ({
    ...line,
    ...line.look,
    values: smoothed(line.series.values, line.series.length, smoothing),
  }));

/** What is read of a line at the cursor; `step` is null where it is the last value. */
export interface Reading {
  step: number | null;
  value: number | null;
}

/** Whether a step is where a series has points, not before or behind it. */
function isWithin({ steps, length, sorted }: SeriesData, step: number): boolean {
  if (!sorted || length === 0) return length > 0;
  return step >= steps[0]! && step <= steps[length - 1]!;
}

/**
 * What is read of each line. One line alone is read at its point that is nearest; of several, one that
 * has ended before the cursor is not read at all.
 */
export function readings(lines: readonly ShownLine[], cursor: number | null): Reading[] {
  return lines.map(({ series, values }) => {
    if (cursor === null) return { step: null, value: series.last };
    if (lines.length > 1 && !isWithin(series, cursor)) return { step: null, value: null };
    const at = nearest(series, cursor);
    return at < 0 ? { step: null, value: null } : { step: series.steps[at]!, value: values[at]! };
  });
}

/** The least and the greatest number of a series; null where it has none. */
export function extremes({
  values,
  length,
}: SeriesData): { least: number; greatest: number } | null {
  let least = Infinity;
  let greatest = -Infinity;
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return least > greatest ? null : { least, greatest };
}

/** The points of some lines as comma-separated values: a row for each step of any of them. */
export function csvOf(axis: string, lines: readonly CardLine[], name: string): string {
  const rows = new Map<number, (number | '')[]>();
  lines.forEach(({ series: { steps, values, length } }, at) => {
    for (let i = 0; i < length; i++) {
      const row = rows.get(steps[i]!) ?? lines.map((): number | '' => '');
      row[at] = values[i]!;
      rows.set(steps[i]!, row);
    }
  });
  const head = [axis, ...lines.map(({ label }) => label || name)];
  const body = [...rows].toSorted(([a], [b]) => a - b).map(([step, row]) => [step, ...row]);
  return [head.map(csvCell), ...body].map((cells) => cells.join(',')).join('\n');
}

const csvCell = (text: string): string =>
  /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
