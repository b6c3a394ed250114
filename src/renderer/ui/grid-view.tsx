import { useEffect, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { cx } from '../lib/cx.ts';
import { HEADER, useActiveRow } from './grid-active.ts';
import { GridHeader, type ColumnActions } from './grid-header.tsx';
import { gridKeys, heldIn, withKept, type Held } from './grid-keys.ts';
import type { Column, GridItem, GridSource, SortBy } from './grid-model.ts';
import { GridRow } from './grid-row.tsx';
import { useRowsInSight } from './grid-rows.ts';
import styles from './data-grid.module.css';

export interface GridViewProps<T> {
  label: string;
  source: GridSource<T>;
  columns: readonly Column<T>[];
  sort: readonly SortBy[];
  /** Sorts by a column; `add`: beside those it is sorted by already. */
  onSort: (id: string, add: boolean) => void;
  /** What can be done with columns beside sorting by them. */
  columnActions?: ColumnActions;
  /** The least width of all columns, in px: in a narrower place the grid scrolls sideways. */
  minWidth?: number | undefined;
  dense?: boolean;
  /** Room under the last row for what stands over the list there, in px. */
  roomBelow?: number;
  /** Whether a row is selected; without it rows cannot be. */
  isSelected?: ((key: string) => boolean) | undefined;
  multiselectable?: boolean;
  /** A click on a row, or the keyboard came to it. */
  onPress: (index: number, held: Held, by: 'mouse' | 'keys') => void;
  onOpen: (index: number, by: 'mouse' | 'keys') => void;
  /** Right click, or the menu key. */
  onMenu?: (index: number, at: { x: number; y: number }) => void;
  /** Keys of the list itself; true when it took one, or the row that the focus goes to. */
  onKey?: (event: KeyboardEvent, active: number) => boolean | number;
  onType?: ((text: string) => void) | undefined;
  /** The rows in sight, after each change. */
  onRange?: (first: number, last: number) => void;
  /** Where the list stands, for coming back to it, and where it stood. */
  onScroll?: (top: number) => void;
  initialTop?: number;
}

/** Rows that are drawn beyond those in sight, so that there are some when it is scrolled. */
const BEYOND = 4;

const indexOf = (event: MouseEvent): number => {
  const row = event.target instanceof Element && event.target.closest('[data-index]');
  return row ? Number(row.getAttribute('data-index')) : -1;
};

/**
 * A virtual table with the keyboard of a grid: arrows, Home, End, page keys, Enter opens. One row and
 * one title are in the tab order; that row stays in the document while it is out of sight, to keep focus.
 */
export function GridView<T>(props: GridViewProps<T>) {
  const { source, columns, onRange, initialTop = 0 } = props;
  const size = props.dense ? 28 : 32;
  const scroller = useRef<HTMLDivElement>(null);
  const row = useActiveRow(source, scroller);
  const roomBelow = props.roomBelow ?? 0;
  const sight = useRowsInSight(scroller, { count: source.count, size, initialTop, roomBelow });
  const { from, to } = sight;
  const stuck = source.groupOf?.(from) ?? -1;
  useEffect(() => {
    if (to >= from) onRange?.(from, to);
  }, [onRange, from, to, source]);

  const activate = (index: number, held: Held): void => {
    sight.bringIn(index, stuck < 0 ? HEADER : HEADER + size);
    row.goTo(index);
    props.onPress(index, held, 'keys');
  };
  const menuKey = (event: KeyboardEvent, active: number): boolean => {
    if (!props.onMenu || !(event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)))
      return false;
    const { left, bottom } = (event.target as HTMLElement).getBoundingClientRect();
    props.onMenu(active, { x: left + 24, y: bottom });
    return true;
  };
  const ownKey = (event: KeyboardEvent, active: number): boolean => {
    const taken = props.onKey?.(event, active) ?? false;
    if (typeof taken === 'number') row.goTo(taken);
    return taken !== false;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const take = gridKeys({
      active: row.active,
      count: source.count,
      page: sight.fitting,
      activate,
      open: () => props.onOpen(row.active, 'keys'),
      toHeader: () =>
        scroller.current
          ?.querySelector<HTMLElement>('[role="columnheader"] [tabindex="0"]')
          ?.focus(),
      type: props.onType,
      own: (each, active) => menuKey(each, active) || ownKey(each, active),
    });
    take(event);
  };
  const onClick = (event: MouseEvent): void => {
    const index = indexOf(event);
    if (index >= 0 && !event.defaultPrevented && event.detail < 2) {
      props.onPress(index, heldIn(event), 'mouse');
    }
  };

  const rowAt = (index: number) => {
    const item: GridItem<T> = source.itemAt(index);
    return (
      <GridRow
        // By its place: another order changes what rows say, and not which elements there are.
        key={index}
        item={item}
        index={index}
        columns={columns}
        selected={props.isSelected?.(item.key)}
        active={index === row.active}
        top={index === stuck ? undefined : HEADER + index * size}
        onFocus={row.onFocus}
      />
    );
  };
  const drawn = { startIndex: from, endIndex: to, overscan: BEYOND, count: source.count };
  const aria = {
    ...(source.groupOf && { role: 'treegrid' }),
    'aria-label': props.label,
    'aria-rowcount': source.count + 1,
    'aria-colcount': columns.length,
    'aria-multiselectable': props.multiselectable,
  };
  const vars = {
    height: HEADER + source.count * size + roomBelow,
    minWidth: props.minWidth,
    '--columns': columns.map(({ width }) => width).join(' '),
    '--row': `${size}px`,
  };
  return (
    <div
      ref={scroller}
      className={cx(styles.scroller, props.minWidth !== undefined && styles.wide)}
      onScroll={({ currentTarget }) => {
        currentTarget.toggleAttribute('data-aside', currentTarget.scrollLeft > 0);
        sight.onScroll(currentTarget.scrollTop);
        props.onScroll?.(currentTarget.scrollTop);
      }}
    >
      <div
        role="grid"
        {...aria}
        className={styles.grid}
        style={vars}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onDoubleClick={(event) => indexOf(event) >= 0 && props.onOpen(indexOf(event), 'mouse')}
        onContextMenu={(event) => {
          if (indexOf(event) < 0 || !props.onMenu) return;
          event.preventDefault();
          props.onMenu(indexOf(event), { x: event.clientX, y: event.clientY });
        }}
      >
        <GridHeader
          columns={columns}
          sort={props.sort}
          onSort={props.onSort}
          {...(props.columnActions && { actions: props.columnActions })}
          onLeave={() => row.goTo(row.active)}
        />
        {withKept(drawn, [row.active, stuck]).map(rowAt)}
      </div>
    </div>
  );
}
