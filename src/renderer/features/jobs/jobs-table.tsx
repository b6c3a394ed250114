import { useMemo, useRef, useState } from 'react';
import type { Job } from '../../../shared/domain/job.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { isEnabled, type Command } from '../../commands/command.ts';
import { shortcutText } from '../../commands/keys.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { formatCount } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { lastRuns } from '../../stores/selectors.ts';
import { navigate, sortJobs, useUi } from '../../stores/ui.ts';
import { ActionMenu } from '../../ui/action-menu.tsx';
import { listSource, nextSort, sortRows, useGridWidth } from '../../ui/grid-model.ts';
import type { Column } from '../../ui/grid-model.ts';
import { GridView } from '../../ui/grid-view.tsx';
import { RunMark } from '../../ui/state-mark.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { useChoosing } from './use-choosing.ts';
import { useLastRuns } from './use-last-runs.ts';
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
      <RunMark run={run} />
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
      <span title={job.name} data-job-id={job.id} className={styles.name}>
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

const MENU = [
  [COMMANDS.openJob, COMMANDS.launch, COMMANDS.newVersion],
  [COMMANDS.binChosenJobs],
] as const;

const toAction = ({ title, shortcut, run }: Command) => ({
  title,
  meta: shortcut && shortcutText(shortcut),
  run,
});

interface Props {
  jobs: readonly Job[];
  onType: (text: string) => void;
}

/** The jobs as a table: a click opens one, keys and held keys choose. */
export function JobsTable({ jobs, onType }: Props) {
  const runs = useEntities((all) => all.runs);
  const last = useMemo(() => lastRuns(runs), [runs]);
  useLastRuns(jobs, last);
  const columns = useMemo(() => columnsWith(last), [last]);
  const frame = useRef<HTMLDivElement>(null);
  const width = useGridWidth(frame);
  const shown = useMemo(
    () => columns.filter(({ from }) => !from || width === 0 || width >= from),
    [columns, width],
  );
  const sort = useUi((ui) => ui.jobSort);
  const rows = useMemo(() => sortRows(jobs, columns, sort), [jobs, columns, sort]);
  const source = useMemo(() => listSource(rows, keyOf), [rows]);
  const choosing = useChoosing(rows);
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);
  return (
    <div ref={frame} className={styles.frame}>
      <GridView
        label="Jobs"
        source={source}
        columns={shown}
        sort={sort}
        onSort={(id, add) => sortJobs(nextSort(sort, id, add))}
        multiselectable
        isSelected={choosing.isChosen}
        onPress={(index, held, by) => {
          if (by === 'mouse' && !held.mod && !held.shift) open(rows[index]!);
          else choosing.press(index, held);
        }}
        onOpen={(index, by) => by === 'keys' && open(rows[index]!)}
        onKey={choosing.key}
        onMenu={(index, at) => {
          choosing.forMenu(index);
          setMenu(at);
        }}
        onType={onType}
      />
      {menu && (
        <ActionMenu
          label="Job"
          at={menu}
          groups={MENU.map((group) => group.filter(isEnabled).map(toAction))}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  );
}
