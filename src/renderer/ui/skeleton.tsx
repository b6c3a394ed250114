import { cx } from '../lib/cx.ts';
import styles from './skeleton.module.css';

/** Rows of a list that is being read, in their final size. */
export function SkeletonRows({ rows = 6, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className={styles.rows}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.row}>
          <span className={styles.bar} style={{ width: `${34 - ((row * 7) % 18)}%` }} />
          <span className={cx(styles.bar, styles.short)} />
          <span className={cx(styles.bar, styles.short)} />
        </div>
      ))}
    </div>
  );
}
