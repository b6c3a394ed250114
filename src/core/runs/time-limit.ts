import type { AttendParts } from './attended.ts';
import { firstOf } from './stop-request.ts';

/** The longest wait of a timer. */
const LONGEST_MS = 2 ** 31 - 1;

/** Seconds a run may run, from the start of its program; null for no limit. */
export function timeLimitOf(parts: Pick<AttendParts, 'repos'>, runId: string): number | null {
  return parts.repos.specs.of(runId)?.spec.settings.timeLimitSeconds ?? null;
}

/**
 * Waits until the run is over its time limit, or one of the signals fires. The time is that since the
 * program was seen to start, also when another process saw it.
 */
export async function untilOverTime(
  parts: AttendParts,
  runId: string,
  limit: number | null,
  signals: AbortSignal[],
): Promise<void> {
  if (limit === null) return firstOf(signals);
  const startedAt = parts.repos.runs.get(runId)!.startedAt ?? parts.clock.now();
  let left = startedAt + limit * 1000 - parts.clock.now();
  while (left > 0 && !signals.some(({ aborted }) => aborted)) {
    await firstOf(signals, Math.min(left, LONGEST_MS));
    left = startedAt + limit * 1000 - parts.clock.now();
  }
}
