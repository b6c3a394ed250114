import { RotateCcw, SlidersHorizontal, Square } from 'lucide-react';
import { useEffect, useState } from 'react';
import { loadRun } from '../../bridge/sync.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { useEntities } from '../../stores/entities.ts';
import { isActive } from '../../stores/run-states.ts';
import { replaceRoute } from '../../stores/ui.ts';
import type { Route } from '../../stores/route.ts';
import { Button, CommandButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Tabs, type TabSpec } from '../../ui/tabs.tsx';
import { Toolbar } from '../frame/toolbar.tsx';
import page from '../frame/page.module.css';
import { BuildTab } from './build-tab.tsx';
import { InputsTab } from './inputs-tab.tsx';
import { LogTab } from './log-tab.tsx';
import { MetricsTab } from '../metrics/metrics-tab.tsx';
import { ValuesTab } from './values-tab.tsx';
import { OutputsTab } from './outputs-tab.tsx';
import { Overview } from './overview.tsx';
import { RunHeader } from './run-header.tsx';

type RunRoute = Extract<Route, { page: 'run' }>;

const PARENT = { title: 'Runs', route: { page: 'runs' } as const };

/** One run: how it stands, what it prints, how it was built. */
export default function RunPage({ route }: { route: RunRoute }) {
  const { runId, tab } = route;
  const run = useEntities((all) => all.runs[runId]);
  const steps = useEntities((all) => all.steps[runId]) ?? [];
  const [error, setError] = useState<ErrorData | null>(null);
  useEffect(() => void loadRun(runId).then(setError), [runId]);

  if (!run) {
    return (
      <>
        <Toolbar title="Run" parent={PARENT} />
        {error ? (
          <div className={page.note}>
            <ErrorNote
              error={error}
              action={<Button onClick={() => void loadRun(runId).then(setError)}>Try again</Button>}
            />
          </div>
        ) : (
          <SkeletonRows label="Reading the run" />
        )}
      </>
    );
  }
  const tabs: TabSpec<RunRoute['tab']>[] = [
    {
      id: 'log',
      title: 'Log',
      panel: () => <LogTab run={run} line={route.line ?? null} />,
    },
    { id: 'metrics', title: 'Metrics', panel: () => <MetricsTab run={run} /> },
    { id: 'inputs', title: 'Inputs', panel: () => <InputsTab run={run} /> },
    { id: 'config', title: 'Config', panel: () => <ValuesTab run={run} what="config" /> },
    { id: 'summary', title: 'Summary', panel: () => <ValuesTab run={run} what="summary" /> },
    { id: 'outputs', title: 'Outputs', panel: () => <OutputsTab run={run} /> },
    {
      id: 'build',
      title: 'Build',
      ...(steps.length > 0 && { meta: steps.length }),
      panel: () => <BuildTab run={run} steps={steps} />,
    },
    { id: 'overview', title: 'Overview', panel: () => <Overview run={run} /> },
  ];
  return (
    <>
      <Toolbar
        title={run.name}
        parent={PARENT}
        actions={
          isActive(run) ? (
            <CommandButton
              command={COMMANDS.stopRun}
              look="primary"
              icon={<Square fill="currentColor" />}
              disabled={run.state === 'stopping'}
            >
              {run.state === 'stopping' ? 'Stopping…' : 'Stop'}
            </CommandButton>
          ) : (
            <>
              <CommandButton command={COMMANDS.launchChanged} icon={<SlidersHorizontal />}>
                Launch with changes…
              </CommandButton>
              <CommandButton command={COMMANDS.launchAgain} look="primary" icon={<RotateCcw />}>
                Launch again
              </CommandButton>
            </>
          )
        }
      />
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
    </>
  );
}
