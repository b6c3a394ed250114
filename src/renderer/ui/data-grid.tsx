import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useMemo, useRef, useState, type CSSProperties, type MouseEvent } from 'react';
import { cx } from '../lib/cx.ts';
import { GridHeader } from './grid-header.tsx';
import { sortRows, useGridWidth, type Column, type SortBy } from './grid-model.ts';
import { useGridKeys, withActive } from './grid-keys.ts';
import styles from './data-grid.module.css';

const ROW = 32;

interface Props<T> {
  label: string;
  rows: readonly T[];
  rowKey: (row: T) => string;
  columns: readonly Column<T>[];
  initialSort?: SortBy;
  /** The least width of all columns, in px: in a narrower place the grid scrolls sideways. */
  minWidth?: number;
  onOpen: (row: T) => void;
  /** A printable key on the grid: on to the filter. */
  onType?: (text: string) => void;
  /** Row that is shown as chosen, for lists beside a detail. */
  selectedKey?: string | undefined;
}

/**
 * A virtual table with the keyboard of a grid: arrows, Home, End, page keys, Enter opens. One row
 * is in the tab order; it stays in the document while it is scrolled out of sight, to keep focus.
 */
export function DataGrid<T>(props: Props<T>) {
  const { label, rowKey, onOpen, selectedKey } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const width = useGridWidth(scroller);
  const [sort, setSort] = useState<SortBy | undefined>(props.initialSort);
  const columns = useMemo(
    () => props.columns.filter((column) => !column.from || width === 0 || width >= column.from),
    [props.columns, width],
  );
  const rows = useMemo(() => sortRows(props.rows, props.columns, sort), [props, sort]);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const found = activeKey === null ? -1 : rows.findIndex((row) => rowKey(row) === activeKey);
  const active = Math.max(0, found);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
    paddingStart: ROW,
    scrollPaddingStart: ROW,
    getItemKey: useCallback((index: number) => rowKey(rows[index]!), [rows, rowKey]),
    rangeExtractor: (range) => withActive(range, active),
  });

  const activate = (index: number): void => {
    const row = rows[index];
    if (!row) return;
    setActiveKey(rowKey(row));
    virtual.scrollToIndex(index);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus(),
    );
  };
  const onKeyDown = useGridKeys({
    active,
    count: rows.length,
    page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW) - 2),
    activate,
    open: () => rows[active] && onOpen(rows[active]),
    ...(props.onType && { type: props.onType }),
  });

  const onClick = (event: MouseEvent): void => {
    const clicked = event.target instanceof Element && event.target.closest('[data-index]');
    const row = clicked && rows[Number(clicked.getAttribute('data-index'))];
    // The second click of a double click is for what the first opened, which may be a list as well.
    if (row && event.detail < 2) onOpen(row);
  };

  const template = columns.map((column) => column.width).join(' ');
  return (
    <div
      ref={scroller}
      className={cx(styles.scroller, props.minWidth !== undefined && styles.wide)}
    >
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        className={styles.grid}
        style={
          {
            height: virtual.getTotalSize(),
            minWidth: props.minWidth,
            '--columns': template,
          } as CSSProperties
        }
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <GridHeader columns={columns} sort={sort} onSort={setSort} />
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index]!;
          return (
            <div
              key={key}
              role="row"
              data-index={index}
              aria-rowindex={index + 2}
              aria-selected={selectedKey === undefined ? undefined : rowKey(row) === selectedKey}
              tabIndex={index === active ? 0 : -1}
              className={styles.row}
              style={{ transform: `translateY(${start}px)` }}
              onFocus={() => setActiveKey(rowKey(row))}
            >
              {columns.map((column) => (
                <div
                  key={column.id}
                  role="gridcell"
                  className={cx(styles.cell, column.end && styles.end, column.dim && styles.dim)}
                >
                  {column.cell(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
