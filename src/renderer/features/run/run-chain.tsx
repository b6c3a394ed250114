import { useEffect } from 'react';
import type { Run } from '../../../shared/domain/run.ts';
import { useAnswer } from '../../bridge/use-answer.ts';
import { loadRun, loadSweep } from '../../bridge/sync.ts';
import { useEntities } from '../../stores/entities.ts';
import { navigate } from '../../stores/ui.ts';
import styles from './run.module.css';

/** The way to the sweep a run belongs to. */
export function SweepLink({ sweep }: { sweep: NonNullable<Run['sweep']> }) {
  const known = useEntities((all) => all.sweeps[sweep.id]);
  useEffect(() => {
    if (!known) void loadSweep(sweep.id);
  }, [known, sweep.id]);
  return (
    <button
      type="button"
      className={styles.link}
      onClick={() => navigate({ page: 'sweep', sweepId: sweep.id })}
    >
      {known ? `${known.name}, cell ${sweep.cell + 1} of ${known.cells}` : 'Sweep'}
    </button>
  );
}

/** "Try 2 of 4", and the ways to the try before and after. Nothing for a run that is tried once. */
export function Tries({ run }: { run: Run }) {
  return (
    <>
      {run.retryOf !== null && <RetryOf run={run} before={run.retryOf} />}
      <TriedAgain run={run} />
    </>
  );
}

function TriedAgain({ run }: { run: Run }) {
  const next = useEntities((all) =>
    Object.values(all.runs).find(({ retryOf }) => retryOf === run.id),
  );
  return (
    next && (
      <button
        type="button"
        className={styles.link}
        title={`Tried again as ${next.name}`}
        onClick={() => navigate({ page: 'run', runId: next.id, tab: 'log' })}
      >
        Later try
      </button>
    )
  );
}

function RetryOf({ run, before }: { run: Run; before: string }) {
  const earlier = useEntities((all) => all.runs[before]);
  const { value } = useAnswer('runSpec', { runId: run.id });
  useEffect(() => {
    if (!earlier) void loadRun(before);
  }, [earlier, before]);
  const times = value?.spec.settings.retry?.times;
  return (
    <>
      <span>
        Try {run.tryNumber}
        {times !== undefined && ` of ${times + 1}`}
      </span>
      <button
        type="button"
        className={styles.link}
        title={earlier && `Retry of ${earlier.name}`}
        onClick={() => navigate({ page: 'run', runId: before, tab: 'log' })}
      >
        Earlier try
      </button>
    </>
  );
}
