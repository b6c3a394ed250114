import { ArrowDown, ArrowUp, ChevronDown } from 'lucide-react';
import type { Column, SortBy } from './grid-model.ts';
import styles from './data-grid.module.css';

interface Props<T> {
  column: Column<T>;
  sort: readonly SortBy[];
  /** It is the one that Tab comes to. */
  active: boolean;
  onFocus: () => void;
  onSort: (add: boolean) => void;
  onMenu?: (button: HTMLElement) => void;
}

/** The title of a column: sorts, and says how it is sorted by. */
export function GridTitle<T>({ column, sort, active, onFocus, onSort, onMenu }: Props<T>) {
  const place = sort.findIndex(({ id }) => id === column.id);
  const by = sort[place];
  const tabIndex = active ? 0 : -1;
  const words = <span className="ellipsis">{column.title}</span>;
  return (
    <>
      {column.sort || column.sortable ? (
        <button
          type="button"
          tabIndex={tabIndex}
          className={styles.sort}
          title={column.title}
          onFocus={onFocus}
          onClick={(event) => onSort(event.shiftKey)}
        >
          {words}
          {by && (by.descending ? <ArrowDown size={12} /> : <ArrowUp size={12} />)}
          {by && sort.length > 1 && (
            <span aria-hidden="true" className={styles.place}>
              {place + 1}
            </span>
          )}
        </button>
      ) : (
        <span tabIndex={tabIndex} onFocus={onFocus} className={styles.plain}>
          {words}
        </span>
      )}
      {onMenu && (
        // For the mouse alone: the menu key does the same on the title.
        <span
          aria-hidden="true"
          className={styles.titleMenu}
          onClick={(event) => onMenu(event.currentTarget)}
        >
          <ChevronDown size={12} />
        </span>
      )}
    </>
  );
}
