import type { Run, RunEvent, RunState } from '../../../shared/domain/run.ts';
import { isActive } from '../../stores/run-states.ts';

/** A part of the life of a run. */
export interface Phase {
  state: RunState;
  /** When it began, in ms since 1970. */
  from: number;
  /** How long it took, or takes so far, in ms. */
  time: number;
}

/** What a run imported from elsewhere tells: that it ran. */
function knownTimes({ startedAt, durationMs }: Run): Phase[] {
  if (startedAt === null || durationMs === null) return [];
  return [{ state: 'running', from: startedAt, time: durationMs }];
}

/**
 * The states a run was in, in order, with the time spent in each; a state that it came back to stands
 * there again. Clocks that were set back make a phase of no time, never less.
 */
export function phasesOf(run: Run, events: readonly RunEvent[], now: number): Phase[] {
  const changes = events.filter(({ state }) => state !== null);
  if (changes.length < 2 && run.engine === null) return knownTimes(run);
  const end = run.endedAt ?? now;
  const phases = changes.map(({ state, at }, i) => ({
    state: state!,
    from: at,
    time: Math.max(0, (changes[i + 1]?.at ?? end) - at),
  }));
  return phases.filter(isActive);
}
