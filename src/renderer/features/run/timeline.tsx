import type { Run, RunEvent } from '../../../shared/domain/run.ts';
import { formatClock, formatDuration, formatExact } from '../../lib/format.ts';
import { useEntities } from '../../stores/entities.ts';
import { STATE_LOOKS } from '../../stores/run-states.ts';
import { Mark } from '../../ui/state-mark.tsx';
import page from '../frame/page.module.css';
import styles from './timeline.module.css';

const NONE: readonly RunEvent[] = [];

function EventMark({ state }: Pick<RunEvent, 'state'>) {
  if (!state) return <span className={styles.bullet} aria-hidden="true" />;
  const { shape, tone } = STATE_LOOKS[state];
  // What is over does not turn any more.
  return <Mark shape={shape === 'dashed' ? 'hollow' : shape} tone={tone} size={14} />;
}

/** Everything that happened to a run, with its exact time and how long after the one before. */
export function Timeline({ run }: { run: Run }) {
  const events = useEntities((all) => all.events[run.id]) ?? NONE;
  if (events.length === 0) return null;
  return (
    <section aria-label="What happened" className={page.section}>
      <h2 className={page.heading}>Timeline</h2>
      <ol aria-label="Timeline">
        {events.map((event, i) => {
          const after = event.at - (events[i - 1]?.at ?? event.at);
          return (
            <li key={event.seq} className={styles.event}>
              <time
                className={styles.eventTime}
                dateTime={new Date(event.at).toISOString()}
                title={formatExact(event.at)}
              >
                {formatClock(event.at)}
              </time>
              <EventMark state={event.state} />
              <span className="selectable">{event.text}</span>
              <span className={styles.after}>
                {i > 0 && after > 0 && `+${formatDuration(after)}`}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
