import type { EngineChoice, EngineStatus } from '../../../shared/domain/engine.ts';
import type { Queue } from '../../../shared/domain/queue.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { isActive } from '../../stores/run-states.ts';

export interface MissedEngine {
  status: EngineStatus;
  /** Runs that cannot go on, or be followed, until it answers. */
  runs: number;
}

interface Known {
  engine: EngineChoice | null;
  runs: Readonly<Record<string, Run>>;
  queues: Readonly<Record<string, Queue>>;
}

/**
 * The engine that does not answer although something needs it: the one that new runs use, or one that has
 * runs which have not ended. That another engine takes its place for new runs is no news by itself.
 */
export function missedEngine(
  { engine: choice, runs, queues }: Known,
  now: number,
): MissedEngine | null {
  const away = choice?.engines.filter(({ available }) => !available) ?? [];
  for (const status of away) {
    const own = Object.values(runs).filter((run) => run.engine === status.kind && isActive(run));
    if (status.kind !== choice?.kind && own.length === 0) continue;
    return { status, runs: own.filter((run) => isHeldBy(run, queues, now)).length };
  }
  return null;
}

/** Whether nothing but its engine keeps a run: not its time, nor a queue that is paused. */
function isHeldBy(run: Run, queues: Known['queues'], now: number): boolean {
  if (run.state !== 'queued') return true;
  const isPaused = run.queue !== null && (queues[run.queue.id]?.pausedAt ?? null) !== null;
  return !isPaused && (run.notBefore ?? 0) <= now;
}
