import { useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { formatCount } from '../../lib/format.ts';
import { useGridWidth } from '../../ui/grid-model.ts';
import type { Axis } from './axis.ts';
import { ChartOverlay } from './chart-overlay.tsx';
import { wordsOf, type Group } from './groups.ts';
import { PlotCanvas } from './plot-canvas.tsx';
import { LEFT, plotOf, RIGHT } from './plot.ts';
import { nearest, type SeriesData } from './series-data.ts';
import { smoothed } from './smooth.ts';
import { zoomed } from './use-zoom.ts';
import styles from './metrics.module.css';

/** Until it is known how wide the card is. */
const WIDTH = 400;
/** Part of the axis that an arrow key moves by. */
const KEY_STEP = 0.02;
const KEY_ZOOM = 1.5;

interface Props {
  series: SeriesData;
  stepText: Group['stepText'];
  axis: Axis;
  log: boolean;
  /** Weight of the smoothing, from 0 to below 1. */
  smoothing: number;
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

/** One metric over its steps. Pointing at it, or the arrow keys, read a value. */
export function Chart({ series, stepText, axis, log, smoothing }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const width = useGridWidth(box) || WIDTH;
  const { view, cursor } = axis;
  const { title, text, fromZero } = wordsOf(series.name);
  const values = useMemo(
    () => smoothed(series.values, series.length, smoothing),
    [series, smoothing],
  );
  const plot = useMemo(
    () => plotOf(series, values, { view, log, width, fromZero }),
    [series, values, view, log, width, fromZero],
  );
  const at = cursor === null ? -1 : nearest(series, cursor);
  const shown = at >= 0 ? values[at]! : series.last;
  const stepAt = (offset: number): number => {
    const part = Math.min(1, Math.max(0, (offset - LEFT) / (width - LEFT - RIGHT)));
    return view.from + part * (view.to - view.from);
  };
  const onPoint = (event: PointerEvent<SVGSVGElement>): void =>
    axis.onCursor(stepAt(event.clientX - event.currentTarget.getBoundingClientRect().left));
  const step = at >= 0 ? series.steps[at]! : null;
  return (
    <figure className={styles.card}>
      <figcaption className={styles.head}>
        <span className={`ellipsis ${styles.name}`} title={series.name}>
          {title}
        </span>
        <span className="meta">{step === null ? 'last' : stepText(step)}</span>
        <span className="mono">{shown === null ? '–' : text(shown)}</span>
      </figcaption>
      <div
        ref={box}
        role="slider"
        tabIndex={0}
        aria-label={`${title} over ${formatCount(series.count)} steps`}
        aria-valuemin={axis.steps.from}
        aria-valuemax={axis.steps.to}
        aria-valuenow={step ?? axis.steps.to}
        aria-valuetext={`${shown === null ? 'no value' : text(shown)}${step === null ? '' : `, ${stepText(step)}`}`}
        className={styles.plot}
        onKeyDown={(event) => onKey(event, axis)}
        onBlur={() => axis.onCursor(null)}
      >
        {plot ? (
          <>
            <PlotCanvas series={series} values={values} plot={plot} width={width} />
            <ChartOverlay
              {...{ plot, width, axis, stepAt, onPoint, text }}
              point={step === null ? null : { step, value: values[at]! }}
            />
          </>
        ) : (
          <p className={styles.none}>
            {log
              ? 'No value is above zero: a log scale shows none of them.'
              : 'No value here is a number that can be drawn.'}
          </p>
        )}
      </div>
    </figure>
  );
}
