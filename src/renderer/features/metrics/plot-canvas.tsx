import { useEffect, useRef } from 'react';
import { drawLine } from './columns.ts';
import { BOTTOM, HEIGHT, LEFT, linesOf, RIGHT, TOP, type Plot } from './plot.ts';
import type { SeriesData } from './series-data.ts';
import styles from './metrics.module.css';

interface Props {
  series: SeriesData;
  /** Its values, smoothed or not. */
  values: Float64Array;
  plot: Plot;
  width: number;
}

/** The line of a chart. A canvas: a path of this many points would be slow to change as it grows. */
export function PlotCanvas({ series, values, plot, width }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const draw = () => canvas.current && drawPlot(canvas.current, { series, values, plot, width });
    draw();
    // Colours are read when it is drawn.
    const theme = matchMedia('(prefers-color-scheme: dark)');
    theme.addEventListener('change', draw);
    return () => theme.removeEventListener('change', draw);
  }, [series, values, plot, width]);
  return <canvas ref={canvas} aria-hidden="true" className={styles.canvas} />;
}

/** Draws in the pixels of the screen, in the colours that the canvas has by its style. */
export function drawPlot(canvas: HTMLCanvasElement, { series, values, plot, width }: Props): void {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(HEIGHT * ratio);
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(ratio, ratio);
  context.beginPath();
  context.rect(LEFT - 1, TOP - 2, width - LEFT - RIGHT + 2, HEIGHT - TOP - BOTTOM + 4);
  context.clip();
  context.beginPath();
  drawLine(context, { steps: series.steps, values, range: plot.range, ...linesOf(plot, width) });
  context.strokeStyle = getComputedStyle(canvas).color;
  context.lineWidth = 1.75;
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.stroke();
}
