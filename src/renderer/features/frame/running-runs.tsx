import { useMemo } from 'react';
import { cx } from '../../lib/cx.ts';
import { plural } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { activeRuns } from '../../stores/selectors.ts';
import { navigate, useUi } from '../../stores/ui.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { RunDuration } from '../../ui/time.tsx';
import styles from './sidebar.module.css';

/** The runs under way, live. */
export function RunningRuns() {
  const runs = useEntities((all) => all.runs);
  const at = useUi((ui) => ui.history.at);
  const all = useMemo(() => activeRuns(runs), [runs]);
  // Cells of a sweep that wait for their turn are on its page: there may be thousands.
  const active = useMemo(
    () => all.filter(({ state, sweep }) => state !== 'queued' || !sweep),
    [all],
  );
  const waiting = all.length - active.length;
  if (all.length === 0) return <div className={styles.running} />;
  return (
    <section aria-label="Running now" className={styles.running}>
      <h2 className={styles.heading}>
        Running now <span className={styles.count}>{active.length}</span>
      </h2>
      <ul>
        {active.map((run) => {
          const current = at.page === 'run' && at.runId === run.id;
          return (
            <li key={run.id}>
              <button
                type="button"
                className={cx(styles.item, current && styles.current)}
                aria-current={current ? 'page' : undefined}
                title={`${run.name}\n${run.jobName} v${run.versionNumber} in ${run.projectName}`}
                onClick={() => navigate({ page: 'run', runId: run.id, tab: 'log' })}
              >
                <StateMark state={run.state} bare />
                <span className="ellipsis">{run.name}</span>
                <span className={styles.itemMeta}>
                  <RunDuration run={run} />
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {waiting > 0 && <p className={styles.heading}>{plural(waiting, 'run')} of sweeps waiting</p>}
    </section>
  );
}
