import {
  useCallback,
  useMemo,
  useRef,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from 'react';
import { formatCount } from '../../lib/format.ts';
import { useGridWidth } from '../../ui/grid-model.ts';
import type { Axis } from './axis.ts';
import type { Card } from './cards.ts';
import { CardHead } from './card-head.tsx';
import { ChartOverlay } from './chart-overlay.tsx';
import { wordsOf, type Group } from './groups.ts';
import { PlotCanvas } from './plot-canvas.tsx';
import { HEIGHT, LEFT, plotOf, RIGHT, type Plot } from './plot.ts';
import { readings, shownLines, type Reading, type ShownLine } from './read-lines.ts';
import { zoomed } from './use-zoom.ts';
import styles from './metrics.module.css';

/** Until it is known how wide the card is. */
const WIDTH = 400;
/** Part of the axis that an arrow key moves by. */
const KEY_STEP = 0.02;
const KEY_ZOOM = 1.5;

interface Props {
  card: Card;
  stepText: Group['stepText'];
  axis: Axis;
  log: boolean;
  /** Weight of the smoothing, from 0 to below 1. */
  smoothing: number;
  /** In px. */
  height?: number;
  /** What can be done to it, at the end of its head. */
  actions?: ReactNode;
}

/** What the keys do: arrows read values, + and - show less or more of the axis. */
function onKey(event: KeyboardEvent, { steps, view, cursor, onCursor, onView }: Axis): void {
  const at = cursor ?? view.to;
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const zoom = { '+': 1 / KEY_ZOOM, '=': 1 / KEY_ZOOM, '-': KEY_ZOOM }[event.key];
  if (event.key === 'Escape' && cursor !== null) onCursor(null);
  else if (event.key === 'Home') onCursor(view.from);
  else if (event.key === 'End') onCursor(view.to);
  else if (event.key === '0') onView(null);
  else if (zoom) onView(zoomed(steps, view, at, zoom));
  else if (by) {
    const move = by * Math.max(1, (view.to - view.from) * KEY_STEP);
    onCursor(Math.min(view.to, Math.max(view.from, at + move)));
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function NoPlot({ log, height }: { log: boolean; height: number }) {
  return (
    <p className={styles.none} style={{ height }}>
      {log
        ? 'No value is above zero: a log scale shows none of them.'
        : 'No value here is a number that can be drawn.'}
    </p>
  );
}

/** Where in the axis a place of the plot is, px from its left edge. */
function useStepAt({ view }: Axis, width: number): (offset: number) => number {
  return useCallback(
    (offset) => {
      const part = Math.min(1, Math.max(0, (offset - LEFT) / (width - LEFT - RIGHT)));
      return view.from + part * (view.to - view.from);
    },
    [view, width],
  );
}

/** What is read at the cursor, in words. */
function spoken(
  lines: readonly ShownLine[],
  read: readonly Reading[],
  text: (value: number) => string,
): string {
  const words = read.map(({ value }, i) => {
    const said = value === null ? 'no value' : text(value);
    return lines[i]!.label ? `${lines[i]!.label} ${said}` : said;
  });
  return words.join(', ');
}

interface DrawingProps {
  plot: Plot;
  axis: Axis;
  lines: readonly ShownLine[];
  read: readonly Reading[];
  text: (value: number) => string;
  width: number;
}

/** The lines, and over them what is read and what reads it. */
function Drawing({ plot, axis, lines, read, text, width }: DrawingProps) {
  const stepAt = useStepAt(axis, width);
  const onPoint = (event: PointerEvent<SVGSVGElement>): void =>
    axis.onCursor(stepAt(event.clientX - event.currentTarget.getBoundingClientRect().left));
  const points = read.flatMap(({ step, value }, i) =>
    step === null || value === null ? [] : [{ step, value, colour: lines[i]!.look.colour }],
  );
  return (
    <>
      <PlotCanvas lines={lines} plot={plot} />
      <ChartOverlay {...{ plot, axis, stepAt, onPoint, text, points }} tickText={axis.tickText} />
    </>
  );
}

/** One metric over its steps. Pointing at it, or the arrow keys, read a value. */
export function Chart(props: Props) {
  const { card, stepText, axis, log, smoothing, height = HEIGHT, actions } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useGridWidth(box) || WIDTH;
  const { view, cursor, unit, steps } = axis;
  const { title, text, fromZero } = useMemo(() => wordsOf(card.name), [card.name]);
  const lines = useMemo(() => shownLines(card.lines, smoothing), [card.lines, smoothing]);
  const plot = useMemo(
    () => plotOf(lines, { view, log, width, height, unit, fromZero }),
    [lines, view, log, width, height, unit, fromZero],
  );
  const read = readings(lines, cursor);
  const step = read.find((one) => one.step !== null)?.step ?? null;
  const at = step === null ? null : stepText(step);
  const count = Math.max(0, ...lines.map(({ series }) => series.count));
  return (
    <figure className={styles.card}>
      <CardHead {...{ title, lines, read, text, actions, at }} />
      <div
        ref={box}
        role="slider"
        tabIndex={0}
        aria-label={`${title} over ${formatCount(count)} steps`}
        aria-valuemin={steps.from}
        aria-valuemax={steps.to}
        aria-valuenow={step ?? steps.to}
        aria-valuetext={[spoken(lines, read, text), at ?? []].flat().join(', ')}
        className={styles.plot}
        onKeyDown={(event) => onKey(event, axis)}
        onBlur={() => axis.onCursor(null)}
      >
        {plot && <Drawing {...{ plot, axis, lines, read, text, width }} />}
        {!plot && <NoPlot log={log} height={height} />}
      </div>
    </figure>
  );
}
