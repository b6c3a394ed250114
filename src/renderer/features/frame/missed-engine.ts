import type { EngineChoice, EngineStatus } from '../../../shared/domain/engine.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { isActive } from '../../stores/run-states.ts';

export interface MissedEngine {
  status: EngineStatus;
  /** Runs that cannot go on, or be followed, until it answers. */
  runs: number;
}

/**
 * The engine that does not answer although something needs it: the one that new runs use, or one that has
 * runs which have not ended. That another engine takes its place for new runs is no news by itself.
 */
export function missedEngine(
  choice: EngineChoice | null,
  runs: Readonly<Record<string, Run>>,
): MissedEngine | null {
  const away = choice?.engines.filter(({ available }) => !available) ?? [];
  for (const status of away) {
    const active = Object.values(runs).filter((run) => run.engine === status.kind && isActive(run));
    if (status.kind === choice?.kind || active.length > 0) return { status, runs: active.length };
  }
  return null;
}
