import type { Queue } from '../../../shared/domain/queue.ts';
import { PRIORITIES, type Run, type RunState } from '../../../shared/domain/run.ts';
import type { Sweep } from '../../../shared/domain/sweep.ts';
import type { ById } from '../../stores/entities.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { isActive } from '../../stores/run-states.ts';
import { queuesInOrder } from '../../stores/selectors.ts';

/** Runs that wait by themselves which are shown: there may be thousands. */
const WAITING_SHOWN = 5;

export interface UnderWay {
  /** What is below: "Running 1 · Waiting 7". */
  title: string;
  /** Each by itself: those that go on, then the first of those that wait; the others are on the page of their queue. */
  shown: readonly Run[];
  shownSweeps: readonly Sweep[];
  /** Those that wait and are not shown: cells of sweeps, and what is far down in a queue. */
  more: string | null;
}

/** How far a sweep is: its cells that ended, of all. */
export function sweepProgress({ states, cells }: Sweep): { done: number; total: number } {
  const open = Object.entries(states)
    .filter(([state]) => isActive({ state: state as RunState }))
    .reduce((sum, [, count]) => sum + count, 0);
  return { done: Math.max(0, cells - open), total: cells };
}

/**
 * How many wait in all. Of thousands only some are known: queues and sweeps count their own. The cells of a
 * sweep are all in queues, which count them, or none of them is.
 */
function countWaiting(active: readonly Run[], sweeps: ById<Sweep>, queues: ById<Queue>): number {
  const known = active.filter(({ state, queue }) => state === 'queued' && !queues[queue?.id ?? '']);
  const ofQueues = Object.values(queues).reduce((sum, { waiting }) => sum + waiting, 0);
  const cells = Map.groupBy(active, ({ sweep, queue }) => (queue ? undefined : sweep?.id));
  const unknown = [...cells].map(([id, runs]) => {
    if (id === undefined) return 0;
    const queued = runs.filter(({ state }) => state === 'queued').length;
    return Math.max(0, (sweeps[id]?.states.queued ?? 0) - queued);
  });
  return unknown.reduce((sum, count) => sum + count, ofQueues + known.length);
}

const titleOf = (running: number, waiting: number): string =>
  [
    ...(running > 0 ? [`Running ${formatCount(running)}`] : []),
    ...(waiting > 0 ? [`Waiting ${formatCount(waiting)}`] : []),
  ].join(' · ');

/**
 * Those that wait queue by queue, each in the order in which it starts them as far as the runs tell: where one
 * was put among others of its priority is known to the page of its queue alone.
 */
function inTurn(waiting: readonly Run[], queues: ById<Queue>): Run[] {
  const order = new Map(queuesInOrder(queues).map(({ id }, at) => [id, at]));
  const queueOf = ({ queue }: Run): number => order.get(queue?.id ?? '') ?? order.size;
  const rank = ({ priority }: Run): number => PRIORITIES.indexOf(priority);
  return waiting.toSorted((a, b) => queueOf(a) - queueOf(b) || rank(a) - rank(b));
}

/** What the sidebar says of the runs under way: `active` oldest first. */
export function underWay(
  active: readonly Run[],
  sweeps: ById<Sweep>,
  queues: ById<Queue>,
): UnderWay {
  const going = active.filter(({ state }) => state !== 'queued');
  const alone = active.filter(({ state, sweep }) => state === 'queued' && !sweep);
  const first = inTurn(alone, queues).slice(0, WAITING_SHOWN);
  const waiting = countWaiting(active, sweeps, queues);
  const hidden = waiting - first.length;
  const ids = new Set(active.flatMap(({ sweep }) => (sweep ? [sweep.id] : [])));
  return {
    title: titleOf(going.length, waiting),
    shown: [...going, ...first],
    shownSweeps: [...ids].flatMap((id) => sweeps[id] ?? []),
    more: hidden > 0 ? `${plural(hidden, first.length > 0 ? 'more run' : 'run')} waiting` : null,
  };
}
