import { cx } from '../../lib/cx.ts';
import styles from './inputs.module.css';

interface Props {
  problem: { message: string; next: string | null };
  /** It was said of what stood there before: it stays, so that nothing moves, but no longer as a fault. */
  stale?: boolean;
}

/** What is wrong with a place, and what to do. */
export function ProblemText({ problem, stale = false }: Props) {
  return (
    <p role="alert" aria-busy={stale} className={cx(styles.problem, stale && styles.stale)}>
      {problem.message}
      {problem.next && <span className={styles.next}> {problem.next}</span>}
    </p>
  );
}
