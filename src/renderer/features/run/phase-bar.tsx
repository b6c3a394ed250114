import type { Run } from '../../../shared/domain/run.ts';
import { isOutOfSight } from '../../../shared/run-state-text.ts';
import { useNow } from '../../lib/clock.ts';
import { cx } from '../../lib/cx.ts';
import { formatDuration, formatExact } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { isActive, STATE_LOOKS } from '../../stores/run-states.ts';
import page from '../frame/page.module.css';
import { phasesOf, type Phase } from './phases.ts';
import styles from './timeline.module.css';

const word = ({ state }: Phase): string =>
  state === 'queued' ? 'Waiting' : STATE_LOOKS[state].word;

/** Where the time of a run went: a bar, and each part of it with its length. */
export function PhaseBar({ run }: { run: Run }) {
  const events = useEntities((all) => all.events[run.id]);
  return isActive(run) && !isOutOfSight(run) ? (
    <LiveBar run={run} events={events ?? []} />
  ) : (
    <Bar
      phases={phasesOf(run, events ?? [], run.endedAt ?? run.createdAt)}
      isOpen={isOutOfSight(run)}
    />
  );
}

function LiveBar({ run, events }: { run: Run; events: Parameters<typeof phasesOf>[1] }) {
  return <Bar phases={phasesOf(run, events, useNow(1000))} />;
}

/** `isOpen`: how long the last one takes is not known. */
function Bar({ phases, isOpen = false }: { phases: readonly Phase[]; isOpen?: boolean }) {
  const all = phases.reduce((sum, { time }) => sum + time, 0);
  if (phases.length === 0) return null;
  const timeText = (phase: Phase): string =>
    isOpen && phase === phases.at(-1) ? '–' : formatDuration(phase.time);
  return (
    <section aria-label="Where the time went" className={page.section}>
      <div className={styles.bar} aria-hidden="true">
        {phases.map((phase) => (
          <span
            key={`${phase.state} ${phase.from}`}
            className={cx(styles.part, styles[phase.state])}
            style={{ flexGrow: Math.max(phase.time, all / 1000) }}
            title={`${word(phase)} ${timeText(phase)}`}
          />
        ))}
      </div>
      <ol aria-label="Phases" className={styles.legend}>
        {phases.map((phase) => (
          <li key={`${phase.state} ${phase.from}`} title={`Since ${formatExact(phase.from)}`}>
            <span className={cx(styles.swatch, styles[phase.state])} aria-hidden="true" />
            {word(phase)} <span className={styles.time}>{timeText(phase)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
