import { useMemo } from 'react';
import { loadJob } from '../../bridge/sync.ts';
import { useRead } from '../../bridge/use-read.ts';
import { useEntities } from '../../stores/entities.ts';
import { versionsOf } from '../../stores/selectors.ts';
import { replaceRoute } from '../../stores/ui.ts';
import type { Route } from '../../stores/route.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Tabs, type TabSpec } from '../../ui/tabs.tsx';
import { Toolbar } from '../frame/toolbar.tsx';
import page from '../frame/page.module.css';
import { SweepsTab } from '../sweeps/sweeps-tab.tsx';
import { JobDetails } from './job-details.tsx';
import { JOBS, JobToolbar } from './job-toolbar.tsx';
import { RunsTab } from './runs-tab.tsx';
import { VersionsTab } from './versions-tab.tsx';

type JobRoute = Extract<Route, { page: 'job' }>;

/** One job: its runs, what it is, and its versions. */
export default function JobPage({ route }: { route: JobRoute }) {
  const { jobId, tab } = route;
  const job = useEntities((all) => all.jobs[jobId]);
  const all = useEntities((entities) => entities.versions);
  const versions = useMemo(() => versionsOf(all, jobId), [all, jobId]);
  const { error, again } = useRead(loadJob, jobId, job !== undefined);

  const note = error && (
    <div className={page.note}>
      <ErrorNote error={error} action={<Button onClick={again}>Try again</Button>} />
    </div>
  );
  if (!job) {
    return (
      <>
        <Toolbar title="Job" parent={JOBS} />
        {note || <SkeletonRows label="Reading the job" />}
      </>
    );
  }
  const tabs: TabSpec<JobRoute['tab']>[] = [
    {
      id: 'runs',
      title: 'Runs',
      meta: job.runCount,
      panel: () => <RunsTab jobId={jobId} />,
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
      <JobToolbar job={job} />
      {note}
      <Tabs
        label="Job"
        selected={tab}
        tabs={tabs}
        onSelect={(next) => replaceRoute({ ...route, tab: next })}
      />
    </>
  );
}
