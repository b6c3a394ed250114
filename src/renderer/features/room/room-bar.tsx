import type { RoomReport } from '../../../shared/domain/room.ts';
import { ROOM_TITLES } from '../../../shared/room-words.ts';
import { fileSize } from '../../../shared/units.ts';
import styles from './room.module.css';

/** What each kind takes, as a part of the whole; what of it can be freed is hatched. */
export function RoomBar({ report }: { report: RoomReport }) {
  const kinds = report.kinds.filter(({ bytes, problem }) => bytes > 0 || problem !== null);
  const share = (bytes: number): string => `${(100 * bytes) / Math.max(1, report.total)}%`;
  return (
    <>
      <div className={styles.bar} aria-hidden="true">
        {kinds.map(({ kind, bytes }) => (
          <div
            key={kind}
            className={styles.part}
            data-kind={kind}
            style={{ width: share(bytes) }}
          />
        ))}
      </div>
      <ul className={styles.legend} aria-label="By kind">
        {kinds.map(({ kind, bytes, freeable, problem }) => (
          <li key={kind} className={styles.entry}>
            <span className={styles.swatch} data-kind={kind} aria-hidden="true" />
            <span className={styles.kind}>{ROOM_TITLES[kind]}</span>
            <span className="mono">{problem === null ? fileSize(bytes) : 'not measured'}</span>
            <span className={`meta ${styles.why}`}>
              {problem ?? (freeable > 0 ? `${fileSize(freeable)} can be freed` : '')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
