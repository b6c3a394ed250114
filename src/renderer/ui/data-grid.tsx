import { useMemo, useRef, useState } from 'react';
import { listSource, nextSort, sortRows, useGridWidth } from './grid-model.ts';
import type { Column, SortBy } from './grid-model.ts';
import { GridView } from './grid-view.tsx';
import styles from './data-grid.module.css';

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

/** A table of rows that are all in memory, sorted here. A click opens. */
export function DataGrid<T>(props: Props<T>) {
  const { rows, rowKey, onOpen, selectedKey } = props;
  const frame = useRef<HTMLDivElement>(null);
  const width = useGridWidth(frame);
  const [sort, setSort] = useState<readonly SortBy[]>(props.initialSort ? [props.initialSort] : []);
  const columns = useMemo(
    () => props.columns.filter((column) => !column.from || width === 0 || width >= column.from),
    [props.columns, width],
  );
  const source = useMemo(
    () => listSource(sortRows(rows, props.columns, sort), rowKey),
    [rows, props.columns, sort, rowKey],
  );
  const open = (index: number): void => {
    const item = source.itemAt(index);
    if (item.kind === 'row') onOpen(item.row);
  };
  return (
    <div ref={frame} className={styles.frame}>
      <GridView
        label={props.label}
        source={source}
        columns={columns}
        sort={sort}
        onSort={(id, add) => setSort((have) => nextSort(have, id, add))}
        minWidth={props.minWidth}
        {...(selectedKey !== undefined && { isSelected: (key: string) => key === selectedKey })}
        // The second click of a double click is for what the first opened, which may be a list as well.
        onPress={(index, _held, by) => by === 'mouse' && open(index)}
        onOpen={(index, by) => by === 'keys' && open(index)}
        onType={props.onType}
      />
    </div>
  );
}
