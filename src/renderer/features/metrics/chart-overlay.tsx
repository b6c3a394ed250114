import { useMemo, useRef, type PointerEvent } from 'react';
import { formatCount } from '../../lib/format.ts';
import type { Axis } from './axis.ts';
import { BOTTOM, HEIGHT, LEFT, RIGHT, TOP, type Plot } from './plot.ts';
import { useZoom } from './use-zoom.ts';
import styles from './metrics.module.css';

/** A number this near to the right edge would be cut off if it stood in the middle of its place. */
const EDGE = 32;

interface Props {
  plot: Plot;
  width: number;
  axis: Axis;
  /** The value that is read. */
  point: { step: number; value: number } | null;
  stepAt: (offset: number) => number;
  onPoint: (event: PointerEvent<SVGSVGElement>) => void;
  text: (value: number) => string;
}

function Axes({ plot, width, text }: Pick<Props, 'plot' | 'width' | 'text'>) {
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
            y={HEIGHT - 4}
            textAnchor={isAtEdge ? 'end' : 'middle'}
          >
            {formatCount(tick)}
          </text>
        );
      })}
    </g>
  );
}

function Cursor({ plot, point }: { plot: Plot; point: NonNullable<Props['point']> }) {
  const x = plot.x(point.step);
  const up = plot.y(point.value);
  if (x === null || point.step < plot.view.from || point.step > plot.view.to) return null;
  return (
    <g className={styles.cursor}>
      <line x1={x} x2={x} y1={TOP} y2={HEIGHT - BOTTOM} />
      {up !== null && Number.isFinite(up) && <circle cx={x} cy={up} r="3.5" />}
    </g>
  );
}

/** What lies over the line of a chart: axes, cursor, and what is selected. Changes without the line. */
export function ChartOverlay({ plot, width, axis, point, stepAt, onPoint, text }: Props) {
  const svg = useRef<SVGSVGElement>(null);
  const axes = useMemo(() => <Axes plot={plot} width={width} text={text} />, [plot, width, text]);
  const { steps: whole, view, onView } = axis;
  const zoom = useZoom(svg, { whole, view, stepAt, onView });
  const [from, to] = zoom.drag
    ? [Math.min(zoom.drag.from, zoom.drag.to), Math.max(zoom.drag.from, zoom.drag.to)]
    : [0, 0];
  return (
    <svg
      ref={svg}
      width="100%"
      height={HEIGHT}
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
          height={HEIGHT - TOP - BOTTOM}
        />
      )}
      {point && <Cursor plot={plot} point={point} />}
    </svg>
  );
}
