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
    await endRun(parts, attended, { ref, limit, end });
  } catch (error) {
    // The run ended, or this process does, in the middle of a request: that is all a stop wants.
    if (!isCancelled(error)) throw error;
  }
}

interface Stop {
  ref: string;
  /** Seconds it may run; null for no limit. */
  limit: number | null;
  /** Fires when there is nothing to stop any more. */
  end: AbortSignal;
}

/** Taken over in the middle of a stop, it has had its interrupt: a second one often means "now". */
const isStopping = ({ attempt }: Attended): boolean =>
  attempt.stopSentAt !== null || attempt.overTimeAt !== null;

async function endRun(parts: AttendParts, attended: Attended, how: Stop): Promise<void> {
  const { run, stop } = attended;
  const { end } = how;
  let isSent = isStopping(attended);
  if (!isSent) {
    await mark(parts, attended, how, 'interrupt sent');
    isSent = await send(parts, attended, how, 'interrupt');
    if (!isSent) await takeBack(parts, attended);
  }
  const grace = parts.settings().stopGraceSeconds;
  await firstOf([stop.killSignal, end], grace * 1000);
  if (end.aborted) return;
  const why = stop.killSignal.aborted ? 'on request' : `it did not end within ${grace} s`;
  await whenThereIsSpace(end, () =>
    parts.repos.runs.note(run.id, `Killed: ${why}`, parts.clock.now()),
  );
  if (!isSent) await mark(parts, attended, how, 'kill sent');
  const isKilled = await send(parts, attended, how, 'kill');
  if (!isSent && !isKilled) await takeBack(parts, attended);
}

/** Before the first signal is sent: by these marks the end is told from one that the program came to. */
async function mark(
  { repos: { runs }, clock }: AttendParts,
  { run, attempt, stop }: Attended,
  { limit, end }: Stop,
  what: string,
): Promise<void> {
  const now = clock.now();
  const isAsked = stop.asked || limit === null;
  const why = isAsked ? 'Stopping' : `Over its time limit of ${durationText(limit)}`;
  await whenThereIsSpace(end, () => {
    runs.enter(run.id, 'stopping', `${why}: ${what}`, now);
    runs.mark(attempt.id, isAsked ? { stopSentAt: now } : { overTimeAt: now });
  });
}

/** It had come to its end by itself: that counts, and not the stop. */
const takeBack = ({ repos: { runs } }: AttendParts, { attempt, leave }: Attended): Promise<void> =>
  whenThereIsSpace(leave, () => runs.mark(attempt.id, { stopSentAt: null, overTimeAt: null }));

/**
 * False when it did not run any more. What cannot be interrupted can perhaps be killed; that neither
 * worked is told in the timeline.
 */
async function send(
  parts: AttendParts,
  attended: Attended,
  { ref, end }: Stop,
  how: 'interrupt' | 'kill',
): Promise<boolean> {
  const { engine, run, leave } = attended;
  try {
    // Not broken off when the run ends meanwhile: whether it was in time decides what the end is.
    return await patiently(parts, attended, () => engine.stop(ref, how, leave), { signal: end });
  } catch (error) {
    if (isCancelled(error)) throw error;
    const text = `The ${how} could not be sent: ${toErrorData(error).message}`;
    await whenThereIsSpace(end, () => parts.repos.runs.note(run.id, text, parts.clock.now()));
    return true;
  }
}
