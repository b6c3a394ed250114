import type { Run } from '../../../shared/domain/run.ts';
import page from '../frame/page.module.css';
import { ChangesCard } from './changes-card.tsx';
import { KeyFacts } from './key-facts.tsx';
import { Notes } from './notes.tsx';
import { PhaseBar } from './phase-bar.tsx';
import { Timeline } from './timeline.tsx';
import styles from './run.module.css';

/** A run at a glance: where its time went, what changed, what it is, and what happened. */
export function Overview({ run }: { run: Run }) {
  return (
    <div className={page.scroll}>
      <div className={styles.overview}>
        <div>
          <PhaseBar run={run} />
          <ChangesCard run={run} />
          <KeyFacts run={run} />
        </div>
        <div>
          <Notes run={run} />
          <Timeline run={run} />
        </div>
      </div>
    </div>
  );
}
