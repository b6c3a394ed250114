import { useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { MetricSeries } from '../../../shared/domain/tracked.ts';
import { formatCount } from '../../lib/format.ts';
import { useGridWidth } from '../../ui/grid-model.ts';
import { linePath, nearest } from './line.ts';
import {
  domainOf,
  formatValue,
  linearScale,
  linearTicks,
  logScale,
  logTicks,
  type Domain,
} from './scale.ts';
import styles from './metrics.module.css';

const HEIGHT = 168;
const LEFT = 56;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 20;
/** Until it is known how wide the card is. */
const WIDTH = 400;
/** Part of the axis that an arrow key moves by. */
const KEY_STEP = 0.02;

interface Props {
  series: MetricSeries;
  /** The steps of all charts, so that one cursor fits them. */
  steps: Domain;
  log: boolean;
  /** The step that is pointed at, in any chart. */
  cursor: number | null;
  onCursor: (step: number | null) => void;
}

/** Scales, ticks and path of a chart; null when the scale can show none of its values. */
function plotOf({ points }: MetricSeries, steps: Domain, log: boolean, width: number) {
  const values = points.map(({ value }) => value).filter((value) => !log || value > 0);
  const domain = domainOf(log && values.length > 0 ? positive(values) : values);
  if (!domain) return null;
  const x = linearScale(steps, LEFT, width - RIGHT);
  const y = (log ? logScale : linearScale)(domain, HEIGHT - BOTTOM, TOP);
  return {
    x,
    y,
    path: linePath(points, x, y),
    yTicks: (log ? logTicks : linearTicks)(domain, 5),
    xTicks: linearTicks(steps, Math.max(2, Math.floor(width / 96))),
  };
}

/** Values whose domain stays above zero when it is widened. */
const positive = (values: number[]): number[] => {
  const domain = domainOf(values)!;
  return domain.from > 0 ? [domain.from, domain.to] : values.flatMap((v) => [v / 2, v * 2]);
};

type Plot = NonNullable<ReturnType<typeof plotOf>>;

function Axes({ plot, width }: { plot: Plot; width: number }) {
  return (
    <g aria-hidden="true" className={styles.axes}>
      {plot.yTicks.map((tick) => {
        const y = plot.y(tick) ?? 0;
        return (
          <g key={tick}>
            <line x1={LEFT} x2={width - RIGHT} y1={y} y2={y} />
            <text x={LEFT - 8} y={y + 4} textAnchor="end">
              {formatValue(tick)}
            </text>
          </g>
        );
      })}
      {plot.xTicks.map((tick) => (
        <text key={tick} x={plot.x(tick) ?? 0} y={HEIGHT - 4} textAnchor="middle">
          {formatCount(tick)}
        </text>
      ))}
    </g>
  );
}

/** One metric over its steps. Pointing at it, or the arrow keys, read a value. */
export function Chart({ series, steps, log, cursor, onCursor }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const width = useGridWidth(box) || WIDTH;
  const plot = useMemo(() => plotOf(series, steps, log, width), [series, steps, log, width]);
  const axes = useMemo(() => plot && <Axes plot={plot} width={width} />, [plot, width]);
  const point = cursor === null ? null : nearest(series.points, cursor);

  const toStep = (event: PointerEvent<SVGSVGElement>): number => {
    const offset = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const part = Math.min(1, Math.max(0, (offset - LEFT) / (width - LEFT - RIGHT)));
    return steps.from + part * (steps.to - steps.from);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Escape' && cursor !== null) onCursor(null);
    else if (by) {
      const move = by * Math.max(1, (steps.to - steps.from) * KEY_STEP);
      onCursor(Math.min(steps.to, Math.max(steps.from, (cursor ?? steps.to) + move)));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const shown = point?.value ?? series.last;
  const up = point && plot ? plot.y(point.value) : null;
  return (
    <figure className={styles.card}>
      <figcaption className={styles.head}>
        <span className={`ellipsis ${styles.name}`} title={series.name}>
          {series.name}
        </span>
        <span className="meta">{point ? `step ${formatCount(point.step)}` : 'last'}</span>
        <span className="mono">{shown === null ? '–' : formatValue(shown)}</span>
      </figcaption>
      <div
        ref={box}
        role="slider"
        tabIndex={0}
        aria-label={`${series.name} over ${formatCount(series.count)} steps`}
        aria-valuemin={steps.from}
        aria-valuemax={steps.to}
        aria-valuenow={point?.step ?? steps.to}
        aria-valuetext={shown === null ? 'no value' : formatValue(shown)}
        className={styles.plot}
        onKeyDown={onKeyDown}
        onBlur={() => onCursor(null)}
      >
        {plot ? (
          <svg
            width="100%"
            height={HEIGHT}
            aria-hidden="true"
            onPointerMove={(event) => onCursor(toStep(event))}
            onPointerLeave={() => onCursor(null)}
          >
            {axes}
            <path d={plot.path} className={styles.line} />
            {point && up !== null && (
              <g className={styles.cursor}>
                <line
                  x1={plot.x(point.step)!}
                  x2={plot.x(point.step)!}
                  y1={TOP}
                  y2={HEIGHT - BOTTOM}
                />
                <circle cx={plot.x(point.step)!} cy={up} r="3.5" />
              </g>
            )}
          </svg>
        ) : (
          <p className={styles.none}>No value is above zero: a log scale shows none of them.</p>
        )}
      </div>
    </figure>
  );
}
