import { useRef, useState, type DragEvent, type KeyboardEvent } from 'react';
import { cx } from '../lib/cx.ts';
import { GridTitle } from './grid-title.tsx';
import type { Column, SortBy } from './grid-model.ts';
import { fitColumn, startResize, STEP, widthOf } from './grid-resize.ts';
import styles from './data-grid.module.css';

export interface ColumnActions {
  /** Puts a column where another one is. The first column stays. */
  onMove: (id: string, to: number) => void;
  onResize: (id: string, px: number) => void;
  onMenu: (id: string, title: HTMLElement) => void;
}

interface Props<T> {
  columns: readonly Column<T>[];
  sort: readonly SortBy[];
  onSort: (id: string, add: boolean) => void;
  actions?: ColumnActions;
  /** Arrow down: on to the rows. */
  onLeave: () => void;
}

const DRAGGED = 'application/x-slipway-column';

/** The titles of a grid; a click sorts. Their keys: {@link keyAction}. */
export function GridHeader<T>({ columns, sort, onSort, actions, onLeave }: Props<T>) {
  const root = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [over, setOver] = useState<number | null>(null);
  const at = Math.min(active, columns.length - 1);
  const cellAt = (index: number): HTMLElement | null =>
    root.current?.querySelector<HTMLElement>(`[data-column="${index}"]`) ?? null;
  const focus = (index: number): void => {
    setActive(index);
    cellAt(index)?.querySelector<HTMLElement>('button, [tabindex]')?.focus();
  };
  const move = (to: number): void => {
    const column = columns[at];
    if (!actions || !column || at === 0 || to < 1 || to >= columns.length) return;
    actions.onMove(column.id, to);
    requestAnimationFrame(() => focus(to));
  };
  const resize = (by: number): void => {
    const [cell, column] = [cellAt(at), columns[at]];
    if (cell && column) actions?.onResize(column.id, widthOf(cell) + by);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const column = columns[at];
    if (!column) return;
    const mod = event.ctrlKey || event.metaKey;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by && event.altKey) return;
    if (by && mod) move(at + by);
    else if (by && event.shiftKey) resize(by * STEP);
    else if (by) focus(Math.max(0, Math.min(columns.length - 1, at + by)));
    else if (event.key === 'Home') focus(0);
    else if (event.key === 'End') focus(columns.length - 1);
    else if (isMenuKey(event) && actions) actions.onMenu(column.id, cellAt(at)!);
    else if (event.key === 'ArrowDown') onLeave();
    else if (event.key === 'Enter' || event.key === ' ') sortBy(column, event.shiftKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const sortBy = (column: Column<T>, add: boolean): void => {
    if (column.sort || column.sortable) onSort(column.id, add);
  };
  const drop = (event: DragEvent, to: number): void => {
    const id = event.dataTransfer.getData(DRAGGED);
    setOver(null);
    if (!id) return;
    event.preventDefault();
    actions?.onMove(id, Math.max(1, to));
  };
  return (
    <div
      ref={root}
      role="row"
      aria-rowindex={1}
      className={styles.header}
      onKeyDown={onKeyDown}
      onDragLeave={() => setOver(null)}
    >
      {columns.map((column, index) => (
        <div
          key={column.id}
          role="columnheader"
          aria-colindex={index + 1}
          aria-sort={orderOf(sort, column.id)}
          data-column={index}
          className={cx(styles.title, column.end && styles.end, over === index && styles.over)}
          draggable={actions !== undefined && index > 0}
          onDragStart={(event) => {
            event.dataTransfer.setData(DRAGGED, column.id);
            event.dataTransfer.effectAllowed = 'move';
          }}
          onDragOver={(event) => {
            if (!event.dataTransfer.types.includes(DRAGGED)) return;
            event.preventDefault();
            setOver(index);
          }}
          onDragEnd={() => setOver(null)}
          onDrop={(event) => drop(event, index)}
          onContextMenu={(event) => {
            if (!actions) return;
            event.preventDefault();
            actions.onMenu(column.id, event.currentTarget);
          }}
        >
          <GridTitle
            column={column}
            sort={sort}
            active={index === at}
            onFocus={() => setActive(index)}
            onSort={(add) => sortBy(column, add)}
            {...(actions && {
              onMenu: (button: HTMLElement) => actions.onMenu(column.id, button),
            })}
          />
          {actions && (
            // For the mouse alone: Shift and an arrow key do the same on the title.
            <span
              aria-hidden="true"
              className={styles.edge}
              onPointerDown={(event) =>
                startResize(event, index, (px) => actions.onResize(column.id, px))
              }
              onDoubleClick={(event) =>
                actions.onResize(column.id, fitColumn(event.currentTarget, index))
              }
            />
          )}
        </div>
      ))}
    </div>
  );
}

const isMenuKey = ({ key, altKey, shiftKey }: KeyboardEvent): boolean =>
  key === 'ContextMenu' || (key === 'F10' && shiftKey) || (key === 'ArrowDown' && altKey);

function orderOf(sort: readonly SortBy[], id: string): 'ascending' | 'descending' | undefined {
  const by = sort.find((sorted) => sorted.id === id);
  return by && (by.descending ? 'descending' : 'ascending');
}
