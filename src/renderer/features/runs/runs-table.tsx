import { useMemo } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import { useNow } from '../../lib/clock.ts';
import { engineName } from '../../stores/engines.ts';
import { runDuration } from '../../stores/run-states.ts';
import { navigate } from '../../stores/ui.ts';
import { DataGrid } from '../../ui/data-grid.tsx';
import type { Column } from '../../ui/grid-model.ts';
import { RelativeTime, RunDuration } from '../../ui/time.tsx';
import { compareValues, flatValues } from './flat-values.ts';
import { RunName } from './run-name.tsx';
import { RunStateCell } from './state-cell.tsx';
import type { ValueColumn } from './use-run-columns.ts';
import { ValueCell } from './value-cell.tsx';

const columnsAt = (now: number): Record<string, Column<Run>> => ({
  name: {
    id: 'name',
    title: 'Run',
    width: 'minmax(128px, 1.2fr)',
    cell: (run) => <RunName run={run} />,
    sort: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
  },
  state: {
    id: 'state',
    title: 'State',
    width: 'minmax(104px, 1fr)',
    cell: (run) => <RunStateCell run={run} />,
    sort: (a, b) => a.state.localeCompare(b.state),
  },
  job: {
    id: 'job',
    title: 'Job',
    width: 'minmax(88px, 0.8fr)',
    cell: (run) => <span title={run.jobName}>{run.jobName}</span>,
    sort: (a, b) => a.jobName.localeCompare(b.jobName),
  },
  version: {
    id: 'version',
    title: 'Version',
    width: '56px',
    cell: (run) => <span className="mono">v{run.versionNumber}</span>,
    sort: (a, b) => a.versionNumber - b.versionNumber,
  },
  engine: {
    id: 'engine',
    title: 'Engine',
    width: '64px',
    dim: true,
    from: 720,
    cell: (run) => engineName(run.engine),
    sort: (a, b) => engineName(a.engine).localeCompare(engineName(b.engine)),
  },
  duration: {
    id: 'duration',
    title: 'Duration',
    width: '88px',
    end: true,
    cell: (run) => <RunDuration run={run} />,
    sort: (a, b) => (runDuration(a, now) ?? -1) - (runDuration(b, now) ?? -1),
  },
  created: {
    id: 'created',
    title: 'Created',
    width: '88px',
    dim: true,
    cell: (run) => <RelativeTime at={run.createdAt} />,
    sort: (a, b) => a.createdAt - b.createdAt,
  },
});

/** What the columns need at least, in px: those that are always there, and one of values. */
const OWN_WIDTH = 640;
const VALUE_WIDTH = 88;
const NONE: readonly ValueColumn[] = [];

const keyOf = (run: Run): string => run.id;
const open = (run: Run): void => navigate({ page: 'run', runId: run.id, tab: 'log' });

const valueColumn = ({ id, name, of }: ValueColumn): Column<Run> => {
  const valueOf = (run: Run): unknown => flatValues(run[of]).get(name);
  return {
    id,
    title: name,
    width: 'minmax(72px, 0.8fr)',
    cell: (run) => <ValueCell value={valueOf(run)} />,
    sort: (a, b) => compareValues(valueOf(a), valueOf(b)),
  };
};

interface Props {
  label: string;
  runs: readonly Run[];
  /** Runs of one job do not name it. */
  withJob: boolean;
  /** More columns: values of the runs. */
  values?: readonly ValueColumn[];
  onType?: (text: string) => void;
}

/** Runs as a table, newest first until sorted otherwise. */
export function RunsTable({ label, runs, withJob, values = NONE, onType }: Props) {
  const now = useNow(30_000);
  const columns = useMemo(() => {
    const { job, ...rest } = columnsAt(now);
    const { name, state, ...more } = rest;
    const start = [name, state, ...(withJob ? [job] : []), ...values.map(valueColumn)];
    return [...start, ...Object.values(more)].filter((column) => column !== undefined);
  }, [now, withJob, values]);
  return (
    <DataGrid
      label={label}
      rows={runs}
      rowKey={keyOf}
      columns={columns}
      {...(values.length > 0 && { minWidth: OWN_WIDTH + values.length * VALUE_WIDTH })}
      onOpen={open}
      {...(onType && { onType })}
    />
  );
}
