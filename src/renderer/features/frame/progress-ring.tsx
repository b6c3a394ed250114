import { plural } from '../../lib/format.ts';
import styles from './progress-ring.module.css';

const RADIUS = 5.25;
const ROUND = 2 * Math.PI * RADIUS;

/** How much is done, as part of a ring. */
export function ProgressRing({ done, total }: { done: number; total: number }) {
  const part = total > 0 ? Math.min(1, done / total) : 0;
  return (
    <svg
      viewBox="0 0 16 16"
      width={16}
      height={16}
      role="img"
      aria-label={`${done} of ${plural(total, 'run')} ended`}
      className={styles.ring}
    >
      <circle cx="8" cy="8" r={RADIUS} className={styles.track} />
      <circle
        cx="8"
        cy="8"
        r={RADIUS}
        className={styles.part}
        strokeDasharray={`${part * ROUND} ${ROUND}`}
        transform="rotate(-90 8 8)"
      />
    </svg>
  );
}
