import type { AttendParts, Attended } from './attend.ts';
import { isCancelled } from './failure.ts';
import { patiently } from './patience.ts';
import { firstOf } from './stop-request.ts';

/**
 * Waits for a stop to be asked for and carries it out: interrupt, the grace time of the settings, kill.
 * A second request kills at once. Returns when `over` fires, that is when the run has ended.
 */
export async function stopWhenAsked(
  parts: AttendParts,
  attended: Attended,
  ref: string,
  over: AbortSignal,
): Promise<void> {
  const { run, attempt, engine, stop } = attended;
  const { runs } = parts.repos;
  const end = AbortSignal.any([over, attended.leave]);
  const within: Attended = { ...attended, leave: end };
  await firstOf([stop.stopSignal, end]);
  if (end.aborted) return;
  try {
    runs.enter(run.id, 'stopping', 'Stopping: interrupt sent', parts.clock.now());
    runs.mark(attempt.id, { stopSentAt: parts.clock.now() });
    await patiently(parts, within, () => engine.stop(ref, 'interrupt', end));
    const grace = parts.settings().stopGraceSeconds;
    await firstOf([stop.killSignal, end], grace * 1000);
    if (end.aborted) return;
    const why = stop.killSignal.aborted ? 'on request' : `it did not end within ${grace} s`;
    runs.note(run.id, `Killed: ${why}`, parts.clock.now());
    await patiently(parts, within, () => engine.stop(ref, 'kill', end));
  } catch (error) {
    // The run ended, or this process does, in the middle of a request: that is all a stop wants.
    if (!isCancelled(error)) throw error;
  }
}
