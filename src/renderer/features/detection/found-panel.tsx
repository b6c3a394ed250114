import type { Inspection } from '../../../shared/domain/inspection.ts';
import { cx } from '../../lib/cx.ts';
import { EnvironmentFacts, NoteList } from './environment-facts.tsx';
import { FoundLists } from './found-lists.tsx';
import styles from './detection.module.css';

interface Props {
  inspection: Inspection;
  /** A newer look is under way. */
  stale: boolean;
}

function Environment({ inspection }: { inspection: Inspection }) {
  const { environment, problem } = inspection;
  return (
    <section aria-labelledby="environment" className={styles.section}>
      <h2 id="environment">Environment</h2>
      {problem && <p className={styles.problem}>{problem}</p>}
      {environment && <EnvironmentFacts plan={environment} />}
    </section>
  );
}

/** What was found out about the code: its environment, parameters, presets and outputs. */
export function FoundPanel({ inspection, stale }: Props) {
  const { notes, detection } = inspection;
  return (
    <div className={cx(stale && styles.stale)} aria-busy={stale}>
      <NoteList notes={[...notes, ...detection.notes]} />
      <Environment inspection={inspection} />
      <FoundLists detection={detection} />
    </div>
  );
}
