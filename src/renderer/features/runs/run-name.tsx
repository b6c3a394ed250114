import { Grid3x3, RotateCcw } from 'lucide-react';
import type { Run } from '../../../shared/domain/run.ts';
import { MiddleCut } from '../../ui/middle-cut.tsx';
import styles from './runs.module.css';

/** The name of a run, with marks for one of a sweep and one that tries another again. */
export function RunName({ run }: { run: Run }) {
  return (
    <span className={styles.name}>
      <span className="ellipsis" title={run.name}>
        <MiddleCut text={run.name} />
      </span>
      {run.sweep && (
        <span className={styles.mark} title={`Cell ${run.sweep.cell + 1} of a sweep`}>
          <Grid3x3 size={12} role="img" aria-label="Of a sweep" />
          {run.sweep.cell + 1}
        </span>
      )}
      {run.retryOf !== null && (
        <span className={styles.mark} title={`Try ${run.tryNumber}`}>
          <RotateCcw size={12} role="img" aria-label="Try" />
          {run.tryNumber}
        </span>
      )}
    </span>
  );
}
