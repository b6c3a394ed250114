import type { Run, RunState } from '../../../shared/domain/run.ts';
import { ACTIVE_STATES, TERMINAL_STATES } from '../../../shared/domain/run.ts';
import type { SweepCell } from '../../../shared/domain/sweep.ts';
import { flatValues } from '../runs/flat-values.ts';

/** A cell as the table shows it. */
export interface Cell {
  cell: number;
  values: SweepCell['values'];
  /** Its newest run; undefined until it is read. */
  run: Run | undefined;
  /** What that run came to, by the names of columns. */
  results: ReadonlyMap<string, unknown>;
}

export const cellsWith = (cells: readonly SweepCell[], runs: ReadonlyMap<number, Run>): Cell[] =>
  cells.map(({ cell, values }) => {
    const run = runs.get(cell);
    return { cell, values, run, results: flatValues(run?.summary ?? null) };
  });

/** What is done comes first, so that the line of parts fills from its start. */
const IN_ORDER: readonly RunState[] = [...TERMINAL_STATES, ...ACTIVE_STATES.toReversed()];

/** How many cells are in each state, from those that ended to those that wait; only states there are. */
export const countStates = (states: Readonly<Record<string, number>>): [RunState, number][] =>
  IN_ORDER.flatMap((state): [RunState, number][] =>
    states[state] ? [[state, states[state]]] : [],
  );

/** Cells that ended otherwise than they should: those that "run failed again" starts. */
export const failedCount = (states: Readonly<Record<string, number>>): number =>
  (states['failed'] ?? 0) + (states['crashed'] ?? 0);

export const activeCount = (states: Readonly<Record<string, number>>): number =>
  ['queued', 'preparing', 'building', 'starting', 'running', 'stopping'].reduce(
    (sum, state) => sum + (states[state] ?? 0),
    0,
  );

export type Goal = 'lowest' | 'highest';

/** Words in the names of metrics that one wants small. */
const SMALL =
  /loss|error|(^|[._/-])(err|mae|mse|rmse|wer|cer|nll|perplexity|ppl|time|seconds|latency|regret)([._/-]|$)/i;

/** Whether small or great values of a metric are likely the good ones, by its name. */
export const likelyGoal = (metric: string): Goal => (SMALL.test(metric) ? 'lowest' : 'highest');

/** The best value of a metric; null while there is none. Runs that failed do not count. */
export function bestValue(cells: readonly Cell[], metric: string, goal: Goal): number | null {
  const values = cells
    .filter(({ run }) => run && run.state !== 'failed' && run.state !== 'crashed')
    .map(({ results }) => results.get(metric))
    .filter((value) => typeof value === 'number' && Number.isFinite(value)) as number[];
  if (values.length === 0) return null;
  return values.reduce((a, b) => (goal === 'lowest' ? Math.min(a, b) : Math.max(a, b)));
}
