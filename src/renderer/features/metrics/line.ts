import type { MetricSeries } from '../../../shared/domain/tracked.ts';
import type { Scale } from './scale.ts';

type Point = MetricSeries['points'][number];

/** What a column of pixels holds of the line: where it comes in, how far it reaches, where it leaves. */
interface Column {
  x: number;
  first: number;
  low: number;
  high: number;
  last: number;
}

const fixed = (value: number): string => String(Math.round(value * 10) / 10);

function columnText({ x, first, low, high, last }: Column, start: boolean): string {
  const to = `${start ? 'M' : 'L'}${x} ${fixed(first)}`;
  if (low === high) return to;
  return `${to}V${fixed(low)}V${fixed(high)}V${fixed(last)}`;
}

/**
 * The path of a line, one column of pixels at a time: as many points as the screen can show, and no
 * peak lost. What the scale cannot show is a gap.
 */
export function linePath(points: readonly Point[], x: Scale, y: Scale): string {
  const lines: Column[][] = [];
  let line: Column[] = [];
  for (const { step, value } of points) {
    const at = Math.round(x(step) ?? 0);
    const up = y(value);
    if (up === null) {
      line = [];
      continue;
    }
    if (line.length === 0) lines.push(line);
    const column = line.at(-1);
    if (column?.x === at) {
      column.low = Math.min(column.low, up);
      column.high = Math.max(column.high, up);
      column.last = up;
    } else line.push({ x: at, first: up, low: up, high: up, last: up });
  }
  return lines.map(lineText).join('');
}

/** A point that stands alone is a line of no length, which round ends make a dot. */
function lineText(columns: readonly Column[]): string {
  const text = columns.map((column, i) => columnText(column, i === 0)).join('');
  return columns.length === 1 ? `${text}h0` : text;
}

/** The point nearest to a step. Points are in order of their steps. */
export function nearest(points: readonly Point[], step: number): Point | null {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle]!.step < step) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [points[low - 1], points[low]];
  if (!before || !after) return after ?? before ?? null;
  return step - before.step <= after.step - step ? before : after;
}
