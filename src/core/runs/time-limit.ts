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
 * program was seen to start. What passed of it before this process came to it is told by the clock of the
 * wall; from then on that clock may be set without a run being ended early, or late.
 */
export async function untilOverTime(
  { repos, clock }: Pick<AttendParts, 'repos' | 'clock'>,
  runId: string,
  limit: number | null,
  signals: AbortSignal[],
): Promise<void> {
  if (limit === null) return firstOf(signals);
  const startedAt = repos.runs.get(runId)!.startedAt ?? clock.now();
  const passed = Math.max(0, clock.now() - startedAt);
  const end = clock.monotonic() + limit * 1000 - passed;
  let left = end - clock.monotonic();
  while (left > 0 && !signals.some(({ aborted }) => aborted)) {
    await firstOf(signals, Math.min(left, LONGEST_MS));
    left = end - clock.monotonic();
  }
}
