import { Check } from 'lucide-react';
import type { Project } from '../../../shared/domain/project.ts';
import { formatCount, plural } from '../../lib/format.ts';
import type { Column } from '../../ui/grid-model.ts';
import { Mark, RunMark } from '../../ui/state-mark.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import type { ProjectRuns } from './use-project-runs.ts';
import styles from './projects.module.css';

function Running({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className={styles.state} title={`${plural(count, 'run')} under way`}>
      <Mark shape="ring" tone="blue" />
      <span className="mono">{formatCount(count)}</span>
      <span className="sr-only">running</span>
    </span>
  );
}

function LastRun({ project, runs }: { project: Project; runs: ProjectRuns | undefined }) {
  const run = runs?.last;
  if (!run) return <span className={styles.none}>{project.runCount === 0 ? 'Never run' : ''}</span>;
  return (
    <span className={styles.state}>
      <RunMark run={run} />
      <span className="meta ellipsis">
        <RelativeTime at={run.endedAt ?? run.createdAt} />
      </span>
    </span>
  );
}

const count = (value: number) => <span className="mono">{formatCount(value)}</span>;

const nameColumn = (current: string | undefined): Column<Project> => ({
  id: 'name',
  title: 'Name',
  width: 'minmax(128px, 1fr)',
  cell: ({ id, name }) => (
    <span title={name} className={styles.title}>
      {name}
      {id === current && (
        <span className={styles.current}>
          <Check size={14} aria-hidden="true" /> on the screen
        </span>
      )}
    </span>
  ),
  sort: (a, b) => a.name.localeCompare(b.name),
});

/** What is known of their runs. */
function runColumns(runs: ReadonlyMap<string, ProjectRuns>): Column<Project>[] {
  const lastAt = ({ id }: Project): number => runs.get(id)?.last?.createdAt ?? 0;
  const running = ({ id }: Project): number => runs.get(id)?.running ?? 0;
  return [
    {
      id: 'running',
      title: 'Running',
      width: '72px',
      cell: (project) => <Running count={running(project)} />,
      sort: (a, b) => running(a) - running(b),
    },
    {
      id: 'last',
      title: 'Last run',
      width: '176px',
      cell: (project) => <LastRun project={project} runs={runs.get(project.id)} />,
      sort: (a, b) => lastAt(a) - lastAt(b),
    },
  ];
}

/** What the projects say of themselves. */
const OWN: readonly Column<Project>[] = [
  {
    id: 'jobs',
    title: 'Jobs',
    width: '56px',
    end: true,
    cell: ({ jobCount }) => count(jobCount),
    sort: (a, b) => a.jobCount - b.jobCount,
  },
  {
    id: 'runs',
    title: 'Runs',
    width: '64px',
    end: true,
    cell: ({ runCount }) => count(runCount),
    sort: (a, b) => a.runCount - b.runCount,
  },
  {
    id: 'created',
    title: 'Created',
    width: '88px',
    dim: true,
    from: 720,
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    sort: (a, b) => a.createdAt - b.createdAt,
  },
];

/** The columns of the list of projects, on what is known of their runs. */
export const projectColumns = (
  runs: ReadonlyMap<string, ProjectRuns>,
  current: string | undefined,
): Column<Project>[] => [nameColumn(current), ...runColumns(runs), ...OWN];
