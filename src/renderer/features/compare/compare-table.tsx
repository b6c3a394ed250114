import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState, type CSSProperties } from 'react';
import type { RunComparison } from '../../../shared/domain/run-comparison.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { withKept } from '../../ui/grid-keys.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { Switch } from '../../ui/switch.tsx';
import { CompareHead } from './compare-head.tsx';
import { CompareLine } from './compare-line.tsx';
import { cellText, linesOf, tableText, type Line } from './comparison-model.ts';
import { useCellKeys } from './use-cell-keys.ts';
import styles from './compare-table.module.css';

const ROW = 32;
const HEAD = 56;

const keyOf = (line: Line): string =>
  line.kind === 'section' ? line.section : `${line.row.section} ${line.row.name}`;

interface GridProps {
  comparison: RunComparison;
  lines: readonly Line[];
}

/** A virtual grid of cells: arrows go from cell to cell, and what a cell holds stands below in full. */
function Grid({ comparison: { runs }, lines }: GridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
    paddingStart: HEAD,
    scrollPaddingStart: HEAD,
    rangeExtractor: (range) => withKept(range, [cell.row]),
  });
  const { cell, onKeyDown, onFocus } = useCellKeys({
    rows: lines.length,
    columns: runs.length + 1,
    page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW) - 3),
    scroller,
    scrollTo: (row) => virtual.scrollToIndex(row),
  });
  return (
    <>
      <div ref={scroller} className={styles.scroller}>
        <div
          role="grid"
          aria-label="Runs side by side"
          aria-rowcount={lines.length + 1}
          aria-colcount={runs.length + 1}
          className={styles.grid}
          style={{ height: virtual.getTotalSize(), '--runs': runs.length } as CSSProperties}
          onKeyDown={onKeyDown}
          onFocus={onFocus}
        >
          <CompareHead runs={runs} />
          {virtual.getVirtualItems().map(({ index, start }) => (
            <CompareLine
              key={keyOf(lines[index]!)}
              line={lines[index]!}
              index={index}
              start={start}
              activeColumn={index === cell.row ? cell.column : null}
            />
          ))}
        </div>
      </div>
      <CellInFull line={lines[cell.row]} column={cell.column} runs={runs} />
    </>
  );
}

interface FullProps {
  line: Line | undefined;
  column: number;
  runs: RunComparison['runs'];
}

/** The value of the cell that has the focus, where it is too long for its column. */
function CellInFull({ line, column, runs }: FullProps) {
  if (line?.kind !== 'row') return <p className={styles.full} />;
  const { name, values } = line.row;
  const run = column > 0 ? runs[column - 1] : undefined;
  const text = run ? cellText(values[column - 1] ?? null) : name;
  return (
    <div className={styles.full}>
      <span className={styles.fullName}>{run ? `${name} of ${run.name}` : 'Name'}</span>
      <span className="mono selectable ellipsis">{text || 'not there'}</span>
      {text && <CopyButton text={text} label="Copy value" />}
    </div>
  );
}

function NoLines({ onlyDifferent, filter }: { onlyDifferent: boolean; filter: string }) {
  if (filter) return <Empty title="Nothing found">No value has that in its name.</Empty>;
  return onlyDifferent ? (
    <Empty title="No difference">
      These runs are the same in everything that Slipway knows of. Turn the switch off to see it
      all.
    </Empty>
  ) : (
    <Empty title="Nothing is known">These runs tell nothing that could be compared.</Empty>
  );
}

/** Everything known of the runs, a column each; only what is different, unless all is asked for. */
export function CompareTable({ comparison }: { comparison: RunComparison }) {
  const [onlyDifferent, setOnlyDifferent] = useState(true);
  const [filter, setFilter] = useState('');
  const { rows, runs } = comparison;
  const lines = useMemo(
    () => linesOf(rows, { onlyDifferent, filter }),
    [rows, onlyDifferent, filter],
  );
  return (
    <>
      <div className={styles.bar}>
        <SearchField label="Filter values" value={filter} onChange={setFilter} />
        <Switch on={onlyDifferent} onChange={setOnlyDifferent}>
          Only differences
        </Switch>
        <span className={styles.barEnd}>
          <CopyButton
            text={tableText(
              runs.map(({ name }) => name),
              lines,
            )}
            label="Copy as table"
            words="Copy as table"
          />
        </span>
      </div>
      <Grid comparison={comparison} lines={lines} />
      {lines.length === 0 && <NoLines onlyDifferent={onlyDifferent} filter={filter.trim()} />}
    </>
  );
}
