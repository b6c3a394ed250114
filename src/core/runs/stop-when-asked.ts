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
  const { stop } = attended;
  const { end } = how;
  let isSent = isStopping(attended);
  if (!isSent) {
    await mark(parts, attended, how);
    isSent = await send(parts, attended, how, 'interrupt');
    if (!isSent) await takeBack(parts, attended);
  }
  const grace = parts.settings().stopGraceSeconds;
  await firstOf([stop.killSignal, end], grace * 1000);
  if (end.aborted) return;
  const why = stop.killSignal.aborted ? 'on request' : `it did not end within ${grace} s`;
  if (!isSent) await mark(parts, attended, how);
  const isKilled = await send(parts, attended, how, 'kill', `Killed: ${why}`);
  if (!isSent && !isKilled) await takeBack(parts, attended);
}

/** Before the first signal is sent: by these marks the end is told from one that the program came to. */
async function mark(
  { repos: { runs }, clock }: AttendParts,
  { run, attempt, stop }: Attended,
  { limit, end }: Stop,
): Promise<void> {
  const now = clock.now();
  const isAsked = stop.asked || limit === null;
  const why = isAsked ? 'Stopping' : `Over its time limit of ${durationText(limit)}`;
  await whenThereIsSpace(end, () => {
    runs.enter(run.id, 'stopping', why, now);
    runs.mark(attempt.id, isAsked ? { stopSentAt: now } : { overTimeAt: now });
  });
}

/** It came to its end by itself: that counts, and not the stop. */
const takeBack = ({ repos: { runs } }: AttendParts, { attempt, leave }: Attended): Promise<void> =>
  whenThereIsSpace(leave, () => runs.mark(attempt.id, { stopSentAt: null, overTimeAt: null }));

/** What is told once a signal was sent. */
const INTERRUPTED = 'Interrupt sent';
const NOT_RUNNING = 'It did not run any more';

/**
 * Sends a signal, and tells that it did. False when it did not run any more, or ended while its engine was
 * not there to send anything. What cannot be interrupted can perhaps be killed; that neither worked is told
 * in the timeline.
 */
async function send(
  parts: AttendParts,
  attended: Attended,
  { ref, end }: Stop,
  how: 'interrupt' | 'kill',
  text = INTERRUPTED,
): Promise<boolean> {
  const { engine, run, leave } = attended;
  const note = (words: string) =>
    whenThereIsSpace(leave, () => parts.repos.runs.note(run.id, words, parts.clock.now()));
  const unsent = `No ${how} was sent: it did not run any more`;
  let mayBeSent = false;
  // Not broken off when the run ends meanwhile: whether it was in time decides what the end is.
  const stop = () =>
    engine.stop(ref, how, leave).catch((error: unknown) => {
      mayBeSent ||= !isUnasked(error);
      throw error;
    });
  try {
    const isSent = await patiently(parts, attended, stop, { signal: end });
    await note(isSent ? text : mayBeSent ? NOT_RUNNING : unsent);
    return isSent;
  } catch (error) {
    if (isCancelled(error)) {
      if (mayBeSent) throw error;
      // Where this process ends, the next one sends it.
      if (!leave.aborted) await note(unsent);
      return false;
    }
    await note(`The ${how} could not be sent: ${toErrorData(error).message}`);
    return true;
  }
}

/** Whether the engine cannot have heard what was asked. */
const isUnasked = (error: unknown): boolean => toErrorData(error).code === 'E_ENGINE_NONE';
