import type { Run, RunState } from '../../shared/domain/run.ts';
import { ENGINE_AWAY, isOutOfSight } from '../../shared/run-state-text.ts';
import { cx } from '../lib/cx.ts';
import { STATE_LOOKS, type Shape, type Tone } from '../stores/run-states.ts';
import styles from './state-mark.module.css';

const SHAPES: Readonly<Record<Shape, React.ReactNode>> = {
  hollow: <circle cx="8" cy="8" r="5.25" className={styles.stroke} />,
  dashed: <circle cx="8" cy="8" r="5.25" className={cx(styles.stroke, styles.dashed)} />,
  ring: (
    <>
      <circle cx="8" cy="8" r="6" className={styles.halo} />
      <circle cx="8" cy="8" r="3.5" className={styles.fill} />
    </>
  ),
  half: (
    <>
      <circle cx="8" cy="8" r="5.25" className={styles.stroke} />
      <path d="M8 2.75a5.25 5.25 0 0 1 0 10.5z" className={styles.fill} />
    </>
  ),
  check: (
    <>
      <circle cx="8" cy="8" r="6" className={styles.fill} />
      <path d="m5.4 8.2 1.9 1.9 3.4-3.9" className={styles.cut} />
    </>
  ),
  cross: (
    <>
      <circle cx="8" cy="8" r="6" className={styles.fill} />
      <path d="m5.9 5.9 4.2 4.2m0-4.2-4.2 4.2" className={styles.cut} />
    </>
  ),
  square: <rect x="3.25" y="3.25" width="9.5" height="9.5" rx="2" className={styles.fill} />,
  bolt: <path d="M9.2 1.5 3.4 9h3.7l-.6 5.5L12.6 7H8.7z" className={styles.fill} />,
  unknown: <circle cx="8" cy="8" r="5.25" className={cx(styles.stroke, styles.dashed)} />,
};

/** A shape in its colour; the word beside it is the caller's. */
export function Mark({ shape, tone, size = 16 }: { shape: Shape; tone: Tone; size?: number }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
      className={cx(styles.mark, styles[tone], shape === 'dashed' && styles.turning)}
    >
      {SHAPES[shape]}
    </svg>
  );
}

interface LookProps {
  /** Leaves the word to screen readers. */
  bare?: boolean;
  size?: number;
}

interface StateProps extends LookProps {
  state: RunState;
  /** It is the last that was known: the engine does not answer. */
  away?: boolean;
}

/** A state as shape, word and colour. */
export function StateMark({ state, away = false, bare, size }: StateProps) {
  const { shape, tone, word } = STATE_LOOKS[state];
  const about = away ? ` (${ENGINE_AWAY})` : '';
  return (
    <span
      className={cx(styles.state, styles[tone], away && styles.away)}
      title={bare || away ? word + about : undefined}
    >
      <Mark shape={shape} tone={tone} {...(size && { size })} />
      <span className={bare ? 'sr-only' : styles.word}>
        {word}
        {about && <span className={styles.about}>{about}</span>}
      </span>
    </span>
  );
}

/** The state of a run, which says so while its engine does not answer. */
export const RunMark = ({ run, ...rest }: LookProps & { run: Run }) => (
  <StateMark state={run.state} away={isOutOfSight(run)} {...rest} />
);
