import type { OperationProgress } from '../../shared/contract/events.ts';
import { formatCount } from '../lib/format.ts';
import { Button } from './button.tsx';
import styles from './progress.module.css';

interface Props {
  /** What is being done as a whole; its parts come with the progress. */
  label: string;
  progress: OperationProgress | null;
  onCancel: () => void;
}

const progressCount = ({ done, total }: OperationProgress): string =>
  total ? `${formatCount(done)} of ${formatCount(total)}` : formatCount(done);

/** A wait with what is being done, how far it is, and a cancel. */
export function Progress({ label, progress, onCancel }: Props) {
  const known = progress?.total ? Math.min(1, progress.done / progress.total) : null;
  const count = progress && progress.done > 0 ? progressCount(progress) : '';
  return (
    <div className={styles.progress}>
      <div className={styles.words}>
        <span className={`ellipsis ${styles.label}`}>{label}</span>
        <span className="meta ellipsis">{[progress?.text, count].filter(Boolean).join(', ')}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(known !== null && { 'aria-valuenow': Math.round(known * 100) })}
        className={styles.track}
      >
        <div
          className={known === null ? styles.sweep : styles.fill}
          style={known === null ? undefined : { transform: `scaleX(${known})` }}
        />
      </div>
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  );
}
