import { memo } from 'react';
import type { QueueEntry } from '../../../shared/domain/queue.ts';
import { useNow } from '../../lib/clock.ts';
import { formatCount, formatRelative } from '../../lib/format.ts';
import { MiddleCut } from '../../ui/middle-cut.tsx';
import type { Drawn } from './use-calm.ts';
import { placesBetween, ROW, topOf } from './waiting-places.ts';
import styles from './waiting.module.css';

interface RowProps {
  top: number;
  /** Undefined for one that is being read. */
  entry: QueueEntry | undefined;
  since: string;
}

const PlainRow = memo(function PlainRow({ top, entry, since }: RowProps) {
  return (
    <div className={styles.plain} style={{ top }}>
      {entry ? (
        <div className={styles.entry}>
          <span className={styles.grip} />
          <span className={styles.position}>{formatCount(entry.position)}</span>
          <span className={styles.name}>
            <MiddleCut text={entry.run.name} quiet />
          </span>
          <span className={styles.job}>
            {entry.run.jobName} v{entry.run.versionNumber}
          </span>
          <span className={styles.reason}>{entry.reason.text}</span>
          <span className={styles.since}>{since}</span>
        </div>
      ) : (
        <div className={styles.unread}>
          <span />
        </div>
      )}
    </div>
  );
});

interface Props {
  drawn: Drawn;
  /** What is drawn by the list itself. */
  but: ReadonlySet<number>;
}

/**
 * Rows as they are seen while the list is scrolled, until those that can be used are there. A row that
 * leaves the sight is filled with one that comes: making new ones would take longer than a frame.
 */
export function PlainRows({ drawn: { all, known, sight }, but }: Props) {
  const now = useNow(30_000);
  const [from, to] = placesBetween(all, sight.top, sight.bottom);
  const slots = Math.ceil((sight.bottom - sight.top) / ROW) + 1;
  const first = from - (from % slots);
  return (
    <div aria-hidden="true">
      {Array.from({ length: slots }, (_, slot) => {
        const place = first + slot < from ? first + slot + slots : first + slot;
        if (place >= to || but.has(place)) return null;
        const entry = known.get(place);
        const since = entry ? formatRelative(entry.run.createdAt, now) : '';
        return <PlainRow key={slot} top={topOf(all, place)} entry={entry} since={since} />;
      })}
    </div>
  );
}
