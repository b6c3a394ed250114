import {
  domainOf,
  formatValue,
  linearScale,
  linearTicks,
  logScale,
  logTicks,
} from '../metrics/scale.ts';
import { compareValues, valueText } from '../runs/flat-values.ts';
import type { Cell } from './cells.ts';

const LEFT = 64;
const RIGHT = 16;
const TOP = 8;
const BOTTOM = 40;
/** Values of an input that are words stand side by side; beyond this there is no room for their names. */
const NAMES = 24;
const NAME_LENGTH = 14;
/** From this ratio of greatest to least on, an input is drawn on a log scale. */
const LOG_FROM = 100;
/** Dots that are drawn: more would lie on each other, and be slow. */
const DOTS = 2000;
/** Width that a number below the plot needs, in px. */
const TICK_ROOM = 80;

interface Tick {
  at: number;
  text: string;
}

export interface Dot {
  x: number;
  y: number;
  value: number;
  cell: Cell;
}

export interface Plot {
  dots: Dot[];
  /** Cells that have the metric: where there are very many, only some of them are dots. */
  total: number;
  xTicks: Tick[];
  yTicks: Tick[];
  left: number;
  right: number;
  bottom: number;
}

type Axis = { place: (value: unknown) => number | null; ticks: Tick[] };

const short = (text: string): string =>
  text.length > NAME_LENGTH ? `${text.slice(0, NAME_LENGTH - 1)}…` : text;

/** An input of numbers: its own values where there is room to name them; on a log scale when they go over more than two powers of ten. */
function numberAxis(values: readonly number[], start: number, end: number): Axis {
  const domain = domainOf(values) ?? { from: 0, to: 1 };
  const log = domain.from > 0 && domain.to / domain.from >= LOG_FROM;
  const scale = (log ? logScale : linearScale)(domain, start, end);
  const room = Math.max(2, Math.floor((end - start) / TICK_ROOM));
  const own = [...new Set(values)].toSorted((a, b) => a - b);
  const near = own.some((value, i) => i > 0 && scale(value)! - scale(own[i - 1]!)! < TICK_ROOM / 2);
  const ticks = own.length <= room && !near ? own : (log ? logTicks : linearTicks)(domain, room);
  return {
    place: (value) => scale(Number(value)),
    ticks: ticks.map((tick) => ({ at: scale(tick) ?? 0, text: formatValue(tick) })),
  };
}

/** An input of words: its values side by side, in order. */
function wordAxis(values: readonly unknown[], start: number, end: number): Axis {
  const words = [...new Set(values.toSorted(compareValues).map(valueText))];
  const step = (end - start) / words.length;
  const at = (word: string): number => start + (words.indexOf(word) + 0.5) * step;
  return {
    place: (value) => at(valueText(value)),
    ticks: words.length <= NAMES ? words.map((word) => ({ at: at(word), text: short(word) })) : [],
  };
}

/** Evenly chosen ones of very many, always with the least and the greatest value. */
function thinned(known: readonly { cell: Cell; value: number }[]): typeof known {
  if (known.length <= DOTS) return known;
  const every = Math.ceil(known.length / DOTS);
  const values = known.map(({ value }) => value);
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  return known.filter(({ value }, i) => i % every === 0 || value === least || value === most);
}

/** Where the dots of a metric over an input are; null while no cell has the metric. */
export function plotOf(
  cells: readonly Cell[],
  input: string,
  metric: string,
  width: number,
  height: number,
): Plot | null {
  const known = cells.flatMap((cell) => {
    const value = cell.results.get(metric);
    return typeof value === 'number' && Number.isFinite(value) ? [{ cell, value }] : [];
  });
  const domain = domainOf(known.map(({ value }) => value));
  if (!domain) return null;
  const right = width - RIGHT;
  const bottom = height - BOTTOM;
  const inputs = known.map(({ cell }) => cell.values[input]);
  const x = inputs.every((value) => typeof value === 'number')
    ? numberAxis(inputs, LEFT + 8, right - 8)
    : wordAxis(inputs, LEFT, right);
  const y = linearScale(domain, bottom - 6, TOP + 6);
  return {
    total: known.length,
    dots: thinned(known).flatMap(({ cell, value }) => {
      const at = x.place(cell.values[input]);
      return at === null ? [] : [{ x: at, y: y(value) ?? 0, value, cell }];
    }),
    xTicks: x.ticks,
    yTicks: linearTicks(domain, 4).map((tick) => ({ at: y(tick) ?? 0, text: formatValue(tick) })),
    left: LEFT,
    right,
    bottom,
  };
}
