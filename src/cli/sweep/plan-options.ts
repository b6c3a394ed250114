import type { Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { SweepPlan } from '../../shared/domain/sweep.ts';
import { parseCount } from '../launch/units.ts';
import { parseAxis, type AxisInputs } from './axes.ts';

/** Options that say which cells a sweep has. */
export interface PlanOptions {
  grid?: string[];
  random?: string[];
  count?: number;
  seed?: number;
}

export function addPlanOptions(command: Command): Command {
  return command
    .optionsGroup('Which cells:')
    .option('--grid <name=values...>', 'every combination of: lr=0.1,0.01 epochs=1..10:3')
    .option('--random <name=values...>', 'drawn: lr=log(1e-5,1e-1) n=1..9 opt=adam,sgd')
    .option('--count <number>', 'cells of a random sweep', (text) => parseCount(text, 'cells'))
    .option('--seed <number>', 'the same seed draws the same cells', (text) =>
      parseCount(text, 'seeds', 0),
    );
}

/** A seed that is told, so that the sweep can be drawn again. */
const randomSeed = (): number => Math.floor(Math.random() * 1_000_000);

/** @throws AppError `E_SWEEP` */
export function planOf(options: PlanOptions, inputs: AxisInputs): SweepPlan {
  const { grid = [], random = [], count, seed } = options;
  const method = random.length > 0 ? 'random' : 'grid';
  checkPlan(options, method);
  return {
    method,
    axes: [...grid, ...random].map((text) => parseAxis(text, method, inputs)),
    count: method === 'random' ? (count ?? null) : null,
    seed: method === 'random' ? (seed ?? randomSeed()) : 0,
  };
}

function checkPlan(
  { grid = [], random = [], count, seed }: PlanOptions,
  method: SweepPlan['method'],
): void {
  if (grid.length + random.length === 0) {
    throw fault('No input is swept.', 'Give --grid name=values or --random name=values.');
  }
  if (grid.length > 0 && random.length > 0) {
    throw fault(
      'A sweep is either a grid or random.',
      'Use --random for every input; values such as a,b,c are drawn from too.',
    );
  }
  if (method === 'random' && count === undefined) {
    throw fault('It is not said how many cells to draw.', 'Add --count.');
  }
  if (method === 'grid' && (count !== undefined || seed !== undefined)) {
    throw fault('--count and --seed are for random sweeps.', 'Leave them out with --grid.');
  }
}

const fault = (message: string, next: string): AppError =>
  new AppError('E_SWEEP', message, { next });
