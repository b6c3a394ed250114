import type { ReactNode } from 'react';
import { cx } from '../../lib/cx.ts';
import { formatCount } from '../../lib/format.ts';
import { STATE_LOOKS } from '../../stores/run-states.ts';
import { Mark } from '../../ui/state-mark.tsx';
import tones from '../../ui/tones.module.css';
import { countStates } from './cells.ts';
import styles from './sweep.module.css';

interface Props {
  states: Readonly<Record<string, number>>;
  /** Without the line of parts. */
  bare?: boolean;
  /** Beside the counts. */
  children?: ReactNode;
}

/** How many cells are in which state: as parts of a line, and as marks with counts and words. */
export function StatesBar({ states, bare, children }: Props) {
  const counts = countStates(states);
  return (
    <div className={styles.states}>
      {!bare && (
        <div aria-hidden="true" className={styles.line}>
          {counts.map(([state, count]) => (
            <span
              key={state}
              className={cx(styles.part, tones[STATE_LOOKS[state].tone])}
              style={{ flexGrow: count }}
            />
          ))}
        </div>
      )}
      <div className={styles.row}>
        <ul aria-label="Cells by state" className={cx(styles.counts, bare && styles.tight)}>
          {counts.map(([state, count]) => {
            const { shape, tone, word } = STATE_LOOKS[state];
            return (
              <li key={state} className={styles.count}>
                <Mark shape={shape === 'dashed' && bare ? 'hollow' : shape} tone={tone} size={14} />
                <span className={styles.number}>{formatCount(count)}</span>
                <span className={bare ? 'sr-only' : styles.word}>{word.toLowerCase()}</span>
              </li>
            );
          })}
        </ul>
        {children}
      </div>
    </div>
  );
}
