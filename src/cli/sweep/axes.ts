import { AppError } from '../../shared/errors.ts';
import type { Json } from '../../shared/domain/json.ts';
import { SWEEP_LIMIT, type SweepAxis, type SweepPlan } from '../../shared/domain/sweep.ts';
import { stepsOf } from '../../core/sweeps/range.ts';

/** What an axis needs to know of the inputs of the version. */
export interface AxisInputs {
  /** A text as a value of the input, by its type. @throws AppError `E_PARAM_TYPE`, `E_PARAM_UNKNOWN` */
  read(name: string, text: string): Json;
  isInteger(name: string): boolean;
  /** Whether it takes texts, such as an option of a parser that names no type. */
  isText(name: string): boolean;
}

type Method = SweepPlan['method'];

const NUMBER = '[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?';
const RANGE = new RegExp(`^(${NUMBER})\\.\\.(${NUMBER})(?::(${NUMBER}))?$`);
const DRAW = new RegExp(`^(log|linear)\\(\\s*(${NUMBER})\\s*,\\s*(${NUMBER})\\s*\\)$`);

/**
 * One input of a sweep: `lr=0.1,0.01` or `lr=[...]` (values), `epochs=1..10:3` (steps),
 * `lr=log(1e-5,1e-1)` or `lr=0..1` (draws, of a random sweep).
 * @throws AppError `E_SWEEP`
 */
export function parseAxis(text: string, method: Method, inputs: AxisInputs): SweepAxis {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw notAnAxis(text);
  const input = text.slice(0, at);
  const values = text.slice(at + 1).trim();
  const draw = DRAW.exec(values);
  if (draw) return drawOf(input, draw, method, inputs);
  const range = RANGE.exec(values);
  if (range) return rangeOf(input, range, method, inputs);
  return { kind: 'list', input, values: listOf(input, values, inputs) };
}

function drawOf(
  input: string,
  [text, scale, min, max]: RegExpExecArray,
  method: Method,
  inputs: AxisInputs,
): SweepAxis {
  if (method === 'grid') {
    throw new AppError('E_SWEEP', `A grid cannot draw "${input}" from ${text}.`, {
      next: `Use --random ${input}=${text} with --count, or give steps: --grid ${input}=${min}..${max}:step.`,
    });
  }
  return {
    ...{ kind: 'draw', input, min: Number(min), max: Number(max) },
    scale: scale === 'log' ? 'log' : 'linear',
    integer: inputs.isInteger(input),
  };
}

/** Without a step: by ones in a grid, any number in between for a random sweep. */
function rangeOf(
  input: string,
  [, from, to, step]: RegExpExecArray,
  method: Method,
  inputs: AxisInputs,
): SweepAxis {
  const ends = { from: Number(from), to: Number(to) };
  if (step === undefined && method === 'random') {
    const integer = inputs.isInteger(input);
    return { kind: 'draw', input, min: ends.from, max: ends.to, scale: 'linear', integer };
  }
  const range = { kind: 'range' as const, input, ...ends, step: Number(step ?? 1) };
  return inputs.isText(input) ? asTexts(range) : range;
}

/** Steps as the texts that they are written as; what is wrong with them is told where all cells are made. */
function asTexts(range: SweepAxis & { kind: 'range' }): SweepAxis {
  const { count, at } = stepsOf(range);
  if (count === 0 || count > SWEEP_LIMIT) return range;
  const values = Array.from({ length: count }, (_, i) => String(at(i)));
  return { kind: 'list', input: range.input, values };
}

function listOf(input: string, text: string, inputs: AxisInputs): Json[] {
  if (!text.startsWith('[')) {
    return text.split(',').map((value) => inputs.read(input, value.trim()));
  }
  return elements(text).map((value) => inputs.read(input, asText(value)));
}

/** Values that hold a comma are written as a JSON list. @throws AppError `E_SWEEP` */
function elements(text: string): Json[] {
  try {
    const values: unknown = JSON.parse(text);
    if (Array.isArray(values)) return values as Json[];
  } catch {
    // Told below.
  }
  throw new AppError('E_SWEEP', `${text} is no JSON list.`, {
    next: 'Write it as ["a,b", "c"], or values without commas as a,b,c.',
  });
}

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

const notAnAxis = (text: string): AppError =>
  new AppError('E_SWEEP', `"${text}" does not say which values an input takes.`, {
    next: 'Write it as lr=0.1,0.01 or epochs=1..10:3, or for --random as lr=log(1e-5,1e-1).',
  });
