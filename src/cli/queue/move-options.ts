import type { Queue } from '../../shared/domain/queue.ts';
import type { Priority, Run } from '../../shared/domain/run.ts';
import { AppError } from '../../shared/errors.ts';
import type { Core } from '../../core/create-core.ts';
import { findRun } from '../find.ts';
import { refuseStarted } from './waiting-runs.ts';

/** Where to move runs that wait. */
export interface MoveOptions {
  before?: string;
  first?: boolean;
  last?: boolean;
  queue?: string;
  priority?: Priority;
  notBefore?: number | 'none';
}

type Parts = Pick<Core, 'repos' | 'queues'>;

/** @throws AppError `E_ARGS` for what says nothing, or too much */
export function checkMove({ before, priority, ...others }: MoveOptions): void {
  if (before !== undefined && priority !== undefined) {
    throw fault(
      'Runs that are moved before another one get its priority.',
      'Give --before or --priority.',
    );
  }
  if ([before, priority, ...Object.values(others)].some((given) => given !== undefined)) return;
  throw fault(
    'It is not said where to move to.',
    'Give --first, --last, --before <run>, --queue, --priority or --not-before.',
  );
}

/**
 * The run to move others before; null: behind all of the same priority; undefined: where their priority
 * puts them. @throws AppError `E_ARGS`, `E_STATE`, `E_NOT_FOUND`
 */
export function placeOf(
  core: Parts,
  runs: readonly Run[],
  { before, first, last, priority }: MoveOptions,
  queue: Queue | undefined,
): string | null | undefined {
  if (last) return null;
  if (before !== undefined) return otherRun(core, runs, before).id;
  return first ? firstOf(core, runs, queue?.id ?? queueOf(runs), priority) : undefined;
}

function otherRun(core: Parts, runs: readonly Run[], text: string): Run {
  const other = findRun(core, text);
  if (runs.some(({ id }) => id === other.id)) {
    throw fault(`"${other.name}" cannot be moved before itself.`, 'Name another run that waits.');
  }
  refuseStarted(core, [other]);
  return other;
}

/** How far a queue is looked through. */
const MOST = 10_000;

/** The first one of those that wait, of the priority where one is given; null when there is no other. */
function firstOf(
  core: Parts,
  runs: readonly Run[],
  queueId: string,
  priority: Priority | undefined,
): string | null {
  const moved = new Set(runs.map(({ id }) => id));
  const others = core.queues.view(queueId, MOST).waiting.map(({ run }) => run);
  const isBehind = (run: Run) => !moved.has(run.id) && (!priority || run.priority === priority);
  return others.find(isBehind)?.id ?? null;
}

function queueOf(runs: readonly Run[]): string {
  const ids = new Set(runs.map(({ queue }) => queue?.id));
  const [id] = ids;
  if (ids.size === 1 && id !== undefined) return id;
  throw fault('The runs are not all in one queue.', 'Say which with --queue <name>.');
}

const fault = (message: string, next: string): AppError =>
  new AppError('E_ARGS', message, { next });
