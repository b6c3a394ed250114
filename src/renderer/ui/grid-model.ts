import { useEffect, useState, type ReactNode, type RefObject } from 'react';

export interface Column<T> {
  id: string;
  title: string;
  /** A track of `grid-template-columns`. */
  width: string;
  cell: (row: T) => ReactNode;
  /** Order of two rows, ascending; without it the column cannot be sorted by. */
  sort?: (a: T, b: T) => number;
  /** Where the rows come from sorts them by this column. */
  sortable?: boolean;
  /** Aligned to the end, for numbers. */
  end?: boolean;
  /** In the second text colour. */
  dim?: boolean;
  /** Shown from this width of the grid on, in px. */
  from?: number;
}

export interface SortBy {
  id: string;
  descending: boolean;
}

/** What is at one place of a grid. */
export type GridItem<T> =
  | { kind: 'row'; key: string; row: T }
  /** A row that is not read yet. */
  | { kind: 'waiting'; key: string }
  | { kind: 'group'; key: string; title: ReactNode; name: string; count: number; open: boolean };

/** The rows of a grid: all in memory, or those around what is in sight. */
export interface GridSource<T> {
  count: number;
  itemAt: (index: number) => GridItem<T>;
  /** Where a row or group stands; -1 when it is not there, or not read. */
  indexOf: (key: string) => number;
  /** The group that a place belongs to, -1 without groups. */
  groupOf?: (index: number) => number;
}

/** All rows in memory, as they are. */
export function listSource<T>(rows: readonly T[], keyOf: (row: T) => string): GridSource<T> {
  return {
    count: rows.length,
    itemAt: (index) => ({ kind: 'row', key: keyOf(rows[index]!), row: rows[index]! }),
    indexOf: (key) => rows.findIndex((row) => keyOf(row) === key),
  };
}

/** The rows in the order asked for; equal rows keep the order they came in. */
export function sortRows<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  sort: readonly SortBy[],
): readonly T[] {
  const orders = sort.flatMap(({ id, descending }) => {
    const compare = columns.find((column) => column.id === id)?.sort;
    return compare ? [{ compare, sign: descending ? -1 : 1 }] : [];
  });
  if (orders.length === 0) return rows;
  return rows.toSorted((a, b) => {
    for (const { compare, sign } of orders) {
      const order = compare(a, b);
      if (order !== 0) return sign * order;
    }
    return 0;
  });
}

/** Columns that a list is sorted by at most. */
const SORTED_BY = 3;

/**
 * First click on a column sorts ascending, the second descending, the third as it was. With `add` the
 * columns that were sorted by before stay, and count more.
 */
export function nextSort(sort: readonly SortBy[], id: string, add: boolean): readonly SortBy[] {
  const at = sort.findIndex((by) => by.id === id);
  const others = add ? sort : sort.filter((by) => by.id === id);
  if (at < 0) return [...others, { id, descending: false }].slice(-SORTED_BY);
  return others.flatMap((by) => {
    if (by.id !== id) return [by];
    return by.descending ? [] : [{ id, descending: true }];
  });
}

/** Width of the grid in px, 0 until it is known. */
export function useGridWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) =>
      setWidth(Math.round(entry?.contentRect.width ?? 0)),
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
