import { GripVertical } from 'lucide-react';
import { formatCount } from '../../lib/format.ts';
import { RelativeTime } from '../../ui/time.tsx';
import type { Drawn } from './use-calm.ts';
import { placesBetween, topOf } from './waiting-places.ts';
import styles from './waiting.module.css';

interface Props {
  drawn: Drawn;
  /** What is drawn by the list itself. */
  but: ReadonlySet<number>;
}

/** Rows as they are seen while the list is scrolled, until those that can be used are there. */
export function PlainRows({ drawn: { all, known, sight }, but }: Props) {
  const [from, to] = placesBetween(all, sight.top, sight.bottom);
  const places = Array.from({ length: to - from }, (_, at) => from + at);
  return (
    <div aria-hidden="true">
      {places
        .filter((place) => !but.has(place))
        .map((place) => {
          const entry = known.get(place);
          return (
            <div key={place} className={styles.plain} style={{ top: topOf(all, place) }}>
              {entry ? (
                <div className={styles.entry}>
                  <span className={styles.grip}>
                    <GripVertical size={14} />
                  </span>
                  <span className={styles.position}>{formatCount(entry.position)}</span>
                  <span className={styles.name}>{entry.run.name}</span>
                  <span className={styles.job}>
                    {entry.run.jobName} v{entry.run.versionNumber}
                  </span>
                  <span className={styles.reason}>{entry.reason.text}</span>
                  <span className={styles.since}>
                    <RelativeTime at={entry.run.createdAt} />
                  </span>
                </div>
              ) : (
                <div className={styles.unread}>
                  <span />
                </div>
              )}
            </div>
          );
        })}
    </div>
  );
}
