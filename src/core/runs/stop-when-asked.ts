import { toErrorData } from '../../shared/errors.ts';
import { durationText } from '../../shared/units.ts';
import type { AttendParts, Attended } from './attended.ts';
import { isCancelled } from './failure.ts';
import { patiently, whenThereIsSpace } from './patience.ts';
import { firstOf } from './stop-request.ts';
import { timeLimitOf, untilOverTime } from './time-limit.ts';

/**
 * Waits until a stop is asked for or the time limit is over, and ends the run: interrupt, the grace time
 * of the settings, kill. A second request kills at once. Returns when `over` fires, that is when the run
 * has ended.
 */
export async function stopWhenAsked(
  parts: AttendParts,
  attended: Attended,
  ref: string,
  over: AbortSignal,
): Promise<void> {
  const { run, stop } = attended;
  const end = AbortSignal.any([over, attended.leave]);
  const limit = timeLimitOf(parts, run.id);
  if (!isStopping(attended)) {
    await untilOverTime(parts, run.id, limit, [stop.stopSignal, end]);
  }
  if (end.aborted) return;
  try {
    await endRun(parts, { ...attended, leave: end }, ref, limit);
  } catch (error) {
    // The run ended, or this process does, in the middle of a request: that is all a stop wants.
    if (!isCancelled(error)) throw error;
  }
}

/** Taken over in the middle of a stop, it has had its interrupt: a second one often means "now". */
const isStopping = ({ attempt }: Attended): boolean =>
  attempt.stopSentAt !== null || attempt.overTimeAt !== null;

async function endRun(
  parts: AttendParts,
  attended: Attended,
  ref: string,
  limit: number | null,
): Promise<void> {
  const { run, stop, leave } = attended;
  if (!isStopping(attended)) {
    await tellStopping(parts, attended, limit);
    await send(parts, attended, ref, 'interrupt');
  }
  const grace = parts.settings().stopGraceSeconds;
  await firstOf([stop.killSignal, leave], grace * 1000);
  if (leave.aborted) return;
  const why = stop.killSignal.aborted ? 'on request' : `it did not end within ${grace} s`;
  await whenThereIsSpace(leave, () =>
    parts.repos.runs.note(run.id, `Killed: ${why}`, parts.clock.now()),
  );
  await send(parts, attended, ref, 'kill');
}

/** Before the interrupt is sent: by these marks the end is told from one that the program came to. */
async function tellStopping(
  { repos: { runs }, clock }: AttendParts,
  { run, attempt, stop, leave }: Attended,
  limit: number | null,
): Promise<void> {
  const now = clock.now();
  const isAsked = stop.asked || limit === null;
  const why = isAsked ? 'Stopping' : `Over its time limit of ${durationText(limit)}`;
  await whenThereIsSpace(leave, () => {
    runs.enter(run.id, 'stopping', `${why}: interrupt sent`, now);
    runs.mark(attempt.id, isAsked ? { stopSentAt: now } : { overTimeAt: now });
  });
}

/** What cannot be interrupted can perhaps be killed; that neither worked is told in the timeline. */
async function send(
  parts: AttendParts,
  attended: Attended,
  ref: string,
  how: 'interrupt' | 'kill',
): Promise<void> {
  const { engine, run, leave } = attended;
  try {
    await patiently(parts, attended, () => engine.stop(ref, how, leave));
  } catch (error) {
    if (isCancelled(error)) throw error;
    const text = `The ${how} could not be sent: ${toErrorData(error).message}`;
    await whenThereIsSpace(leave, () => parts.repos.runs.note(run.id, text, parts.clock.now()));
  }
}
