import { useMemo, useRef, useState } from 'react';
import { formatCount, plural } from '../../lib/format.ts';
import { navigate } from '../../stores/ui.ts';
import { useGridWidth } from '../../ui/grid-model.ts';
import { formatValue } from '../metrics/scale.ts';
import { valueText } from '../runs/flat-values.ts';
import type { Cell } from './cells.ts';
import { plotOf, type Dot, type Plot } from './plot.ts';
import styles from './sweep.module.css';

const HEIGHT = 176;
/** Until it is known how wide the place is. */
const WIDTH = 640;

interface Props {
  cells: readonly Cell[];
  input: string;
  metric: string;
  best: number | null;
}

function Axes({ plot, input, width }: { plot: Plot; input: string; width: number }) {
  const { xTicks, yTicks, left, right, bottom } = plot;
  return (
    <g className={styles.axes}>
      {yTicks.map(({ at, text }) => (
        <g key={text}>
          <line x1={left} x2={right} y1={at} y2={at} />
          <text x={left - 8} y={at + 4} textAnchor="end">
            {text}
          </text>
        </g>
      ))}
      {xTicks.map(({ at, text }) => (
        <text key={text} x={at} y={bottom + 16} textAnchor="middle">
          {text}
        </text>
      ))}
      <text x={width / 2} y={bottom + 32} textAnchor="middle">
        {input}
      </text>
    </g>
  );
}

const describe = ({ cell }: Dot): string =>
  Object.entries(cell.values)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(', ');

/** What is pointed at, in words; else what the plot shows. */
function Reading({ dot, metric, plot }: { dot: Dot | null; metric: string; plot: Plot }) {
  const { dots, total } = plot;
  if (!dot) {
    const all = `${plural(total, 'run')} with ${metric}`;
    return <>{dots.length < total ? `${formatCount(dots.length)} of ${all}` : all}</>;
  }
  return (
    <>
      <span className="mono">{formatValue(dot.value)}</span> {describe(dot)}
    </>
  );
}

/** One metric over one input: a dot for each cell that has both. The table says the same in words. */
export function MetricPlot({ cells, input, metric, best }: Props) {
  const box = useRef<HTMLElement>(null);
  const width = useGridWidth(box) || WIDTH;
  const [pointed, setPointed] = useState<number | null>(null);
  const plot = useMemo(
    () => plotOf(cells, input, metric, width, HEIGHT),
    [cells, input, metric, width],
  );
  if (!plot) return null;
  const dot = plot.dots.find(({ cell }) => cell.cell === pointed) ?? null;
  return (
    <figure ref={box} aria-label={`${metric} over ${input}`} className={styles.plot}>
      <figcaption className={`ellipsis ${styles.reading}`}>
        <Reading dot={dot} metric={metric} plot={plot} />
      </figcaption>
      <svg width="100%" height={HEIGHT} aria-hidden="true" onPointerLeave={() => setPointed(null)}>
        <Axes plot={plot} input={input} width={width} />
        {plot.dots.map(({ x, y, value, cell }) => (
          <circle
            key={cell.cell}
            cx={x}
            cy={y}
            r={cell.cell === pointed ? 6 : value === best ? 5 : 4}
            className={value === best ? styles.bestDot : styles.dot}
            onPointerEnter={() => setPointed(cell.cell)}
            onClick={() => cell.run && navigate({ page: 'run', runId: cell.run.id, tab: 'log' })}
          />
        ))}
      </svg>
    </figure>
  );
}
