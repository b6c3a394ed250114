import { GitCompareArrows, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { COMPARED_RUNS } from '../../../shared/domain/run-comparison.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { COMMANDS } from '../../commands/registry.ts';
import type { Route } from '../../stores/route.ts';
import { CommandButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Tabs, type TabSpec } from '../../ui/tabs.tsx';
import { Toolbar } from '../frame/toolbar.tsx';
import page from '../frame/page.module.css';
import { CompareCode } from './compare-code.tsx';
import { CompareMetrics } from './compare-metrics.tsx';
import { CompareTable } from './compare-table.tsx';
import { RunPicker } from './run-picker.tsx';

const RUNS = { title: 'Runs', route: { page: 'runs' } as const };

type View = 'values' | 'metrics' | 'code';

function AddRun({ first }: { first: boolean }) {
  return (
    <CommandButton
      command={COMMANDS.addComparedRun}
      look={first ? 'primary' : 'plain'}
      icon={<Plus />}
    >
      {first ? 'Choose a run…' : 'Add a run…'}
    </CommandButton>
  );
}

/** Fewer than two runs: what this page is, and the first step. */
function TooFew({ count }: { count: number }) {
  return (
    <Empty
      icon={<GitCompareArrows size={24} />}
      title={count === 0 ? 'Runs side by side' : 'One more run'}
      action={<AddRun first />}
    >
      {count === 0
        ? `Choose two to ${COMPARED_RUNS} runs to see what is different: their code, inputs, settings, environment and results, with their metrics in the same charts.`
        : 'Choose another run to lay beside it.'}
    </Empty>
  );
}

function Comparison({ runIds }: { runIds: readonly string[] }) {
  const [view, setView] = useState<View>('values');
  const { value, error } = useAnswer('compareRuns', { runIds: [...runIds] });
  const runs = useMemo(() => value?.runs ?? [], [value]);
  if (error) {
    return (
      <div className={page.note}>
        <ErrorNote error={error} />
      </div>
    );
  }
  if (!value) return <SkeletonRows label="Comparing" rows={12} />;
  const tabs: TabSpec<View>[] = [
    { id: 'values', title: 'Values', panel: () => <CompareTable comparison={value} /> },
    { id: 'metrics', title: 'Metrics', panel: () => <CompareMetrics runs={runs} /> },
    { id: 'code', title: 'Code', panel: () => <CompareCode runs={runs} /> },
  ];
  return <Tabs label="Comparison" selected={view} tabs={tabs} onSelect={setView} />;
}

/** Runs side by side: what they were given, what they ran in, and what they came to. */
export default function ComparePage({ route }: { route: Extract<Route, { page: 'compare' }> }) {
  const { runIds } = route;
  const count = runIds.length;
  return (
    <>
      <Toolbar
        title={count < 2 ? 'Compare runs' : `Compare ${count} runs`}
        parent={RUNS}
        actions={count >= 2 && count < COMPARED_RUNS && <AddRun first={false} />}
      />
      {count < 2 ? (
        <TooFew count={count} />
      ) : (
        <Comparison runIds={runIds.slice(0, COMPARED_RUNS)} />
      )}
      <RunPicker />
    </>
  );
}
