import type { InputField } from '../../../shared/domain/inputs.ts';
import type { SweepAxis, SweepPlan } from '../../../shared/domain/sweep.ts';
import { readAxis, type AxisDraft } from './axis-draft.ts';

/** Which cells a sweep has and how it is run, as it was typed. The axes are by the name of their input. */
export interface SweepDraft {
  method: SweepPlan['method'];
  axes: Readonly<Record<string, AxisDraft>>;
  /** Cells of a random sweep. */
  count: string;
  seed: string;
  /** Cells that run at a time. */
  concurrency: string;
  name: string;
}

export const NO_SWEEP: SweepDraft = {
  method: 'grid',
  axes: {},
  count: '10',
  seed: '0',
  concurrency: '1',
  name: '',
};

export const isSweep = (draft: SweepDraft): boolean => Object.keys(draft.axes).length > 0;

/** Seeds that are short enough to read out. */
const SEEDS = 100_000;

export const newSeed = (): string => String(Math.floor(Math.random() * SEEDS));

/** A whole number of at least `least`, or null. */
export function wholeNumber(text: string, least: number): number | null {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) && value >= least ? value : null;
}

/** The draft with one axis more, changed, or (null) less. A draw makes the sweep a random one. */
export function withAxis(draft: SweepDraft, input: string, axis: AxisDraft | null): SweepDraft {
  const { [input]: _before, ...others } = draft.axes;
  const axes = axis ? { ...draft.axes, [input]: axis } : others;
  return { ...draft, axes, method: axis?.kind === 'draw' ? 'random' : draft.method };
}

export type ReadSweep = { plan: SweepPlan; concurrency: number } | { problem: string };

/** What a draft comes to, or the first thing that is wrong with it. */
export function readSweep(draft: SweepDraft, fields: readonly InputField[]): ReadSweep {
  const axes: SweepAxis[] = [];
  for (const [input, axis] of Object.entries(draft.axes)) {
    const field = fields.find(({ name }) => name === input);
    if (!field) return { problem: `This version has no input ${input}` };
    const read = readAxis(field, axis);
    if ('problem' in read) return { problem: `${field.title ?? input}: ${read.problem}` };
    axes.push(read.axis);
  }
  const count = wholeNumber(draft.count, 1);
  const seed = wholeNumber(draft.seed, 0);
  const concurrency = wholeNumber(draft.concurrency, 1);
  if (draft.method === 'random' && count === null) return { problem: 'Say how many runs to draw' };
  if (seed === null) return { problem: 'The seed is a whole number' };
  if (concurrency === null) return { problem: 'Say how many run at a time: at least 1' };
  const { method } = draft;
  return { plan: { method, axes, count: method === 'random' ? count : null, seed }, concurrency };
}
