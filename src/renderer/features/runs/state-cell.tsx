import type { Run } from '../../../shared/domain/run.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import styles from './runs.module.css';

/** The state of a run and, unless it finished, why. */
export function RunStateCell({ run }: { run: Run }) {
  return (
    <span className={styles.state}>
      <StateMark state={run.state} />
      {run.reason && run.state !== 'finished' && (
        <span className={`ellipsis ${styles.reason}`} title={run.reason.text}>
          {run.reason.text}
        </span>
      )}
    </span>
  );
}
