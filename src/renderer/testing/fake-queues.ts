import type { Changes } from '../../shared/contract/events.ts';
import type { Queue, QueueEntry, WaitReason } from '../../shared/domain/queue.ts';
import { PRIORITIES, isTerminal, type Priority, type Run } from '../../shared/domain/run.ts';
import { err, type Result } from '../../shared/result.ts';
import { makeQueue, makeRun } from './fake-data.ts';
import type { World } from './fake-world.ts';
import type { Handlers } from './handlers.ts';

type QueueHandlers = Pick<
  Handlers,
  | 'listQueues'
  | 'getQueue'
  | 'createQueue'
  | 'updateQueue'
  | 'removeQueue'
  | 'pauseQueues'
  | 'moveRuns'
  | 'removeFromQueue'
  | 'waitReasons'
>;

const noQueue = (): Result<never> =>
  err({ code: 'E_NOT_FOUND', message: 'There is no such queue.' });

const waits = ({ state, queue }: Run): boolean => state === 'queued' && queue !== null;

/** Where runs were put, by their ids; others stand where they came. */
type Places = Map<string, number>;

const placeOf = (places: Places, { id, createdAt }: Run): number => places.get(id) ?? createdAt;

/** Those that wait in a queue, in their order. */
const waitingIn = (world: World, places: Places, queueId: string): Run[] =>
  world.runs
    .filter((run) => waits(run) && run.queue?.id === queueId)
    .toSorted(
      (a, b) =>
        PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority) ||
        placeOf(places, a) - placeOf(places, b),
    );

function waitingOf(runs: readonly Run[]): Record<Priority, number> {
  const counts = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const { priority } of runs) counts[priority] += 1;
  return counts;
}

/** A few ms before another, or behind all. */
const newPlace = (places: Places, before: Run | undefined, index: number, of: number): number =>
  before ? placeOf(places, before) - (of - index) / (of + 1) : Date.now() + places.size;

function reasonOf({ pausedAt, concurrency, running }: Queue, position: number): WaitReason {
  if (pausedAt !== null) return { code: 'paused', text: 'queue paused', next: 'Resume it.' };
  if (concurrency !== null && running >= concurrency)
    return { code: 'limit', text: `${running} of ${concurrency} running`, next: null };
  if (position > 1) return { code: 'behind', text: `${position - 1} before it`, next: null };
  return { code: 'next', text: 'starts now', next: null };
}

const MINUTE = 60_000;

/** Queues in use: one with runs that run, wait and ended, one that is paused. */
export function addQueues(world: World): void {
  const now = Date.now();
  const gpu = makeQueue({
    ...{ id: 'gpu', name: 'gpu', engine: 'docker', concurrency: 2 },
    resourceArgs: { gpus: 1, memory: '{{memory}}', 'shm-size': '2g' },
    variables: {
      memory: { type: 'string', enum: ['8g', '16g', '32g'], default: '16g' },
      seed: { type: 'integer', minimum: 0, maximum: 99 },
    },
  });
  world.queues.push(gpu, makeQueue({ id: 'night', name: 'night-and-weekend', concurrency: null }));
  world.queues.at(-1)!.pausedAt = now - 34 * MINUTE;
  const put = (run: Partial<Run> & Pick<Run, 'id' | 'name'>, job: number): void =>
    void world.runs.unshift(
      makeRun({ queue: { id: 'gpu', name: 'gpu' }, ...run }, world.jobs[job]),
    );
  const at = (minutes: number): number => now - minutes * MINUTE;
  const ended = (['finished', 'finished', 'failed', 'finished', 'stopped'] as const).entries();
  for (const [i, state] of ended) {
    const startedAt = at(96 - 17 * i);
    const times = { createdAt: at(118 - 9 * i), startedAt, endedAt: startedAt + (9 + i) * MINUTE };
    put({ id: `queue-ended-${i}`, name: `lucid-heron-${290 + i}`, state, ...times }, i);
  }
  put(
    {
      id: 'queue-live-1',
      name: 'stone-delta-301',
      state: 'running',
      createdAt: at(70),
      startedAt: at(21),
    },
    0,
  );
  put(
    {
      id: 'queue-live-2',
      name: 'early-maple-302',
      state: 'running',
      createdAt: at(66),
      startedAt: at(8),
    },
    6,
  );
  const names = ['brisk-fjord-303', 'amber-heron-304', 'quiet-ember-with-a-much-longer-name-305'];
  for (const [i, name] of [...names, 'polar-otter-306', 'stone-ridge-307'].entries()) {
    const priority = i === 0 ? 'high' : i === 4 ? 'low' : 'medium';
    put({ id: `queue-waits-${i}`, name, state: 'queued', priority, createdAt: at(31 - 4 * i) }, i);
  }
}

/** What the fake main process does about queues. */
export function queueHandlers(
  world: World,
  changed: (changes: Partial<Changes>) => void,
): QueueHandlers {
  const places: Places = new Map();
  const counted = (queue: Queue): Queue => {
    const own = world.runs.filter((run) => run.queue?.id === queue.id && !isTerminal(run.state));
    const waiting = own.filter(waits).length;
    return { ...queue, waiting, running: own.length - waiting };
  };
  const find = (id: string) => world.queues.find((queue) => queue.id === id);
  const update = (id: string, change: object): Queue | Result<never> => {
    const queue = find(id);
    if (!queue) return noQueue();
    Object.assign(queue, change);
    changed({ queues: [counted(queue)] });
    return counted(queue);
  };
  const entries = (queue: Queue): QueueEntry[] =>
    waitingIn(world, places, queue.id).map((run, index) => ({
      run,
      position: index + 1,
      reason: reasonOf(queue, index + 1),
    }));
  const change = (runIds: readonly string[], how: (run: Run) => Run): string[] => {
    const runs = world.runs.filter((run) => runIds.includes(run.id) && waits(run)).map(how);
    world.runs = world.runs.map((run) => runs.find(({ id }) => id === run.id) ?? run);
    changed({ runs, queues: world.queues.map(counted) });
    return runs.map(({ id }) => id);
  };
  return {
    listQueues: () => world.queues.map(counted),
    getQueue: ({ queueId, limit, offset = 0 }) => {
      const queue = find(queueId);
      if (!queue) return noQueue();
      const own = world.runs.filter((run) => run.queue?.id === queueId);
      return {
        queue: counted(queue),
        executor: { kind: 'app', pid: 1, here: true },
        waiting: entries(counted(queue)).slice(offset, offset + limit),
        waitingOf: waitingOf(waitingIn(world, places, queueId)),
        running: own.filter((run) => !waits(run) && !isTerminal(run.state)),
        ended: own.filter(({ state }) => isTerminal(state)).slice(0, limit),
      };
    },
    createQueue: (choices) => {
      const queue = makeQueue({ id: `queue-${world.queues.length}`, ...choices });
      world.queues.push(queue);
      changed({ queues: [queue] });
      return queue;
    },
    updateQueue: ({ queueId, change: how }) => update(queueId, how),
    removeQueue: ({ queueId }) => {
      world.queues = world.queues.filter(({ id }) => id !== queueId);
      changed({ removed: { runs: [], jobs: [], sweeps: [], queues: [queueId] } });
      return {};
    },
    pauseQueues: ({ queueId, paused }) => {
      const pausedAt = paused ? Date.now() : null;
      for (const { id } of world.queues) if (!queueId || id === queueId) update(id, { pausedAt });
      return world.queues.map(counted);
    },
    moveRuns: ({ runIds, queueId, priority, before, notBefore }) => {
      const to = queueId === undefined ? undefined : find(queueId);
      const next = world.runs.find(({ id }) => id === before);
      if (before !== undefined) {
        const put = runIds.map((_, i) => newPlace(places, next, i, runIds.length));
        runIds.forEach((id, i) => places.set(id, put[i]!));
      }
      return change(runIds, (run) => ({
        ...run,
        ...(to && { queue: { id: to.id, name: to.name } }),
        ...(priority && { priority }),
        ...(next && { priority: next.priority }),
        ...(notBefore !== undefined && { notBefore }),
      }));
    },
    removeFromQueue: ({ runIds }) =>
      change(runIds, (run) => ({ ...run, state: 'stopped', endedAt: Date.now() })),
    waitReasons: ({ runIds }) =>
      Object.fromEntries(
        world.queues
          .flatMap((queue) => entries(counted(queue)))
          .filter(({ run }) => runIds.includes(run.id))
          .map(({ run, reason }) => [run.id, reason]),
      ),
  };
}
