import { lazy, Suspense, useEffect } from 'react';
import { assertNever } from '../shared/result.ts';
import { useShell } from './commands/use-shell.ts';
import { useShortcuts } from './commands/shortcuts.ts';
import { DropOverlay } from './features/drop/drop-overlay.tsx';
import { EngineBanner } from './features/frame/engine-banner.tsx';
import { ErrorBoundary } from './features/frame/error-boundary.tsx';
import { MachineBanner } from './features/frame/machine-banner.tsx';
import { Notices } from './features/frame/notices.tsx';
import { Sidebar } from './features/frame/sidebar.tsx';
import { JobsPage } from './features/jobs/jobs-page.tsx';
import { useEntities } from './stores/entities.ts';
import { useQueueSelection } from './stores/queue-selection.ts';
import type { NewJobRoute, Route } from './stores/route.ts';
import { useUi } from './stores/ui.ts';
import styles from './app.module.css';

// The first screen is in the first bundle; everything else comes when it is needed.
const NewJobPage = lazy(() => import('./features/new-job/new-job-page.tsx'));
const JobPage = lazy(() => import('./features/job/job-page.tsx'));
const RunsPage = lazy(() => import('./features/runs/runs-page.tsx'));
const RunPage = lazy(() => import('./features/run/run-page.tsx'));
const SweepPage = lazy(() => import('./features/sweeps/sweep-page.tsx'));
const ComparePage = lazy(() => import('./features/compare/compare-page.tsx'));
const QueuesPage = lazy(() => import('./features/queues/queues-page.tsx'));
const QueuePage = lazy(() => import('./features/queues/queue-page.tsx'));
const QueueDialogs = lazy(() => import('./features/queues/queue-dialogs.tsx'));
const RoomPage = lazy(() => import('./features/room/room-page.tsx'));
const ProjectsPage = lazy(() => import('./features/projects/projects-page.tsx'));
const BinPage = lazy(() => import('./features/bin/bin-page.tsx'));
const StartPage = lazy(() => import('./features/start/start-page.tsx'));
const EnginePage = lazy(() => import('./features/engine/engine-page.tsx'));
const SettingsPage = lazy(() => import('./features/settings/settings-page.tsx'));
const LaunchDialog = lazy(() => import('./features/launch/launch-dialog.tsx'));
const Palette = lazy(() => import('./commands/palette.tsx'));
const ShortcutsSheet = lazy(() => import('./commands/shortcuts-sheet.tsx'));

/** What a job is made from or for: another of it is another form. */
const newJobKey = ({ folder, address, jobId }: NewJobRoute): string =>
  JSON.stringify([folder, address, jobId]);

function Page({ route }: { route: Route }) {
  switch (route.page) {
    case 'jobs':
      return <JobsPage />;
    case 'new-job':
      return <NewJobPage key={newJobKey(route)} route={route} />;
    case 'job':
      return <JobPage key={route.jobId} route={route} />;
    case 'runs':
      return <RunsPage />;
    case 'run':
      return <RunPage key={route.runId} route={route} />;
    case 'sweep':
      return <SweepPage key={route.sweepId} route={route} />;
    case 'compare':
      return <ComparePage route={route} />;
    case 'queues':
      return <QueuesPage />;
    case 'queue':
      return <QueuePage key={route.queueId} route={route} />;
    case 'room':
      return <RoomPage />;
    case 'projects':
      return <ProjectsPage />;
    case 'bin':
      return <BinPage />;
    case 'start':
      return <StartPage />;
    case 'engine':
      return <EnginePage />;
    case 'settings':
      return <SettingsPage section={route.section} />;
    default:
      return assertNever(route);
  }
}

/** Tells the outside that the first useful screen is drawn. Stands beside the page it waits for. */
function Ready() {
  const loading = useEntities((all) => all.status === 'loading');
  useEffect(() => {
    if (loading) return;
    const frame = requestAnimationFrame(() => {
      document.documentElement.dataset['ready'] = 'true';
    });
    return () => cancelAnimationFrame(frame);
  }, [loading]);
  return null;
}

/** What the page is of: another tab or version of it is the same page. */
function pageKey(route: Route): string {
  const none = { jobId: '', runId: '', sweepId: '', queueId: '' };
  const { page, jobId, runId, sweepId, queueId } = { ...none, ...route };
  return page + jobId + runId + sweepId + queueId;
}

/** What stands over the page, which is not drawn again for it. */
function Dialogs() {
  const launch = useUi((ui) => ui.launch);
  const overlay = useUi((ui) => ui.overlay);
  const asking = useQueueSelection((state) => state.asking);
  return (
    <ErrorBoundary key={`${launch?.jobId} ${overlay} ${asking?.kind}`}>
      <Suspense>
        {launch && <LaunchDialog request={launch} />}
        {asking && <QueueDialogs asking={asking} />}
        {overlay === 'palette' && <Palette />}
        {overlay === 'shortcuts' && <ShortcutsSheet />}
      </Suspense>
    </ErrorBoundary>
  );
}

export function App() {
  useShortcuts();
  useShell();
  const route = useUi((ui) => ui.history.at);
  const sidebar = useUi((ui) => ui.sidebar);
  return (
    <div className={styles.window}>
      {sidebar && <Sidebar />}
      <main className={styles.main}>
        <EngineBanner />
        <MachineBanner />
        <ErrorBoundary key={pageKey(route)}>
          <Suspense>
            <Page route={route} />
            <Ready />
          </Suspense>
        </ErrorBoundary>
      </main>
      <Dialogs />
      <Notices />
      <DropOverlay />
    </div>
  );
}
