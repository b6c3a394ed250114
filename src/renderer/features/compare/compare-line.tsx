import { Trophy } from 'lucide-react';
import { cx } from '../../lib/cx.ts';
import {
  bestOf,
  cellText,
  differsFromBase,
  type ComparedRow,
  type Line,
} from './comparison-model.ts';
import styles from './compare-table.module.css';

interface Props {
  line: Line;
  index: number;
  /** Where it is in the grid, in px. */
  start: number;
  /** The column of the cell that the Tab key goes to; null on all rows but one. */
  activeColumn: number | null;
}

interface CellProps {
  row: ComparedRow;
  at: number;
  isBest: boolean;
  tabIndex: number;
}

/** A value of one run; what is another than the first run's, and what is best, is marked by a sign. */
function Cell({ row, at, isBest, tabIndex }: CellProps) {
  const text = cellText(row.values[at] ?? null);
  const differs = differsFromBase(row, at);
  return (
    <div
      role="gridcell"
      aria-colindex={at + 2}
      data-column={at + 1}
      tabIndex={tabIndex}
      className={cx(styles.cell, differs && styles.differs)}
      title={text}
    >
      {differs && (
        <span className={styles.sign}>
          <span aria-hidden="true">≠</span>
          <span className="sr-only">differs: </span>
        </span>
      )}
      <span className={cx('ellipsis', text ? 'mono' : styles.nothing)}>{text || '–'}</span>
      {isBest && (
        <span className={styles.best} title="The best of these runs">
          <Trophy size={12} aria-hidden="true" />
          <span className="sr-only">best</span>
        </span>
      )}
    </div>
  );
}

/** A line of the grid. */
export function CompareLine({ line, index, start, activeColumn }: Props) {
  const place = {
    role: 'row',
    'aria-rowindex': index + 2,
    'data-row': index,
    style: { transform: `translateY(${start}px)` },
  } as const;
  if (line.kind === 'section') {
    return (
      <div {...place} className={cx(styles.row, styles.section)}>
        <div
          role="rowheader"
          data-column={0}
          tabIndex={activeColumn === null ? -1 : 0}
          className={styles.name}
        >
          {line.title} <span className="meta">{line.count}</span>
        </div>
      </div>
    );
  }
  const { row } = line;
  const best = bestOf(row);
  return (
    <div {...place} className={styles.row}>
      <div
        role="rowheader"
        data-column={0}
        tabIndex={activeColumn === 0 ? 0 : -1}
        className={cx('ellipsis', styles.name)}
        title={row.name}
      >
        {row.name}
      </div>
      {row.values.map((_, at) => (
        <Cell
          key={at}
          row={row}
          at={at}
          isBest={best.includes(at)}
          tabIndex={activeColumn === at + 1 ? 0 : -1}
        />
      ))}
    </div>
  );
}
