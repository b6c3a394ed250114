import { loadRun } from '../../bridge/sync.ts';
import { useRead } from '../../bridge/use-read.ts';
import { useEntities } from '../../stores/entities.ts';
import { replaceRoute } from '../../stores/ui.ts';
import type { Route } from '../../stores/route.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Tabs, type TabSpec } from '../../ui/tabs.tsx';
import { Toolbar } from '../frame/toolbar.tsx';
import page from '../frame/page.module.css';
import { BuildTab } from './build-tab.tsx';
import { InputsTab } from './inputs-tab.tsx';
import { LogTab } from './log-tab.tsx';
import { MetricsTab } from '../metrics/metrics-tab.tsx';
import { EnvironmentTab } from './environment-tab.tsx';
import { ValuesTab } from './values-tab.tsx';
import { OutputsTab } from './outputs-tab.tsx';
import { Overview } from './overview.tsx';
import { RunHeader } from './run-header.tsx';
import { RUNS, RunToolbar } from './run-toolbar.tsx';
import { BinnedNote } from './binned-note.tsx';
import { RunPicker } from '../compare/run-picker.tsx';

type RunRoute = Extract<Route, { page: 'run' }>;

/** One run: how it stands, what it prints, how it was built. */
export default function RunPage({ route }: { route: RunRoute }) {
  const { runId, tab } = route;
  const run = useEntities((all) => all.runs[runId]);
  const steps = useEntities((all) => all.steps[runId]) ?? [];
  const { error, again } = useRead(loadRun, runId, run !== undefined);

  if (!run) {
    return (
      <>
        <Toolbar title="Run" parent={RUNS} />
        {error ? (
          <div className={page.note}>
            <ErrorNote error={error} action={<Button onClick={again}>Try again</Button>} />
          </div>
        ) : (
          <SkeletonRows label="Reading the run" />
        )}
      </>
    );
  }
  const tabs: TabSpec<RunRoute['tab']>[] = [
    { id: 'overview', title: 'Overview', panel: () => <Overview run={run} /> },
    {
      id: 'log',
      title: 'Log',
      panel: () => <LogTab run={run} line={route.line ?? null} />,
    },
    { id: 'metrics', title: 'Metrics', panel: () => <MetricsTab run={run} /> },
    { id: 'inputs', title: 'Inputs', panel: () => <InputsTab run={run} /> },
    { id: 'values', title: 'Values', panel: () => <ValuesTab run={run} /> },
    { id: 'outputs', title: 'Outputs', panel: () => <OutputsTab run={run} /> },
    { id: 'environment', title: 'Environment', panel: () => <EnvironmentTab run={run} /> },
    {
      id: 'build',
      title: 'Build',
      ...(steps.length > 0 && { meta: steps.length }),
      panel: () => <BuildTab run={run} steps={steps} />,
    },
  ];
  return (
    <>
      <RunToolbar run={run} />
      <BinnedNote run={run} />
      <RunHeader run={run} />
      {error && (
        <div className={page.note}>
          <ErrorNote error={error} />
        </div>
      )}
      <Tabs
        label="Run"
        selected={tab}
        tabs={tabs}
        onSelect={(next) => replaceRoute({ ...route, tab: next })}
      />
      <RunPicker />
    </>
  );
}
