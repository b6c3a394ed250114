import type { Json } from '../../shared/domain/json.ts';
import type { SweepAxis } from '../../shared/domain/sweep.ts';
import { stepsOf } from './range.ts';

/** An axis as its values are had. */
export interface Axis {
  input: string;
  /** How many different values it has; `Infinity` for draws of numbers that are not whole. */
  size: number;
  /** One of a finite axis that is not drawn from, from 0. */
  at(index: number): Json;
  /** A value from a number of 0 to below 1. */
  draw(random: number): Json;
}

/** What is wrong with an axis by itself, in a sentence; null when nothing is. */
export function axisFault(axis: SweepAxis): string | null {
  if (axis.kind === 'list') return axis.values.length === 0 ? 'It has no values to try.' : null;
  if (axis.kind === 'range') return rangeFault(axis);
  return drawFault(axis);
}

function rangeFault(axis: SweepAxis & { kind: 'range' }): string | null {
  if (axis.step === 0) return 'Its step is 0.';
  const { count } = stepsOf(axis);
  return count === 0 ? `Steps of ${axis.step} do not lead from ${axis.from} to ${axis.to}.` : null;
}

function drawFault({ min, max, scale, integer }: SweepAxis & { kind: 'draw' }): string | null {
  if (max < min) return `Its greatest value ${max} is below its least ${min}.`;
  if (scale === 'log' && min <= 0) return 'A log scale starts above 0.';
  if (!Number.isFinite(max - min)) return 'It is too wide to draw from.';
  if (!integer) return null;
  if (!isSafe(min) || !isSafe(max)) return 'Its whole numbers are too large to be exact.';
  return Math.floor(max) < Math.ceil(min) ? `There is no whole number in it.` : null;
}

const isSafe = (n: number): boolean => Math.abs(n) <= Number.MAX_SAFE_INTEGER;

/** An axis that has no fault, as its values are had. */
export function axisOf(axis: SweepAxis): Axis {
  if (axis.kind === 'list') return finite(axis.input, different(axis.values));
  if (axis.kind === 'draw') return drawn(axis);
  const { count, at } = stepsOf(axis);
  return { input: axis.input, size: count, at, draw: (u) => at(Math.floor(u * count)) };
}

const different = (values: readonly Json[]): Json[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];

const finite = (input: string, values: readonly Json[]): Axis => ({
  input,
  size: values.length,
  at: (index) => values[index]!,
  draw: (u) => values[Math.floor(u * values.length)]!,
});

function drawn({ input, min, max, scale, integer }: SweepAxis & { kind: 'draw' }): Axis {
  if (!integer) {
    const number = scale === 'log' ? logBetween(min, max) : (u: number) => min + u * (max - min);
    const draw = (u: number): number => clamped(readable(number(u), min, max), min, max);
    return { input, size: min === max ? 1 : Infinity, at: () => min, draw };
  }
  const [first, last] = [Math.ceil(min), Math.floor(max)];
  const size = last - first + 1;
  const number = scale === 'log' ? logBetween(first, last + 1) : (u: number) => first + u * size;
  const draw = (u: number): number => clamped(Math.floor(number(u)), first, last);
  return { input, size, at: (index) => first + index, draw };
}

const logBetween =
  (min: number, max: number) =>
  (u: number): number =>
    Math.exp(Math.log(min) + u * (Math.log(max) - Math.log(min)));

const clamped = (n: number, min: number, max: number): number => Math.min(max, Math.max(min, n));

/** Six digits of what tells the values of a range apart: more say nothing, and cannot be read out. */
function readable(n: number, min: number, max: number): number {
  const spread = Math.log10(Math.max(Math.abs(min), Math.abs(max)) / (max - min));
  const digits = 6 + Math.max(0, Math.round(spread));
  return digits > 17 ? n : Number(n.toPrecision(digits));
}
