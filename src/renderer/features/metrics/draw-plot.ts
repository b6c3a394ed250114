import { drawLine } from './columns.ts';
import { BOTTOM, HEIGHT, LEFT, linesOf, RIGHT, TOP, type Plot } from './plot.ts';
import type { SeriesData } from './series-data.ts';

export interface Drawn {
  series: SeriesData;
  /** Its values, smoothed or not. */
  values: Float64Array;
  plot: Plot;
  width: number;
}

/** Draws in the pixels of the screen, in the colours that the canvas has by its style. */
export function drawPlot(canvas: HTMLCanvasElement, { series, values, plot, width }: Drawn): void {
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
