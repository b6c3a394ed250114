import { ChevronRight } from 'lucide-react';
import { memo, type ReactElement } from 'react';
import { shallow } from 'zustand/shallow';
import { cx } from '../lib/cx.ts';
import { formatCount } from '../lib/format.ts';
import type { Column, GridItem } from './grid-model.ts';
import styles from './data-grid.module.css';

interface CellsProps<T> {
  row: T;
  columns: readonly Column<T>[];
}

function Cells<T>({ row, columns }: CellsProps<T>): ReactElement {
  return (
    <>
      {columns.map((column, at) => (
        <div
          key={column.id}
          role="gridcell"
          aria-colindex={at + 1}
          className={cx(styles.cell, column.end && styles.end, column.dim && styles.dim)}
        >
          {column.cell(row)}
        </div>
      ))}
    </>
  );
}

/** Drawn again only when the row or the columns are others: not when the row moves or is selected. */
const RowCells: <T>(props: CellsProps<T>) => ReactElement = memo(Cells) as never;

/** What stands where a row is still being read. */
const WaitingCell = memo(() => (
  <div role="gridcell" aria-busy="true" aria-label="Reading" className={styles.cell}>
    <span className={styles.bar} />
  </div>
));

function GroupCell({ item }: { item: Extract<GridItem<never>, { kind: 'group' }> }) {
  return (
    <div role="gridcell" className={cx(styles.cell, styles.groupCell)}>
      <ChevronRight size={14} aria-hidden="true" className={cx(item.open && styles.turned)} />
      <span className="ellipsis">{item.title}</span>
      <span className="meta">{formatCount(item.count)}</span>
    </div>
  );
}

interface Props<T> {
  item: GridItem<T>;
  index: number;
  columns: readonly Column<T>[];
  /** Undefined where rows cannot be selected. */
  selected: boolean | undefined;
  active: boolean;
  /** Where it stands in the grid, in px; undefined for one that stays at its top. */
  top: number | undefined;
  onFocus: (index: number, key: string) => void;
}

function Row<T>({ item, index, columns, selected, active, top, onFocus }: Props<T>): ReactElement {
  const { kind, key } = item;
  return (
    <div
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={kind === 'group' ? undefined : selected}
      aria-expanded={kind === 'group' ? item.open : undefined}
      aria-label={kind === 'group' ? `${item.name}, ${formatCount(item.count)}` : undefined}
      tabIndex={active ? 0 : -1}
      className={cx(
        styles.row,
        kind === 'group' && styles.group,
        top === undefined && styles.stuck,
      )}
      style={{ top }}
      onFocus={() => onFocus(index, key)}
    >
      {kind === 'row' && <RowCells row={item.row} columns={columns} />}
      {kind === 'waiting' && <WaitingCell />}
      {kind === 'group' && <GroupCell item={item} />}
    </div>
  );
}

const isSame = <T,>(a: Props<T>, b: Props<T>): boolean =>
  shallow(a.item, b.item) && shallow({ ...a, item: null }, { ...b, item: null });

/** A row at its place in the list. */
export const GridRow: <T>(props: Props<T>) => ReactElement = memo(Row, isSame) as never;
