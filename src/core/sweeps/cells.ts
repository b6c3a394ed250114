import type { Json } from '../../shared/domain/json.ts';
import type { LaunchProblem } from '../../shared/domain/launch-spec.ts';
import { SWEEP_LIMIT, type SweepPlan } from '../../shared/domain/sweep.ts';
import { axisFault, axisOf, type Axis } from './axis.ts';
import { randomNumbers } from './random.ts';

/** What the inputs of one cell are given, by their names. */
export type CellValues = Record<string, Json>;

/** The cells of a plan that has no problems: how many, and the first of them in their order. */
export interface Cells {
  total: number;
  first(count: number): CellValues[];
}

/** Of so many times the cells that are asked for, they are chosen, not drawn. */
const DENSE = 4;
/** So many draws of cells that are there already, one after the other, and there are no more. */
const MISSES = 10_000;

const problem = (path: string, message: string, next: string | null = null): LaunchProblem => ({
  ...{ code: 'E_SWEEP', path, message, next },
});

/** What keeps a plan from having cells. */
export function planProblems(plan: SweepPlan): LaunchProblem[] {
  const { axes } = plan;
  if (axes.length === 0) {
    return [problem('plan.axes', 'The sweep varies no input.', 'Give an input several values.')];
  }
  const faults = axes.flatMap((axis) => {
    const fault = axisFault(axis) ?? (isTwice(plan, axis.input) ? 'It is varied twice.' : null);
    return fault === null ? [] : [problem(`values.${axis.input}`, `${axis.input}: ${fault}`)];
  });
  if (faults.length > 0) return faults;
  const fault = plan.method === 'grid' ? gridProblem(plan) : randomProblem(plan);
  return fault ? [fault] : [];
}

const isTwice = ({ axes }: SweepPlan, input: string): boolean =>
  axes.filter((axis) => axis.input === input).length > 1;

const sizeOf = (axes: readonly Axis[]): number => axes.reduce((n, { size }) => n * size, 1);

function gridProblem({ axes }: SweepPlan): LaunchProblem | null {
  const drawn = axes.find(({ kind }) => kind === 'draw');
  if (drawn) {
    const next = 'Give it a list or a range, or make the sweep a random one.';
    return problem(`values.${drawn.input}`, `A grid cannot draw values of ${drawn.input}.`, next);
  }
  return tooMany(sizeOf(axes.map(axisOf)), 'Give fewer values, or make the sweep a random one.');
}

function randomProblem({ axes, count, seed }: SweepPlan): LaunchProblem | null {
  if (count === null || count < 1) {
    return problem('plan.count', 'A random sweep needs a number of cells of at least 1.');
  }
  if (!Number.isSafeInteger(seed))
    return problem('plan.seed', 'The seed is too large to be exact.');
  const size = sizeOf(axes.map(axisOf));
  if (count > size) {
    const message = `There are only ${size} different cells, and ${count} were asked for.`;
    return problem('plan.count', message, `Ask for at most ${size}.`);
  }
  return tooMany(count, `Ask for at most ${SWEEP_LIMIT}.`);
}

function tooMany(cells: number, next: string): LaunchProblem | null {
  if (cells <= SWEEP_LIMIT) return null;
  const many = cells.toLocaleString('en');
  const most = SWEEP_LIMIT.toLocaleString('en');
  return problem('plan', `These are ${many} cells; a sweep has at most ${most}.`, next);
}

/** The cells of a plan without problems. The same plan has the same cells on every machine. */
export function cellsOf(plan: SweepPlan): Cells {
  const axes = plan.axes.map(axisOf);
  if (plan.method === 'grid') {
    const total = sizeOf(axes);
    return { total, first: (count) => indexes(Math.min(count, total), (i) => gridCell(axes, i)) };
  }
  const cells = randomCells(axes, plan.seed, plan.count ?? 0);
  return { total: cells.length, first: (count) => cells.slice(0, count) };
}

const indexes = <T>(length: number, at: (index: number) => T): T[] =>
  Array.from({ length }, (_, index) => at(index));

/** The last axis changes first, as digits do. */
function gridCell(axes: readonly Axis[], index: number): CellValues {
  const values: [string, Json][] = [];
  let left = index;
  for (const axis of axes.toReversed()) {
    values.push([axis.input, axis.at(left % axis.size)]);
    left = Math.floor(left / axis.size);
  }
  return Object.fromEntries(values.toReversed());
}

/**
 * No cell twice. Where nearly all cells there are were asked for, they are shuffled instead of drawn. There
 * are fewer than asked for when a range is too narrow to have as many numbers.
 */
function randomCells(axes: readonly Axis[], seed: number, count: number): CellValues[] {
  const random = randomNumbers(seed);
  const size = sizeOf(axes);
  if (size <= count * DENSE) return shuffledCells(axes, random, size, count);
  const cells = new Map<string, CellValues>();
  for (let misses = 0; cells.size < count && misses < MISSES; misses += 1) {
    const cell = Object.fromEntries(axes.map(({ input, draw }) => [input, draw(random())]));
    const key = JSON.stringify(cell);
    if (cells.has(key)) continue;
    cells.set(key, cell);
    misses = 0;
  }
  return [...cells.values()];
}

function shuffledCells(
  axes: readonly Axis[],
  random: () => number,
  size: number,
  count: number,
): CellValues[] {
  const order = indexes(size, (index) => index);
  for (let i = 0; i < count; i += 1) {
    const j = i + Math.floor(random() * (size - i));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order.slice(0, count).map((index) => gridCell(axes, index));
}
