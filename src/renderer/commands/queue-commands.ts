import { DEFAULT_QUEUE, type Queue } from '../../shared/domain/queue.ts';
import { PRIORITIES, type Priority, type Run } from '../../shared/domain/run.ts';
import { call } from '../bridge/client.ts';
import { useEntities } from '../stores/entities.ts';
import { askAboutQueue, chosenWaiting, useQueueSelection } from '../stores/queue-selection.ts';
import { selectedRuns } from '../stores/run-selection.ts';
import { notify, useUi } from '../stores/ui.ts';
import { runHere } from './actions.ts';
import { command, type Command } from './command.ts';
import { moveRuns, pauseQueues, removeQueue, removeWaiting } from './queue-actions.ts';

/** The queue on the screen. */
function queueHere(): Queue | undefined {
  const { at } = useUi.getState().history;
  return at.page === 'queue' ? useEntities.getState().queues[at.queueId] : undefined;
}

const waits = (run: Run): boolean => run.state === 'queued' && run.queue !== null;

/** The runs that a command is for: selected ones of a list, or the one on the screen; all of them wait. */
export function waitingHere(): Run[] {
  const { page } = useUi.getState().history.at;
  const run = runHere();
  const runs = page === 'queue' ? chosenWaiting() : run ? [run] : selectedRuns();
  return runs.every(waits) ? runs : [];
}

const forQueue = (
  title: string,
  run: (queue: Queue) => unknown,
  when: (queue: Queue) => boolean,
  shortcut?: string,
): Command =>
  command('Queue', title, () => run(queueHere()!), {
    ...(shortcut && { shortcut }),
    enabled: () => {
      const queue = queueHere();
      return queue !== undefined && when(queue);
    },
  });

const forWaiting = (title: string, run: (runs: Run[]) => unknown, shortcut?: string): Command =>
  command('Queue', title, () => run(waitingHere()), {
    ...(shortcut && { shortcut }),
    enabled: () => waitingHere().length > 0,
  });

const priority = (title: string, to: Priority): Command =>
  forWaiting(title, (runs) => moveRuns(runs, { priority: to, before: null }));

const all = (): Queue[] => Object.values(useEntities.getState().queues);
const isPaused = ({ pausedAt }: Queue): boolean => pausedAt !== null;

/** Read at a time, to find one that is not moved itself. */
const PART = 100;

/** Before the first that waits in the queue on the screen and is not moved itself. */
async function moveToTop(runs: readonly Run[]): Promise<unknown> {
  const moved = new Set(runs.map(({ id }) => id));
  for (let offset = 0; ; offset += PART) {
    const part = await call('getQueue', { queueId: queueHere()!.id, offset, limit: PART });
    if (!part.ok) return notify('The runs could not be moved.', part.error);
    const { waiting } = part.value;
    const first = waiting.find(({ run }) => !moved.has(run.id))?.run;
    if (first) return moveRuns(runs, { before: first.id });
    if (waiting.length < PART) return moveRuns(runs, { priority: 'critical' });
  }
}

/** Behind all others in the queue on the screen, of which not all may have been read. */
function moveToBottom(runs: readonly Run[]): Promise<boolean> {
  const { waitingOf } = useQueueSelection.getState();
  const others = (each: Priority): number =>
    (waitingOf?.[each] ?? 0) - runs.filter((run) => run.priority === each).length;
  const last = PRIORITIES.findLast((each) => others(each) > 0);
  return moveRuns(runs, { ...(last && { priority: last }), before: null });
}

/** Only where the whole order is on the screen. */
const inList = (entry: Command): Command => ({
  ...entry,
  enabled: () => queueHere() !== undefined && waitingHere().length > 0,
});

/** Queues, and the runs that wait in them. */
export const queueCommands = {
  newQueue: command('Queue', 'New queue…', () => askAboutQueue({ kind: 'new' })),
  pauseQueue: forQueue(
    'Pause this queue',
    (queue) => pauseQueues(queue, true),
    (queue) => !isPaused(queue),
    'Mod+Shift+P',
  ),
  resumeQueue: forQueue(
    'Resume this queue',
    (queue) => pauseQueues(queue, false),
    isPaused,
    'Mod+Shift+P',
  ),
  editQueue: forQueue(
    'Change this queue…',
    ({ id }) => askAboutQueue({ kind: 'edit', queueId: id }),
    () => true,
  ),
  removeQueue: forQueue(
    'Remove this queue',
    removeQueue,
    ({ id, waiting, running }) => id !== DEFAULT_QUEUE && waiting + running === 0,
  ),
  pauseQueues: command('Queue', 'Pause all queues', () => pauseQueues(null, true), {
    enabled: () => all().some((queue) => !isPaused(queue)),
  }),
  resumeQueues: command('Queue', 'Resume all queues', () => pauseQueues(null, false), {
    enabled: () => all().some(isPaused),
  }),
  moveToTop: inList(forWaiting('Move to the top', moveToTop, 'Alt+Shift+ArrowUp')),
  moveToBottom: inList(forWaiting('Move to the bottom', moveToBottom, 'Alt+Shift+ArrowDown')),
  priorityCritical: priority('Priority: critical', 'critical'),
  priorityHigh: priority('Priority: high', 'high'),
  priorityMedium: priority('Priority: medium', 'medium'),
  priorityLow: priority('Priority: low', 'low'),
  startNotBefore: forWaiting('Start not before…', (runs) => askAboutQueue({ kind: 'time', runs })),
  moveToQueue: {
    ...forWaiting('Move to another queue…', (runs) => askAboutQueue({ kind: 'move', runs })),
    enabled: () => all().length > 1 && waitingHere().length > 0,
  },
  removeWaiting: forWaiting('Remove from the queue', removeWaiting, 'Delete'),
};
