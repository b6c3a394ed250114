import { useMemo } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import { useNow } from '../../lib/clock.ts';
import { engineName } from '../../stores/engines.ts';
import { runDuration } from '../../stores/run-states.ts';
import { navigate } from '../../stores/ui.ts';
import { DataGrid } from '../../ui/data-grid.tsx';
import type { Column } from '../../ui/grid-model.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { RelativeTime, RunDuration } from '../../ui/time.tsx';
import styles from './runs.module.css';

const columnsAt = (now: number): Record<string, Column<Run>> => ({
  name: {
    id: 'name',
    title: 'Run',
    width: 'minmax(112px, 1.2fr)',
    cell: (run) => <span title={run.name}>{run.name}</span>,
    sort: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
  },
  state: {
    id: 'state',
    title: 'State',
    width: 'minmax(104px, 1fr)',
    cell: (run) => (
      <span className={styles.state}>
        <StateMark state={run.state} />
        {run.reason && run.state !== 'finished' && (
          <span className={`ellipsis ${styles.reason}`} title={run.reason.text}>
            {run.reason.text}
          </span>
        )}
      </span>
    ),
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

const keyOf = (run: Run): string => run.id;
const open = (run: Run): void => navigate({ page: 'run', runId: run.id, tab: 'log' });

interface Props {
  label: string;
  runs: readonly Run[];
  /** Runs of one job do not name it. */
  withJob: boolean;
  onType?: (text: string) => void;
}

/** Runs as a table, newest first until sorted otherwise. */
export function RunsTable({ label, runs, withJob, onType }: Props) {
  const now = useNow(30_000);
  const columns = useMemo(() => {
    const { job, ...rest } = columnsAt(now);
    const { name, state, ...more } = rest;
    return [name, state, ...(withJob ? [job] : []), ...Object.values(more)].filter(
      (column) => column !== undefined,
    );
  }, [now, withJob]);
  return (
    <DataGrid
      label={label}
      rows={runs}
      rowKey={keyOf}
      columns={columns}
      onOpen={open}
      {...(onType && { onType })}
    />
  );
}
