import { useMemo, useRef, type PointerEvent } from 'react';
import type { Axis } from './axis.ts';
import { BOTTOM, LEFT, RIGHT, TOP, type Plot } from './plot.ts';
import { useZoom } from './use-zoom.ts';
import styles from './metrics.module.css';

/** A number this near to the right edge would be cut off if it stood in the middle of its place. */
const EDGE = 32;

/** A value of one line at the cursor. */
export interface ReadPoint {
  step: number;
  value: number;
  colour: string | null;
}

interface Props {
  plot: Plot;
  axis: Axis;
  /** The values that are read. */
  points: readonly ReadPoint[];
  /** A place on the axis, as short as can be. */
  tickText: (step: number) => string;
  stepAt: (offset: number) => number;
  onPoint: (event: PointerEvent<SVGSVGElement>) => void;
  text: (value: number) => string;
}

function Axes({ plot, text, tickText }: Pick<Props, 'plot' | 'text' | 'tickText'>) {
  const { width, height } = plot;
  return (
    <g className={styles.axes}>
      {plot.yTicks.map((tick) => {
        const y = plot.y(tick) ?? 0;
        return (
          <g key={tick}>
            <line x1={LEFT} x2={width - RIGHT} y1={y} y2={y} />
            <text x={LEFT - 8} y={y + 4} textAnchor="end">
              {text(tick)}
            </text>
          </g>
        );
      })}
      {plot.xTicks.map((tick) => {
        const x = plot.x(tick) ?? 0;
        const isAtEdge = x > width - EDGE;
        return (
          <text
            key={tick}
            x={isAtEdge ? width - 2 : x}
            y={height - 4}
            textAnchor={isAtEdge ? 'end' : 'middle'}
          >
            {tickText(tick)}
          </text>
        );
      })}
    </g>
  );
}

function Cursor({ plot, points }: Pick<Props, 'plot' | 'points'>) {
  const { step } = points[0]!;
  const x = plot.x(step);
  if (x === null || step < plot.view.from || step > plot.view.to) return null;
  return (
    <g className={styles.cursor}>
      <line x1={x} x2={x} y1={TOP} y2={plot.height - BOTTOM} />
      {points.map(({ step: at, value, colour }, i) => {
        const [cx, cy] = [plot.x(at), plot.y(value)];
        if (cx === null || cy === null || !Number.isFinite(cy)) return null;
        return (
          <circle key={i} cx={cx} cy={cy} r="3.5" style={colour ? { fill: colour } : undefined} />
        );
      })}
    </g>
  );
}

/** What lies over the lines of a chart: axes, cursor, and what is selected. Changes without the lines. */
export function ChartOverlay(props: Props) {
  const { plot, axis, points, stepAt, onPoint, text, tickText } = props;
  const { width, height } = plot;
  const svg = useRef<SVGSVGElement>(null);
  const axes = useMemo(
    () => <Axes plot={plot} text={text} tickText={tickText} />,
    [plot, text, tickText],
  );
  const { steps: whole, view, onView } = axis;
  const zoom = useZoom(svg, { whole, view, stepAt, onView });
  const [from, to] = zoom.drag
    ? [Math.min(zoom.drag.from, zoom.drag.to), Math.max(zoom.drag.from, zoom.drag.to)]
    : [0, 0];
  return (
    <svg
      ref={svg}
      width="100%"
      height={height}
      aria-hidden="true"
      className={styles.overlay}
      onPointerDown={zoom.onPointerDown}
      onPointerMove={(event) => {
        zoom.onPointerMove(event);
        onPoint(event);
      }}
      onPointerUp={zoom.onPointerUp}
      onPointerLeave={() => axis.onCursor(null)}
      onDoubleClick={() => onView(null)}
    >
      {axes}
      {zoom.drag && (
        <rect
          className={styles.selection}
          x={Math.max(LEFT, from)}
          width={Math.max(0, Math.min(to, width - RIGHT) - Math.max(LEFT, from))}
          y={TOP}
          height={height - TOP - BOTTOM}
        />
      )}
      {points.length > 0 && <Cursor plot={plot} points={points} />}
    </svg>
  );
}
