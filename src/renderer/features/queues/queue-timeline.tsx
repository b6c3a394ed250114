import { useRef } from 'react';
import type { QueueView } from '../../../shared/domain/queue.ts';
import { isOutOfSight, runStateText } from '../../../shared/run-state-text.ts';
import { useNow } from '../../lib/clock.ts';
import { cx } from '../../lib/cx.ts';
import { formatDuration } from '../../lib/format.ts';
import { STATE_LOOKS } from '../../stores/run-states.ts';
import { navigate } from '../../stores/ui.ts';
import { useGridWidth } from '../../ui/grid-model.ts';
import { MiddleCut } from '../../ui/middle-cut.tsx';
import { Mark } from '../../ui/state-mark.tsx';
import tones from '../../ui/tones.module.css';
import { barsOf, placeOf, tickText, type Bar, type Bars } from './bars.ts';
import styles from './queue-timeline.module.css';

/** A row, and in it the bar. */
const ROW = 22;
const BAR = 10;
const AXIS = 22;
const LABEL = 168;
const END = 12;
/** A bar of less could not be seen. */
const LEAST = 2;
/** Until it is known how wide the place is. */
const WIDTH = 800;

const lasted = ({ from, to }: { from: number; to: number }): string => formatDuration(to - from);

function didText({ run, ran }: Bar): string {
  if (!ran) return ', never started';
  // How long it runs is not known then.
  if (isOutOfSight(run)) return '';
  return `, ${run.endedAt === null ? 'has run for' : 'ran'} ${lasted(ran)}`;
}

function describe(bar: Bar): string {
  const { run, waited } = bar;
  return `${run.name}: waited ${lasted(waited)}${didText(bar)}, ${runStateText(run)}`;
}

function Row({ bar, bars, y, width }: { bar: Bar; bars: Bars; y: number; width: number }) {
  const { run, waited, ran, state } = bar;
  const x = (at: number): number => LABEL + placeOf(at, bars, width - LABEL - END);
  const wide = (from: number, to: number): number => Math.max(LEAST, x(to) - x(from));
  const top = y + (ROW - BAR) / 2;
  return (
    <g
      className={styles.run}
      onClick={() => navigate({ page: 'run', runId: run.id, tab: 'overview' })}
    >
      <title>{describe(bar)}</title>
      <rect x={0} y={y} width={width} height={ROW} rx={4} className={styles.ground} />
      <foreignObject x={0} y={y} width={LABEL - 12} height={ROW}>
        <div className={styles.label}>
          <Mark shape={STATE_LOOKS[state].shape} tone={STATE_LOOKS[state].tone} size={12} />
          <MiddleCut text={run.name} quiet />
        </div>
      </foreignObject>
      <line
        x1={x(waited.from)}
        x2={x(waited.from) + wide(waited.from, waited.to)}
        y1={y + ROW / 2}
        y2={y + ROW / 2}
        className={styles.waited}
      />
      {ran && (
        <rect
          x={x(ran.from)}
          y={top}
          width={wide(ran.from, ran.to)}
          height={BAR}
          rx={2}
          className={cx(
            styles.ran,
            isOutOfSight(run) && styles.away,
            tones[STATE_LOOKS[state].tone],
          )}
        />
      )}
    </g>
  );
}

function Axis({ bars, height, width }: { bars: Bars; height: number; width: number }) {
  const x = (at: number): number => LABEL + placeOf(at, bars, width - LABEL - END);
  return (
    <g className={styles.axis}>
      {bars.ticks.map((at) => (
        <g key={at}>
          <line x1={x(at)} x2={x(at)} y1={0} y2={height} />
          <text x={x(at)} y={height + 15} textAnchor={x(at) > width - 28 ? 'end' : 'middle'}>
            {tickText(at, bars.step)}
          </text>
        </g>
      ))}
    </g>
  );
}

/** When the last runs of a queue waited and ran, as bars over time; the same in words for screen readers. */
export function QueueTimeline({ view }: { view: QueueView }) {
  const box = useRef<HTMLElement>(null);
  const width = useGridWidth(box) || WIDTH;
  const live = view.running.length > 0;
  const second = useNow(live ? 1000 : 30_000);
  const bars = barsOf(view, second);
  if (!bars) return null;
  const height = bars.bars.length * ROW;
  const now = LABEL + placeOf(second, bars, width - LABEL - END);
  return (
    <figure ref={box} aria-label="Last runs over time" className={styles.timeline}>
      <svg width="100%" height={height + AXIS} aria-hidden="true">
        <Axis bars={bars} height={height} width={width} />
        {bars.bars.map((bar, i) => (
          <Row key={bar.run.id} bar={bar} bars={bars} y={i * ROW} width={width} />
        ))}
        <line x1={now} x2={now} y1={0} y2={height} className={styles.now} />
      </svg>
      <figcaption className={styles.legend}>
        <span>
          <svg width="16" height="10" aria-hidden="true">
            <line x1="0" x2="16" y1="5" y2="5" className={styles.waited} />
          </svg>
          Waiting
        </span>
        <span>
          <svg width="16" height="10" aria-hidden="true">
            <rect width="16" height="10" rx="2" className={cx(styles.ran, tones.blue)} />
          </svg>
          Running; in the colour of its end when it has ended
        </span>
        <span>
          <svg width="2" height="12" aria-hidden="true">
            <line x1="1" x2="1" y1="0" y2="12" className={styles.now} />
          </svg>
          Now
        </span>
      </figcaption>
      <ul className="sr-only">
        {bars.bars.map((bar) => (
          <li key={bar.run.id}>{describe(bar)}</li>
        ))}
      </ul>
    </figure>
  );
}
