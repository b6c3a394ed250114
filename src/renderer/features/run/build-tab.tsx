import { useState } from 'react';
import type { BuildStep, Run } from '../../../shared/domain/run.ts';
import { isActive } from '../../stores/run-states.ts';
import { Empty } from '../../ui/empty.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { LogView } from '../log/log-view.tsx';
import { useLogFeed } from '../log/use-log-feed.ts';
import { BuildSteps } from './build-steps.tsx';
import styles from './run.module.css';

const VIEWS = [
  { id: 'steps', title: 'Steps' },
  { id: 'output', title: 'Full output' },
] as const;

function NoBuild({ run }: { run: Run }) {
  if (run.engine === null) {
    return <Empty title="Nothing was built">The run was imported: another tool executed it.</Empty>;
  }
  if (isActive(run) && run.environment === null) {
    return <Empty title="No build yet">It starts as soon as the code is ready.</Empty>;
  }
  return (
    <Empty title="Nothing was built">
      {run.environment?.reused
        ? `The environment was there already: ${run.environment.because}.`
        : 'The run ended before its environment was built.'}
    </Empty>
  );
}

/** The build the run waited for: its steps, or all of its output. */
export function BuildTab({ run, steps }: { run: Run; steps: readonly BuildStep[] }) {
  const [view, setView] = useState<'steps' | 'output'>('steps');
  const feed = useLogFeed(run.id, 'build');
  if (steps.length === 0) return <NoBuild run={run} />;
  return (
    <>
      <div className={styles.buildBar}>
        {run.environment && (
          <p className="ellipsis">
            <span className={styles.buildState}>{run.environment.reused ? 'Reused' : 'Built'}</span>
            {run.environment.because}
            <span className={`mono ${styles.environment}`}>{run.environment.name}</span>
          </p>
        )}
        <Segmented label="Build view" value={view} options={VIEWS} onChange={setView} />
      </div>
      {view === 'steps' && <BuildSteps steps={steps} feed={feed} />}
      {view === 'output' && feed && (
        <LogView
          feed={feed}
          place={`${run.id}/build`}
          label={`Build output of ${run.name}`}
          streams={false}
          selection={null}
          onSelect={() => undefined}
        />
      )}
    </>
  );
}
