import { useEffect, useState, type ReactNode, type RefObject } from 'react';

export interface Column<T> {
  id: string;
  title: string;
  /** A track of `grid-template-columns`. */
  width: string;
  cell: (row: T) => ReactNode;
  /** Order of two rows, ascending; without it the column cannot be sorted by. */
  sort?: (a: T, b: T) => number;
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

/** The rows in the order asked for; equal rows keep the order they came in. */
export function sortRows<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  sort: SortBy | undefined,
): readonly T[] {
  const compare = columns.find((column) => column.id === sort?.id)?.sort;
  if (!compare || !sort) return rows;
  return rows.toSorted((a, b) => (sort.descending ? compare(b, a) : compare(a, b)));
}

/** First click on a column sorts ascending, the second descending, the third as it was. */
export function nextSort(sort: SortBy | undefined, id: string): SortBy | undefined {
  if (sort?.id !== id) return { id, descending: false };
  return sort.descending ? undefined : { id, descending: true };
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
