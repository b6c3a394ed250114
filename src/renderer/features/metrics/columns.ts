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
  const floor = log ? 0 : -Infinity;
  let low = Infinity;
  let high = floor;
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    if (value < low && value > floor) low = value;
    if (value > high && value < Infinity) high = value;
  }
  return low > high ? null : { from: low, to: high };
}

/** Takes what is drawn. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  /** A line straight down: many of them take a canvas far less time than one line to and fro. */
  bar(x: number, low: number, high: number): void;
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
 * Draws a line one column of pixels at a time, where many points fall on one as a bar from the least to
 * the greatest. No peak is lost, and no more is drawn than can be seen. What the scale cannot show is a gap.
 */
export function drawLine(pen: Pen, { steps, values, range, x, y }: Line): void {
  const columns = new Columns(pen);
  const pixel = (value: number): number => (y.log ? Math.log10(value) : value) * y.scale + y.offset;
  // The first of the numbers that the scale cannot show.
  const floor = y.log ? 0 : -Infinity;
  for (let i = range.from; i < range.to;) {
    const first = values[i]!;
    if (!(first > floor && first < Infinity)) {
      columns.endLine();
      i++;
      continue;
    }
    // A point costs two comparisons: where it is in pixels is asked of columns alone.
    const column = Math.round(steps[i]! * x.scale + x.offset);
    const left = (column - 0.5 - x.offset) / x.scale;
    const right = (column + 0.5 - x.offset) / x.scale;
    let low = first;
    let high = first;
    let last = first;
    for (i++; i < range.to; i++) {
      const step = steps[i]!;
      const value = values[i]!;
      if (step < left || step >= right || !(value > floor && value < Infinity)) break;
      if (value < low) low = value;
      else if (value > high) high = value;
      last = value;
    }
    const [end, other] = [pixel(low), pixel(high)];
    columns.add(column, {
      first: pixel(first),
      low: Math.min(end, other),
      high: Math.max(end, other),
      last: pixel(last),
    });
  }
  columns.endLine();
}

/** Of the points of one column, in pixels. */
interface Reach {
  first: number;
  low: number;
  high: number;
  last: number;
}

/** The column that points are added to, and what was drawn before it. */
class Columns {
  readonly #pen: Pen;
  #x = Number.NaN;
  #first = 0;
  #low = 0;
  #high = 0;
  #last = 0;
  /** The end of what was drawn; not a number at the start of a line. */
  #drawnX = Number.NaN;
  #drawnY = 0;
  /** Whether the pen is at that end. */
  #isThere = false;

  constructor(pen: Pen) {
    this.#pen = pen;
  }

  add(x: number, { first, low, high, last }: Reach): void {
    if (x === this.#x) {
      this.#low = Math.min(this.#low, low);
      this.#high = Math.max(this.#high, high);
    } else {
      this.#end();
      this.#x = x;
      this.#first = first;
      this.#low = low;
      this.#high = high;
    }
    this.#last = last;
  }

  endLine(): void {
    const isAlone = Number.isNaN(this.#drawnX) && this.#low === this.#high;
    const x = this.#x;
    this.#end();
    // A point that stands alone would not be seen.
    if (isAlone && !Number.isNaN(x)) this.#pen.lineTo(x + DOT, this.#first);
    this.#x = Number.NaN;
    this.#drawnX = Number.NaN;
    this.#isThere = false;
  }

  #end(): void {
    if (Number.isNaN(this.#x)) return;
    if (this.#low === this.#high) this.#lineHere();
    else this.#bar();
    this.#drawnX = this.#x;
    this.#drawnY = this.#last;
  }

  #lineHere(): void {
    if (Number.isNaN(this.#drawnX)) this.#pen.moveTo(this.#x, this.#first);
    else {
      if (!this.#isThere) this.#pen.moveTo(this.#drawnX, this.#drawnY);
      this.#pen.lineTo(this.#x, this.#first);
    }
    this.#isThere = true;
  }

  /** Reaches to the end of the column beside it, so that there is no gap between them. */
  #bar(): void {
    const isBeside = Math.abs(this.#x - this.#drawnX) <= 1;
    if (!isBeside && !Number.isNaN(this.#drawnX)) this.#lineHere();
    const low = isBeside ? Math.min(this.#low, this.#drawnY) : this.#low;
    const high = isBeside ? Math.max(this.#high, this.#drawnY) : this.#high;
    this.#pen.bar(this.#x, low, high);
    this.#isThere = false;
  }
}
