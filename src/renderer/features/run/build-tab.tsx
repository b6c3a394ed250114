import { CircleX } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { BuildStep, Run } from '../../../shared/domain/run.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { useLogPrefs } from '../../stores/log-prefs.ts';
import { isActive } from '../../stores/run-states.ts';
import { CommandButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { copyLines } from '../log/copy-lines.ts';
import { LogFind } from '../log/log-find.tsx';
import { SaveMenu } from '../log/log-menus.tsx';
import { LogPane } from '../log/log-pane.tsx';
import type { LogSession } from '../log/log-session.ts';
import { everyLine } from '../log/row-order.ts';
import { useLogHere } from '../log/use-log-here.ts';
import { useLogSession } from '../log/use-log-session.ts';
import bar from '../log/log-bar.module.css';
import { BuildSteps } from './build-steps.tsx';
import styles from './build.module.css';

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

interface StepsProps {
  run: Run;
  steps: readonly BuildStep[];
  session: LogSession;
  onWhole: () => void;
  /** At the end of the bar. */
  controls: ReactNode;
}

/** The steps with what is found in them. */
function Steps({ run, steps, session, onWhole, controls }: StepsProps) {
  const input = useRef<HTMLInputElement>(null);
  const { feed } = session;
  useSyncExternalStore(feed.subscribe, feed.version);
  const failing = useStore(session.state, (log) => log.failing);
  const order = everyLine(feed.head().lines);
  useLogHere({
    session,
    runId: run.id,
    kind: 'build',
    order,
    streams: false,
    find: () => {
      input.current?.focus();
      input.current?.select();
    },
    copy: () => void copyLines(feed, order, null, useLogPrefs.getState().folded),
    jump: onWhole,
  });
  return (
    <>
      <div role="toolbar" aria-label="Build log" className={bar.bar}>
        <LogFind session={session} input={input} onLeave={() => input.current?.blur()} />
        {failing !== null && (
          <CommandButton
            command={COMMANDS.toFailure}
            look="quiet"
            icon={<CircleX />}
            className={bar.failure}
            aria-label="Go to the failing line"
          >
            <span className={bar.words}>Failing line</span>
          </CommandButton>
        )}
        {controls}
        <SaveMenu streams={false} />
      </div>
      <BuildSteps steps={steps} session={session} onWhole={onWhole} />
    </>
  );
}

/** The build the run waited for: its steps, or all of its output. */
export function BuildTab({ run, steps }: { run: Run; steps: readonly BuildStep[] }) {
  const [view, setView] = useState<'steps' | 'output'>('steps');
  const session = useLogSession(run.id, 'build');
  const failed = run.reason?.code === 'build-failed';
  useEffect(() => {
    if (failed) void session?.findFailure();
  }, [session, failed]);
  if (steps.length === 0) return <NoBuild run={run} />;
  const controls = (
    <div className={bar.streams}>
      <Segmented label="Build view" value={view} options={VIEWS} onChange={setView} />
    </div>
  );
  return (
    <>
      {run.environment && (
        <p className={`ellipsis ${styles.buildBar}`}>
          <span className={styles.buildState}>{run.environment.reused ? 'Reused' : 'Built'}</span>
          {run.environment.because}
          <span className={`mono ${styles.environment}`}>{run.environment.name}</span>
        </p>
      )}
      {session && view === 'steps' && (
        <Steps
          run={run}
          steps={steps}
          session={session}
          controls={controls}
          onWhole={() => setView('output')}
        />
      )}
      {session && view === 'output' && (
        <LogPane
          session={session}
          runId={run.id}
          kind="build"
          label={`Build output of ${run.name}`}
          startedAt={null}
          controls={controls}
        />
      )}
    </>
  );
}
