import { drawLine, type Pen } from './columns.ts';
import { BOTTOM, HEIGHT, LEFT, linesOf, RIGHT, TOP, type Plot } from './plot.ts';
import type { SeriesData } from './series-data.ts';

const THICKNESS = 1.75;
const HALF = THICKNESS / 2;

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
  resize(canvas, Math.round(width * ratio), Math.round(HEIGHT * ratio));
  const context = canvas.getContext('2d');
  if (!context) return;
  context.save();
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.scale(ratio, ratio);
  context.beginPath();
  context.rect(LEFT - 1, TOP - 2, width - LEFT - RIGHT + 2, HEIGHT - TOP - BOTTOM + 4);
  context.clip();
  context.strokeStyle = context.fillStyle = getComputedStyle(canvas).color;
  context.lineWidth = THICKNESS;
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.beginPath();
  const pen: Pen = {
    moveTo: (x, y) => context.moveTo(x, y),
    lineTo: (x, y) => context.lineTo(x, y),
    bar: (x, low, high) =>
      context.fillRect(x - HALF, low - HALF, THICKNESS, high - low + THICKNESS),
  };
  drawLine(pen, { steps: series.steps, values, range: plot.range, ...linesOf(plot, width) });
  context.stroke();
  context.restore();
}

/** A canvas that is given its size gets new memory, also when it is the size it has. */
function resize(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
