import { useMemo } from 'react';
import type { Job } from '../../../shared/domain/job.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { formatCount } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { lastRuns } from '../../stores/selectors.ts';
import { navigate } from '../../stores/ui.ts';
import { DataGrid } from '../../ui/data-grid.tsx';
import type { Column } from '../../ui/grid-model.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import styles from './jobs.module.css';

export const SOURCE_WORDS: Readonly<Record<Job['sourceKind'], string>> = {
  code: 'Folder',
  git: 'Git',
  image: 'Image',
};

function LastRun({ job, run }: { job: Job; run: Run | undefined }) {
  if (!run) return <span className={styles.none}>{job.runCount === 0 ? 'Never run' : ''}</span>;
  return (
    <span className={styles.lastRun}>
      <StateMark state={run.state} />
      <span className="meta ellipsis">
        <RelativeTime at={run.endedAt ?? run.createdAt} />
      </span>
    </span>
  );
}

const columnsWith = (last: Map<string, Run>): Column<Job>[] => [
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(128px, 1fr)',
    cell: (job) => (
      <span title={job.name} className={styles.name}>
        {job.name}
        {job.description && <span className={styles.description}>{job.description}</span>}
      </span>
    ),
    sort: (a, b) => a.name.localeCompare(b.name),
  },
  {
    id: 'last',
    title: 'Last run',
    width: '176px',
    cell: (job) => <LastRun job={job} run={last.get(job.id)} />,
    sort: (a, b) => (last.get(a.id)?.createdAt ?? 0) - (last.get(b.id)?.createdAt ?? 0),
  },
  {
    id: 'version',
    title: 'Version',
    width: '56px',
    cell: (job) => <span className="mono">v{job.latestVersion}</span>,
    sort: (a, b) => a.latestVersion - b.latestVersion,
  },
  {
    id: 'runs',
    title: 'Runs',
    width: '48px',
    end: true,
    cell: (job) => <span className="mono">{formatCount(job.runCount)}</span>,
    sort: (a, b) => a.runCount - b.runCount,
  },
  {
    id: 'source',
    title: 'Source',
    width: '56px',
    dim: true,
    from: 720,
    cell: (job) => <span title={job.folder ?? undefined}>{SOURCE_WORDS[job.sourceKind]}</span>,
    sort: (a, b) => a.sourceKind.localeCompare(b.sourceKind),
  },
  {
    id: 'created',
    title: 'Created',
    width: '88px',
    dim: true,
    cell: (job) => <RelativeTime at={job.createdAt} />,
    sort: (a, b) => a.createdAt - b.createdAt,
  },
];

const keyOf = (job: Job): string => job.id;
const open = (job: Job): void => navigate({ page: 'job', jobId: job.id, tab: 'runs' });

interface Props {
  jobs: readonly Job[];
  onType: (text: string) => void;
}

export function JobsTable({ jobs, onType }: Props) {
  const runs = useEntities((all) => all.runs);
  const columns = useMemo(() => columnsWith(lastRuns(runs)), [runs]);
  return (
    <DataGrid
      label="Jobs"
      rows={jobs}
      rowKey={keyOf}
      columns={columns}
      onOpen={open}
      onType={onType}
    />
  );
}
