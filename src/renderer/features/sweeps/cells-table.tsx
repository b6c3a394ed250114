import { Star } from 'lucide-react';
import { useMemo } from 'react';
import { useNow } from '../../lib/clock.ts';
import { runDuration } from '../../stores/run-states.ts';
import { navigate } from '../../stores/ui.ts';
import { DataGrid } from '../../ui/data-grid.tsx';
import type { Column } from '../../ui/grid-model.ts';
import { RunDuration } from '../../ui/time.tsx';
import { compareValues } from '../runs/flat-values.ts';
import { RunStateCell } from '../runs/state-cell.tsx';
import { ValueCell } from '../runs/value-cell.tsx';
import type { Cell } from './cells.ts';
import styles from './sweep.module.css';

interface Props {
  cells: readonly Cell[];
  /** Names of the inputs that vary. */
  inputs: readonly string[];
  metrics: readonly string[];
  /** The metric whose best value is marked. */
  metric: string | null;
  best: number | null;
}

const valueColumn = (
  id: string,
  title: string,
  valueOf: (cell: Cell) => unknown,
): Column<Cell> => ({
  id,
  title,
  width: 'minmax(72px, 1fr)',
  cell: (cell) => <ValueCell value={valueOf(cell)} />,
  sort: (a, b) => compareValues(valueOf(a), valueOf(b)),
});

const cellColumn: Column<Cell> = {
  id: 'cell',
  title: 'Cell',
  width: '32px',
  dim: true,
  cell: ({ cell }) => <span className="mono">{cell + 1}</span>,
  sort: (a, b) => a.cell - b.cell,
};

const stateColumn: Column<Cell> = {
  id: 'state',
  title: 'State',
  width: 'minmax(96px, 1.2fr)',
  cell: ({ run }) => (run ? <RunStateCell run={run} /> : '–'),
  sort: (a, b) => compareValues(a.run?.state, b.run?.state),
};

const durationColumn = (now: number): Column<Cell> => ({
  id: 'duration',
  title: 'Duration',
  width: '88px',
  end: true,
  cell: ({ run }) => (run ? <RunDuration run={run} /> : '–'),
  sort: (a, b) =>
    compareValues(
      (a.run && runDuration(a.run, now)) ?? undefined,
      (b.run && runDuration(b.run, now)) ?? undefined,
    ),
});

/** A metric's values, the best of them marked by a star, a word and weight. */
const metricColumn = (name: string, best: number | null): Column<Cell> => ({
  ...valueColumn(`metric ${name}`, name, ({ results }) => results.get(name)),
  width: 'minmax(88px, 1fr)',
  end: true,
  cell: ({ results }) => {
    const value = results.get(name);
    if (best === null || value !== best) return <ValueCell value={value} />;
    return (
      <span className={styles.best}>
        <Star size={12} role="img" aria-label="Best" fill="currentColor" />
        <ValueCell value={value} />
      </span>
    );
  },
});

/** What the columns need at least, in px, with their gaps. */
const OWN_WIDTH = 272;
const INPUT_WIDTH = 88;
const METRIC_WIDTH = 104;

const keyOf = ({ cell }: Cell): string => String(cell);
const open = ({ run }: Cell): void => {
  if (run) navigate({ page: 'run', runId: run.id, tab: 'log' });
};

/** The cells of a sweep: what each was given, how it stands and what it came to. */
export function CellsTable({ cells, inputs, metrics, metric, best }: Props) {
  const now = useNow(30_000);
  const columns = useMemo(
    () => [
      cellColumn,
      ...inputs.map((name) => valueColumn(`input ${name}`, name, ({ values }) => values[name])),
      stateColumn,
      ...metrics.map((name) => metricColumn(name, name === metric ? best : null)),
      durationColumn(now),
    ],
    [inputs, metrics, metric, best, now],
  );
  return (
    <DataGrid
      label="Cells"
      rows={cells}
      rowKey={keyOf}
      columns={columns}
      minWidth={OWN_WIDTH + inputs.length * INPUT_WIDTH + metrics.length * METRIC_WIDTH}
      onOpen={open}
    />
  );
}
