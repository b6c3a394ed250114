import type { LaunchProblem, LaunchSpec } from '../../shared/domain/launch-spec.ts';
import type { NewRun } from '../db/insert-run.ts';
import type { NewCell } from '../db/sweep-drafts-repo.ts';
import type { Planner } from '../launch/planner.ts';
import { newRun, type LaunchBase, type Launcher } from '../launch/launcher.ts';
import { problemError } from '../launch/refuse-problems.ts';
import type { Control } from '../snapshots/snapshots.ts';
import type { CellValues } from './cells.ts';
import { Turns } from './turns.ts';

export type CellPlanner = Pick<Planner, 'plan'>;

export const specOfCell = (spec: LaunchSpec, values: CellValues): LaunchSpec => ({
  ...spec,
  values: { ...spec.values, ...values },
});

/**
 * The runs of all cells, each checked as a launch of it would be, letting others have their turn.
 * @throws AppError for the first cell that could not be launched, naming it; `E_CANCELLED`
 */
export async function planCells(
  { launcher, planner }: { launcher: Launcher; planner: CellPlanner },
  { base, spec, place }: { base: LaunchBase; spec: LaunchSpec; place: NewRun['queue'] },
  cells: readonly CellValues[],
  control: Control,
): Promise<NewCell[]> {
  const planned: NewCell[] = [];
  const turns = new Turns(control.signal);
  for (const [cell, values] of cells.entries()) {
    const given = specOfCell(spec, values);
    const { inputs, problems } = await launcher.plan(base, given, control.signal, planner);
    if (problems.length > 0) throw cellError(cell, problems);
    planned.push({ values, run: newRun(base, null, inputs, place) });
    if (await turns.next()) {
      control.onProgress?.({ text: 'Checking the cells', done: cell + 1, total: cells.length });
    }
  }
  return planned;
}

function cellError(cell: number, problems: readonly LaunchProblem[]) {
  const [first, ...others] = problems;
  return problemError([{ ...first!, message: `Cell ${cell + 1}: ${first!.message}` }, ...others]);
}
