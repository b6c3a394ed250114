/** Height of a line that is not wrapped, in px. */
export const LINE = 20;
/** Chromium cannot lay out an element much taller than 33.5 million px. */
const TALLEST = 30_000_000;
/** Lines drawn beyond each edge. */
const OVERSCAN = 1;

export interface Geometry {
  /** Height of what is scrolled, px. */
  height: number;
  /** Lines a line's height of scrolling passes: 1 until the log is too tall for one element. */
  scale: number;
  /** First line to draw, and the one after the last. */
  first: number;
  end: number;
  /** The line that is pinned, how far into it (0-1), and where in the view (px from its top). */
  anchor: number;
  into: number;
  at: number;
}

/**
 * Maps a scroll position to lines. The point of the view that is pinned to the log slides from the
 * top edge to the bottom edge as the log is scrolled from its start to its end: with lines of one
 * height this is plain scrolling; with wrapped lines of unknown height both ends still meet exactly
 * and nothing needs to be measured ahead; and a log too tall for one element scrolls in proportion.
 */
export function geometry(lines: number, view: number, scrollTop: number): Geometry {
  const natural = lines * LINE;
  const height = Math.min(natural, TALLEST);
  const range = Math.max(0, height - view);
  const share = range === 0 ? 0 : Math.min(1, Math.max(0, scrollTop / range));
  const point = share * lines;
  const anchor = Math.max(0, Math.min(lines - 1, Math.floor(point)));
  const at = share * view;
  const above = Math.ceil(at / LINE) + OVERSCAN;
  const first = Math.max(0, anchor - above);
  // Always as many, so that elements neither come nor go while the log is scrolled.
  const count = Math.ceil(view / LINE) + 2 * OVERSCAN + 2;
  return {
    height,
    scale: range === 0 ? 1 : Math.max(1, (natural - view) / range),
    first,
    end: Math.min(lines, first + count),
    anchor,
    into: point - anchor,
    at,
  };
}

/** Rows that are at least partly in view when none is wrapped: the first one, and how many. */
export function rowsInView(g: Geometry, view: number): { row: number; count: number } {
  const row = Math.max(0, Math.floor(g.anchor + g.into - g.at / LINE));
  return { row, count: Math.ceil(view / LINE) };
}

export interface RowTarget {
  rows: number;
  view: number;
  row: number;
  /** Where in the view the row shall be. Wrapped rows are where the log is as a whole. */
  align: 'top' | 'center';
  wrap: boolean;
}

/** The scroll position at which a row is in view. */
export function scrollTopOf({ rows, view, row, align, wrap }: RowTarget): number {
  const { height, scale } = geometry(rows, view, 0);
  const range = Math.max(0, height - view);
  if (wrap) return Math.round(((row + 0.5) / Math.max(1, rows)) * range);
  const above = align === 'top' ? 0 : (view - LINE) / 2;
  return Math.min(range, Math.max(0, (row * LINE - above) / scale));
}
