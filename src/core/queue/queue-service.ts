import {
  DEFAULT_QUEUE,
  type Executor,
  type Queue,
  type QueueChoices,
  type QueueView,
  type WaitReason,
} from '../../shared/domain/queue.ts';
import { AppError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { Repos } from '../db/change-feed.ts';
import type { MoveRequest } from '../db/move-runs.ts';
import { checkQueue, freeName, noQueue } from './check-queue.ts';
import { checkMove } from './check-move.ts';
import { Reasons } from './reasons.ts';

export interface QueueServiceParts {
  repos: Pick<Repos, 'queues' | 'queueRuns'>;
  clock: Clock;
  /** What executes queues now. */
  executor(): Executor;
}

/** What is left away stays. */
export type QueueChange = { [K in keyof QueueChoices]?: QueueChoices[K] | undefined };

export interface ViewPart {
  /** How many of those that wait are passed over; left away: none. */
  offset?: number | undefined;
  /** Those that ended at most. */
  ended?: number;
}

/** Those that ended which are shown at most, where nobody says how many. */
const ENDED = 100;

const REMOVED = 'removed from the queue';

/** Queues, and the place of runs in them. What starts their runs is elsewhere: `runs/dispatcher.ts`. */
export class QueueService {
  readonly #parts: QueueServiceParts;

  constructor(parts: QueueServiceParts) {
    this.#parts = parts;
  }

  /** The default one first, then by name. */
  list(): Queue[] {
    return this.#parts.repos.queues.list();
  }

  /** @throws AppError `E_NOT_FOUND` */
  get(id: string): Queue {
    const queue = this.#parts.repos.queues.get(id);
    if (queue) return queue;
    throw noQueue(id, this.list());
  }

  /** By its id, or by its name in whatever case. @throws AppError `E_NOT_FOUND`, offering near names */
  find(nameOrId: string): Queue {
    const queues = this.list();
    const name = nameOrId.normalize('NFC').trim().toLowerCase();
    const found =
      queues.find((queue) => queue.name.toLowerCase() === name) ??
      queues.find((queue) => queue.id === nameOrId);
    if (found) return found;
    throw noQueue(nameOrId, queues);
  }

  /** @throws AppError for what cannot be a queue: `E_NAME`, `E_ARGS`, `E_RESOURCES`, `E_PARAM_VALUE` */
  create(choices: QueueChoices): Queue {
    const { repos, clock } = this.#parts;
    const checked = checkQueue(choices);
    const id = repos.queues.create(checked, clock.now(), (others) => {
      freeName(checked.name, others);
    });
    return this.get(id);
  }

  /**
   * Runs that wait in it keep what they were launched with.
   * @throws AppError as {@link create}; `E_STATE` for another name of the default one
   */
  update(id: string, change: QueueChange): Queue {
    this.#parts.repos.queues.update(id, (queues) => {
      const queue = queues.find((each) => each.id === id);
      if (!queue) throw noQueue(id, queues);
      const checked = checkQueue(changed(queue, change), choicesOf(queue));
      if (id === DEFAULT_QUEUE && checked.name !== queue.name) throw keepsName();
      freeName(
        checked.name,
        queues.filter((each) => each !== queue),
      );
      return checked;
    });
    return this.get(id);
  }

  /**
   * Its runs that have ended stay, and are of no queue.
   * @throws AppError `E_STATE` for the default one, and while something waits or runs in it
   */
  remove(id: string): void {
    this.#parts.repos.queues.remove(id, () => refuseRemoval(this.get(id)));
  }

  /** Of one queue, or of all (null). What runs goes on. Returns those it was asked for. */
  pause(id: string | null, paused: boolean): Queue[] {
    const { repos, clock } = this.#parts;
    if (id !== null) this.get(id);
    repos.queues.pause(id, paused ? clock.now() : null);
    return id === null ? this.list() : [this.get(id)];
  }

  /** What is in a queue; `limit`: how many of those that wait, and of those that ended. */
  view(id: string, limit: number, { offset = 0, ended = ENDED }: ViewPart = {}): QueueView {
    const { repos, clock } = this.#parts;
    const queue = this.get(id);
    const executor = this.#parts.executor();
    const reasons = new Reasons(repos, { executor, now: clock.now() });
    return {
      queue,
      executor,
      waiting: reasons.entries(queue, repos.queueRuns.waiting(id, limit, offset), offset),
      waitingOf: repos.queueRuns.waitingOf(id),
      running: repos.queueRuns.running(id),
      ended: repos.queueRuns.ended(id, Math.min(limit, ended)),
    };
  }

  /**
   * Changes the place of those that still wait, and returns their ids in their new order.
   * @throws AppError `E_NOT_FOUND`, `E_STATE`, `E_ARGS`; nothing has moved then
   */
  move(request: MoveRequest): string[] {
    const { repos, clock } = this.#parts;
    const runIds = this.#known(request.runIds);
    return repos.queueRuns.move({ ...request, runIds, ...checkMove(request) }, clock.now());
  }

  /** Ends those that still wait, as stopped, and returns their ids. @throws AppError `E_NOT_FOUND` */
  removeRuns(ids: readonly string[]): string[] {
    const { repos, clock } = this.#parts;
    return repos.queueRuns.remove(this.#known(ids), REMOVED, clock.now());
  }

  /** Null for a run that waits for nothing any more. @throws AppError `E_NOT_FOUND` */
  whyWaiting(runId: string): WaitReason | null {
    this.#known([runId]);
    return this.reasonsOf([runId])[runId] ?? null;
  }

  /** Why each has not started, by its id; those that wait for nothing any more, or are gone, are left out. */
  reasonsOf(runIds: readonly string[]): Record<string, WaitReason> {
    const { repos, clock } = this.#parts;
    const waiting = runIds.flatMap((id) => repos.queueRuns.waitingRun(id) ?? []);
    if (waiting.length === 0) return {};
    const executor = this.#parts.executor();
    const reasons = new Reasons(repos, { executor, now: clock.now() });
    return Object.fromEntries(waiting.map((each) => [each.run.id, reasons.of(each)]));
  }

  /** Each once. */
  #known(ids: readonly string[]): string[] {
    const unknown = ids.find((id) => !this.#parts.repos.queueRuns.has(id));
    if (unknown === undefined) return [...new Set(ids)];
    throw new AppError('E_NOT_FOUND', `There is no run "${unknown}".`, {
      next: 'See `slipway run list`.',
    });
  }
}

/** The choices of a queue with some of them replaced; what is undefined was not said. */
export function changed(queue: Queue, change: QueueChange): QueueChoices {
  const said = Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  );
  return { ...choicesOf(queue), ...said };
}

/** What a person decided about it. */
export function choicesOf(queue: Queue): QueueChoices {
  const { name, engine, concurrency, resourceArgs, variables } = queue;
  return { name, engine, concurrency, resourceArgs, variables };
}

const keepsName = (): AppError =>
  new AppError('E_STATE', 'The default queue keeps its name.', {
    next: 'Make another queue: slipway queue create <name>.',
  });

function refuseRemoval({ id, name, waiting, running }: Queue): void {
  if (id === DEFAULT_QUEUE) {
    throw new AppError('E_STATE', 'The default queue cannot be removed.', {
      next: `To start nothing from it, pause it: slipway queue pause ${name}.`,
    });
  }
  if (waiting + running === 0) return;
  throw new AppError(
    'E_STATE',
    `In the queue "${name}", ${waiting} wait and ${running} run: it cannot be removed now.`,
    { next: 'Move or remove those that wait, and let the others end.' },
  );
}
