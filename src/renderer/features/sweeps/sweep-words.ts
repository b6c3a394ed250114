import type { SweepPlan } from '../../../shared/domain/sweep.ts';
import { plural } from '../../lib/format.ts';

/** A plan in words: "Grid of 2 inputs", "12 random draws, seed 7". */
export function planWords(plan: SweepPlan, cells: number): string {
  const inputs = plural(plan.axes.length, 'input');
  if (plan.method === 'grid') return `Grid over ${inputs}`;
  return `${plural(cells, 'random cell')} over ${inputs}, seed ${plan.seed}`;
}

/** The names of the inputs that a plan varies. */
export const inputsOf = (plan: SweepPlan): string[] => plan.axes.map(({ input }) => input);
