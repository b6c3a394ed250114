import type { Changes } from '../../shared/contract/events.ts';
import type { Queue, QueueEntry, WaitReason } from '../../shared/domain/queue.ts';
import { PRIORITIES, isTerminal, type Run } from '../../shared/domain/run.ts';
import { err, type Result } from '../../shared/result.ts';
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
  | 'whyWaiting'
>;

export const makeQueue = (change: Partial<Queue> & Pick<Queue, 'id' | 'name'>): Queue => ({
  ...{ engine: null, concurrency: 1, resourceArgs: {}, variables: {}, pausedAt: null },
  ...{ waiting: 0, running: 0, createdAt: Date.now() - 86_400_000 },
  ...change,
});

const noQueue = (): Result<never> =>
  err({ code: 'E_NOT_FOUND', message: 'There is no such queue.' });

const waits = ({ state, queue }: Run): boolean => state === 'queued' && queue !== null;

/** Those that wait in a queue, in their order. */
const waitingIn = (world: World, queueId: string): Run[] =>
  world.runs
    .filter((run) => waits(run) && run.queue?.id === queueId)
    .toSorted(
      (a, b) =>
        PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority) ||
        a.createdAt - b.createdAt,
    );

function reasonOf({ pausedAt, concurrency, running }: Queue, position: number): WaitReason {
  if (pausedAt !== null) return { code: 'paused', text: 'queue paused', next: 'Resume it.' };
  if (concurrency !== null && running >= concurrency)
    return { code: 'limit', text: `${running} of ${concurrency} running`, next: null };
  if (position > 1) return { code: 'behind', text: `${position - 1} before it`, next: null };
  return { code: 'next', text: 'starts now', next: null };
}

/** What the fake main process does about queues. */
export function queueHandlers(
  world: World,
  changed: (changes: Partial<Changes>) => void,
): QueueHandlers {
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
    waitingIn(world, queue.id).map((run, index) => ({
      run,
      position: index + 1,
      reason: reasonOf(queue, index + 1),
    }));
  const change = (runIds: readonly string[], how: (run: Run) => Run): Run[] => {
    const runs = world.runs.filter((run) => runIds.includes(run.id) && waits(run)).map(how);
    world.runs = world.runs.map((run) => runs.find(({ id }) => id === run.id) ?? run);
    changed({ runs, queues: world.queues.map(counted) });
    return runs;
  };
  return {
    listQueues: () => world.queues.map(counted),
    getQueue: ({ queueId, limit }) => {
      const queue = find(queueId);
      if (!queue) return noQueue();
      const own = world.runs.filter((run) => run.queue?.id === queueId);
      return {
        queue: counted(queue),
        executor: { kind: 'app', pid: 1, here: true },
        waiting: entries(counted(queue)).slice(0, limit),
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
    moveRuns: ({ runIds, queueId, priority, notBefore }) => {
      const to = queueId === undefined ? undefined : find(queueId);
      return change(runIds, (run) => ({
        ...run,
        ...(to && { queue: { id: to.id, name: to.name } }),
        ...(priority && { priority }),
        ...(notBefore !== undefined && { notBefore }),
      }));
    },
    removeFromQueue: ({ runIds }) =>
      change(runIds, (run) => ({ ...run, state: 'stopped', endedAt: Date.now() })),
    whyWaiting: ({ runId }) => {
      const run = world.runs.find(({ id }) => id === runId);
      const queue = run?.queue && find(run.queue.id);
      if (!queue) return null;
      return entries(counted(queue)).find((entry) => entry.run.id === runId)?.reason ?? null;
    },
  };
}
