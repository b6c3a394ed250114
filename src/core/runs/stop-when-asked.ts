import { toErrorData } from '../../shared/errors.ts';
import type { AttendParts, Attended } from './attended.ts';
import { isCancelled } from './failure.ts';
import { patiently, whenThereIsSpace } from './patience.ts';
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
  const write = (change: () => unknown) => whenThereIsSpace(end, change);
  // What cannot be interrupted can perhaps be killed; that neither worked is told in the timeline.
  const send = (how: 'interrupt' | 'kill') =>
    patiently(parts, within, () => engine.stop(ref, how, end)).catch((error: unknown) => {
      if (isCancelled(error)) throw error;
      const text = `The ${how} could not be sent: ${toErrorData(error).message}`;
      return write(() => runs.note(run.id, text, parts.clock.now()));
    });
  try {
    // Taken over in the middle of a stop, it has had its interrupt: a second one often means "now".
    if (attempt.stopSentAt === null) {
      await write(() => {
        runs.enter(run.id, 'stopping', 'Stopping: interrupt sent', parts.clock.now());
        runs.mark(attempt.id, { stopSentAt: parts.clock.now() });
      });
      await send('interrupt');
    }
    const grace = parts.settings().stopGraceSeconds;
    await firstOf([stop.killSignal, end], grace * 1000);
    if (end.aborted) return;
    const why = stop.killSignal.aborted ? 'on request' : `it did not end within ${grace} s`;
    await write(() => runs.note(run.id, `Killed: ${why}`, parts.clock.now()));
    await send('kill');
  } catch (error) {
    // The run ended, or this process does, in the middle of a request: that is all a stop wants.
    if (!isCancelled(error)) throw error;
  }
}
