import styles from './inputs.module.css';

/** What is wrong with a place, and what to do. */
export function ProblemText({ problem }: { problem: { message: string; next: string | null } }) {
  return (
    <p role="alert" className={styles.problem}>
      {problem.message}
      {problem.next && <span className={styles.next}> {problem.next}</span>}
    </p>
  );
}
