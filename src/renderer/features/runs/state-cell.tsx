import { memo } from 'react';
import type { WaitReason } from '../../../shared/domain/queue.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { isOutOfSight } from '../../../shared/run-state-text.ts';
import { useWaitReason } from '../../stores/wait-reasons.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { shortWait } from '../run/reason-text.ts';
import styles from './runs.module.css';

/** Drawn again only when it is another: a table has many. */
const Mark = memo(StateMark);

function why(run: Run, wait: WaitReason | null): string | null {
  if (run.state === 'queued') return wait?.text ?? shortWait(run, Date.now());
  if (isOutOfSight(run)) return null;
  return run.state === 'finished' ? null : (run.reason?.text ?? null);
}

/** The state of a run and, unless it finished, why. */
export function RunStateCell({ run }: { run: Run }) {
  const words = why(run, useWaitReason(run));
  return (
    <span className={styles.state}>
      <Mark state={run.state} away={isOutOfSight(run)} />
      {words && (
        <span className={`ellipsis ${styles.reason}`} title={words}>
          {words}
        </span>
      )}
    </span>
  );
}
