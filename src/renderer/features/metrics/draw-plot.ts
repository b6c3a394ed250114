import { drawLine, type Pen } from './columns.ts';
import { BOTTOM, LEFT, linesOf, RIGHT, TOP, type Plot, type Shown } from './plot.ts';

const THICKNESS = 1.75;
const HALF = THICKNESS / 2;
/** Of the values themselves, behind the smoothed ones. */
const FAINT = 0.25;

export interface DrawnLine extends Shown {
  /** A colour that a style can have: `var(--run-2)`; null for that of the canvas. */
  colour: string | null;
  /** Lengths of line and gap, so that colour is not the only difference; none for a whole line. */
  dash: readonly number[];
}

export interface Drawn {
  lines: readonly DrawnLine[];
  plot: Plot;
}

/** Draws in the pixels of the screen, in the colours that the canvas has by its style. */
export function drawPlot(canvas: HTMLCanvasElement, { lines, plot }: Drawn): void {
  const { width, height } = plot;
  const ratio = window.devicePixelRatio || 1;
  resize(canvas, Math.round(width * ratio), Math.round(height * ratio));
  const context = canvas.getContext('2d');
  if (!context) return;
  context.save();
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.scale(ratio, ratio);
  context.beginPath();
  context.rect(LEFT - 1, TOP - 2, width - LEFT - RIGHT + 2, height - TOP - BOTTOM + 4);
  context.clip();
  context.lineWidth = THICKNESS;
  context.lineJoin = 'round';
  context.lineCap = 'round';
  lines.forEach((line, i) => {
    context.strokeStyle = context.fillStyle = colourOn(canvas, line.colour);
    const range = plot.ranges[i]!;
    const { series, values } = line;
    context.setLineDash([]);
    if (values !== series.values) {
      context.globalAlpha = FAINT;
      stroke(context, { steps: series.steps, values: series.values, range }, plot);
      context.globalAlpha = 1;
    }
    context.setLineDash([...line.dash]);
    stroke(context, { steps: series.steps, values, range }, plot);
  });
  context.restore();
}

type Points = Pick<Parameters<typeof drawLine>[1], 'steps' | 'values' | 'range'>;

function stroke(context: CanvasRenderingContext2D, points: Points, plot: Plot): void {
  context.beginPath();
  const pen: Pen = {
    moveTo: (x, y) => context.moveTo(x, y),
    lineTo: (x, y) => context.lineTo(x, y),
    bar: (x, low, high) =>
      context.fillRect(x - HALF, low - HALF, THICKNESS, high - low + THICKNESS),
  };
  drawLine(pen, { ...points, ...linesOf(plot) });
  context.stroke();
}

/** A colour of the style, as a canvas takes it: in the theme of now. */
function colourOn(canvas: HTMLCanvasElement, colour: string | null): string {
  if (colour === null) return getComputedStyle(canvas).color;
  canvas.style.color = colour;
  const resolved = getComputedStyle(canvas).color;
  canvas.style.color = '';
  return resolved;
}

/** A canvas that is given its size gets new memory, also when it is the size it has. */
function resize(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
