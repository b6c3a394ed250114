import { ChevronDown, ChevronUp } from 'lucide-react';
import { cx } from '../lib/cx.ts';
import { nextSort, type Column, type SortBy } from './grid-model.ts';
import styles from './data-grid.module.css';

interface Props<T> {
  columns: readonly Column<T>[];
  sort: SortBy | undefined;
  onSort: (sort: SortBy | undefined) => void;
}

/** The titles of a grid; a click sorts. */
export function GridHeader<T>({ columns, sort, onSort }: Props<T>) {
  return (
    <div role="row" aria-rowindex={1} className={styles.header}>
      {columns.map((column) => {
        const sorted = sort?.id === column.id ? sort : undefined;
        const order = sorted && (sorted.descending ? 'descending' : 'ascending');
        return (
          <div
            key={column.id}
            role="columnheader"
            aria-sort={order}
            className={cx(styles.cell, column.end && styles.end)}
          >
            {column.sort ? (
              <button
                type="button"
                tabIndex={-1}
                className={styles.sort}
                onClick={() => onSort(nextSort(sort, column.id))}
              >
                {column.title}
                {order === 'ascending' && <ChevronUp size={12} aria-hidden="true" />}
                {order === 'descending' && <ChevronDown size={12} aria-hidden="true" />}
              </button>
            ) : (
              column.title
            )}
          </div>
        );
      })}
    </div>
  );
}
