import { Play } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { ErrorData } from '../../../shared/errors.ts';
import { loadJob, loadRuns } from '../../bridge/sync.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { useEntities } from '../../stores/entities.ts';
import { runsOfJob, versionsOf } from '../../stores/selectors.ts';
import { replaceRoute } from '../../stores/ui.ts';
import type { Route } from '../../stores/route.ts';
import { Button, CommandButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Tabs, type TabSpec } from '../../ui/tabs.tsx';
import { Toolbar } from '../frame/toolbar.tsx';
import page from '../frame/page.module.css';
import { ColumnMenu } from '../runs/column-menu.tsx';
import { useRunColumns } from '../runs/use-run-columns.ts';
import { SweepsTab } from '../sweeps/sweeps-tab.tsx';
import { JobDetails } from './job-details.tsx';
import { RunsTab } from './runs-tab.tsx';
import { VersionsTab } from './versions-tab.tsx';

type JobRoute = Extract<Route, { page: 'job' }>;

const PARENT = { title: 'Jobs', route: { page: 'jobs' } as const };

/** One job: its runs, what it is, and its versions. */
export default function JobPage({ route }: { route: JobRoute }) {
  const { jobId, tab } = route;
  const job = useEntities((all) => all.jobs[jobId]);
  const all = useEntities((entities) => entities.versions);
  const versions = useMemo(() => versionsOf(all, jobId), [all, jobId]);
  const allRuns = useEntities((entities) => entities.runs);
  const runs = useMemo(() => runsOfJob(allRuns, jobId), [allRuns, jobId]);
  const columns = useRunColumns(jobId, runs);
  const [error, setError] = useState<ErrorData | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    void Promise.all([loadJob(jobId), loadRuns({ jobId }, leaving.signal)]).then((errors) =>
      setError(errors.find((found) => found !== null) ?? null),
    );
    return () => leaving.abort();
  }, [jobId]);

  const note = error && (
    <div className={page.note}>
      <ErrorNote
        error={error}
        action={<Button onClick={() => void loadJob(jobId).then(setError)}>Try again</Button>}
      />
    </div>
  );
  if (!job) {
    return (
      <>
        <Toolbar title="Job" parent={PARENT} />
        {note || <SkeletonRows label="Reading the job" />}
      </>
    );
  }
  const tabs: TabSpec<JobRoute['tab']>[] = [
    {
      id: 'runs',
      title: 'Runs',
      meta: job.runCount,
      panel: () => <RunsTab runs={runs} columns={columns} />,
    },
    { id: 'sweeps', title: 'Sweeps', panel: () => <SweepsTab jobId={jobId} /> },
    { id: 'details', title: 'Job details', panel: () => <JobDetails job={job} /> },
    {
      id: 'versions',
      title: 'Version details',
      meta: job.latestVersion + 1,
      panel: () => (
        <VersionsTab
          versions={versions}
          chosen={route.versionId}
          onChoose={(versionId) => replaceRoute({ ...route, versionId })}
        />
      ),
    },
  ];
  return (
    <>
      <Toolbar
        title={job.name}
        parent={PARENT}
        meta={`v${job.latestVersion}`}
        actions={
          <CommandButton command={COMMANDS.launch} look="primary" icon={<Play />}>
            Launch…
          </CommandButton>
        }
      />
      {note}
      <Tabs
        label="Job"
        selected={tab}
        tabs={tabs}
        onSelect={(next) => replaceRoute({ ...route, tab: next })}
        controls={
          tab === 'runs' && (
            <ColumnMenu
              groups={columns.groups}
              shown={columns.shown.map(({ id }) => id)}
              onChange={columns.choose}
            />
          )
        }
      />
    </>
  );
}
