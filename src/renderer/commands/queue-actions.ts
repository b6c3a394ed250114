import type { CommandInput } from '../../shared/contract/commands.ts';
import type { Queue } from '../../shared/domain/queue.ts';
import type { Run } from '../../shared/domain/run.ts';
import { call } from '../bridge/client.ts';
import { plural } from '../lib/format.ts';
import { useEntities } from '../stores/entities.ts';
import { clearWaiting } from '../stores/queue-selection.ts';
import { navigate, notify, notifyUndo } from '../stores/ui.ts';

type Move = Omit<CommandInput<'moveRuns'>, 'runIds'>;

const named = (runs: readonly Run[]): string =>
  runs.length === 1 ? runs[0]!.name : plural(runs.length, 'run');

const idsOf = (runs: readonly Run[]): string[] => runs.map(({ id }) => id);

/** Starts nothing more of a queue (null: of any), or goes on with it. What runs goes on. */
export async function pauseQueues(queue: Queue | null, paused: boolean): Promise<void> {
  const result = await call('pauseQueues', { queueId: queue?.id ?? null, paused });
  if (result.ok) return;
  const what = queue ? `Queue ${queue.name}` : 'The queues';
  notify(`${what} could not be ${paused ? 'paused' : 'resumed'}.`, result.error);
}

/** Changes the place of runs that wait. False when it could not be. */
export async function moveRuns(runs: readonly Run[], move: Move): Promise<boolean> {
  const result = await call('moveRuns', { runIds: idsOf(runs), ...move });
  if (!result.ok) notify(`${named(runs)} could not be moved.`, result.error);
  return result.ok;
}

/** Puts a run that was removed back: as a new run, for what has ended stays as it is. */
async function putBack(run: Run): Promise<void> {
  const again = await call('rerunRun', {
    runId: run.id,
    operationId: crypto.randomUUID(),
    queue: {
      ...(run.queue && { queueId: run.queue.id }),
      priority: run.priority,
      ...(run.notBefore !== null && { notBefore: run.notBefore }),
    },
  });
  if (!again.ok) notify(`${run.name} could not be put back.`, again.error);
}

async function putAllBack(runs: readonly Run[]): Promise<void> {
  // One after the other: they come back in their order.
  for (const run of runs) await putBack(run);
}

/** Ends runs that wait, with a way to put them back. */
export async function removeWaiting(runs: readonly Run[]): Promise<void> {
  const result = await call('removeFromQueue', { runIds: idsOf(runs) });
  if (!result.ok) return notify(`${named(runs)} could not be removed.`, result.error);
  const removed = new Set(result.value);
  const gone = runs.filter(({ id }) => removed.has(id));
  clearWaiting();
  if (gone.length < runs.length) notify(`${plural(runs.length - gone.length, 'run')} had started.`);
  if (gone.length === 0) return;
  const from = new Set(gone.map(({ queue }) => queue?.name));
  const where = from.size === 1 ? `queue ${[...from][0]}` : 'their queues';
  notifyUndo(`Removed ${named(gone)} from ${where}.`, () => void putAllBack(gone));
}

/** Removes a queue that nothing waits or runs in, and leaves its page. */
export async function removeQueue(queue: Queue): Promise<void> {
  const result = await call('removeQueue', { queueId: queue.id });
  if (!result.ok) return notify(`Queue ${queue.name} could not be removed.`, result.error);
  navigate({ page: 'queues' });
  notify(`Removed queue ${queue.name}.`);
}

/** Changes how many runs of a queue go at a time; null for no limit. */
export async function limitQueue(queue: Queue, concurrency: number | null): Promise<void> {
  const result = await call('updateQueue', { queueId: queue.id, change: { concurrency } });
  if (!result.ok) notify(`The limit of ${queue.name} could not be changed.`, result.error);
  else useEntities.setState(({ queues }) => ({ queues: { ...queues, [queue.id]: result.value } }));
}
