import { firstFrom, type SeriesData } from './series-data.ts';
import type { Domain } from './scale.ts';

/** Length of the line that a lone point is, in px. */
const DOT = 3;

/** The points from one index to before another. */
export interface Range {
  from: number;
  to: number;
}

/** The points to draw for a view: those in it and one on either side, for the lines that lead out. */
export function visible({ steps, length, sorted }: SeriesData, view: Domain): Range {
  if (!sorted) return { from: 0, to: length };
  const from = firstFrom(steps, length, view.from);
  const to = firstFrom(steps, length, view.to);
  return { from: Math.max(0, from - 1), to: Math.min(length, to + 2) };
}

/** The least and greatest finite value of some points, above zero only for a log scale; null for none. */
export function extent(values: Float64Array, { from, to }: Range, log: boolean): Domain | null {
  let low = Infinity;
  let high = -Infinity;
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value) || (log && value <= 0)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low > high ? null : { from: low, to: high };
}

/** Takes the line; a canvas context does. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

export interface Line {
  steps: Float64Array;
  values: Float64Array;
  range: Range;
  /** Pixels of a step and of a value: plain numbers, since this is done for 100,000 points at once. */
  x: { scale: number; offset: number };
  y: { scale: number; offset: number; log: boolean };
}

/**
 * Draws a line one column of pixels at a time: where it comes in, how far it reaches, where it leaves. No
 * peak is lost, and no more is drawn than can be seen. What the scale cannot show is a gap.
 */
export function drawLine(pen: Pen, { steps, values, range, x, y }: Line): void {
  let column = NaN;
  let [first, low, high, last] = [0, 0, 0, 0];
  let columns = 0;
  const endColumn = () => {
    if (Number.isNaN(column)) return;
    if (columns++ === 0) pen.moveTo(column, first);
    else pen.lineTo(column, first);
    if (low === high) return;
    pen.lineTo(column, low);
    pen.lineTo(column, high);
    pen.lineTo(column, last);
  };
  const endLine = () => {
    endColumn();
    // A point that stands alone would not be seen.
    if (columns === 1 && low === high) pen.lineTo(column + DOT, first);
    column = NaN;
    columns = 0;
  };
  for (let i = range.from; i < range.to; i++) {
    const value = values[i]!;
    const shown = y.log ? Math.log10(value) : value;
    if (!Number.isFinite(shown)) {
      endLine();
      continue;
    }
    const at = Math.round(steps[i]! * x.scale + x.offset);
    const up = shown * y.scale + y.offset;
    if (at === column) {
      if (up < low) low = up;
      if (up > high) high = up;
      last = up;
      continue;
    }
    endColumn();
    column = at;
    first = low = high = last = up;
  }
  endLine();
}
