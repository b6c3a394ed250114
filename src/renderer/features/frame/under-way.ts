import type { Run, RunState } from '../../../shared/domain/run.ts';
import type { Sweep } from '../../../shared/domain/sweep.ts';
import type { ById } from '../../stores/entities.ts';
import { isActive } from '../../stores/run-states.ts';

export interface UnderWay {
  /** What the count is of: runs that run, or those that wait when none does. */
  title: 'Running now' | 'Waiting';
  count: number;
  /** Each by itself; cells of a sweep that wait are on its page: there may be thousands. */
  shown: readonly Run[];
  shownSweeps: readonly Sweep[];
  /** Cells that wait. */
  waiting: number;
}

/** How far a sweep is: its cells that ended, of all. */
export function sweepProgress({ states, cells }: Sweep): { done: number; total: number } {
  const open = Object.entries(states)
    .filter(([state]) => isActive({ state: state as RunState }))
    .reduce((sum, [, count]) => sum + count, 0);
  return { done: Math.max(0, cells - open), total: cells };
}

/** What the sidebar says of the runs under way, oldest first. */
export function underWay(active: readonly Run[], sweeps: ById<Sweep>): UnderWay {
  const shown = active.filter(({ state, sweep }) => state !== 'queued' || !sweep);
  const running = active.filter(({ state }) => state !== 'queued').length;
  const ids = new Set(active.flatMap(({ sweep }) => (sweep ? [sweep.id] : [])));
  return {
    title: running > 0 ? 'Running now' : 'Waiting',
    count: running > 0 ? running : active.length,
    shown,
    shownSweeps: [...ids].flatMap((id) => sweeps[id] ?? []),
    waiting: active.length - shown.length,
  };
}
