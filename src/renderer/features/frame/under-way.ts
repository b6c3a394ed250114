import type { Queue } from '../../../shared/domain/queue.ts';
import type { Run, RunState } from '../../../shared/domain/run.ts';
import type { Sweep } from '../../../shared/domain/sweep.ts';
import type { ById } from '../../stores/entities.ts';
import { plural } from '../../lib/format.ts';
import { isActive } from '../../stores/run-states.ts';

/** Runs that wait by themselves which are shown: there may be thousands. */
const WAITING_SHOWN = 5;

export interface UnderWay {
  /** What the count is of: runs that run, or those that wait when none does. */
  title: 'Running now' | 'Waiting';
  count: number;
  /** Each by itself: those that go on, then a few that wait; the others are on the page of their queue. */
  shown: readonly Run[];
  shownSweeps: readonly Sweep[];
  /** Those that wait and are not shown: cells of sweeps, and what is far down in a queue. */
  waiting: string | null;
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

/** What the sidebar says of the runs under way, oldest first. */
export function underWay(
  active: readonly Run[],
  sweeps: ById<Sweep>,
  queues: ById<Queue>,
): UnderWay {
  const going = active.filter(({ state }) => state !== 'queued');
  const alone = active.filter(({ state, sweep }) => state === 'queued' && !sweep);
  const first = alone.slice(0, WAITING_SHOWN);
  const waiting = countWaiting(active, sweeps, queues);
  const more = waiting - first.length;
  const ids = new Set(active.flatMap(({ sweep }) => (sweep ? [sweep.id] : [])));
  return {
    title: going.length > 0 ? 'Running now' : 'Waiting',
    count: going.length > 0 ? going.length : waiting,
    shown: [...going, ...first],
    shownSweeps: [...ids].flatMap((id) => sweeps[id] ?? []),
    waiting: more > 0 ? `${plural(more, first.length > 0 ? 'more run' : 'run')} waiting` : null,
  };
}
