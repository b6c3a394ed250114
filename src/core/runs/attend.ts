import type { LogInfo, Run } from '../../shared/domain/run.ts';
import type { AttendParts, Attended } from './attended.ts';
import type { Outcome } from './classify.ts';
import { delay } from '../scope.ts';
import { failureBeforeStart, interruptedBeforeStart, stoppedBeforeStart } from './failure.ts';
import { followToEnd, type Followed } from './follow-to-end.ts';
import { givenBack, waitsAgain, waitsAgainRefused } from './give-back.ts';
import { knownMasks } from './masked-log.ts';
import { makeReady } from './make-ready.ts';
import { whenThereIsSpace } from './patience.ts';

/**
 * Takes a run from wherever it is to its end. A fresh run and one that was found after a crash go the
 * same way; what was done before is found, not done again.
 */
export async function attend(
  parts: AttendParts,
  runId: string,
  { stop, waited, leave }: Pick<Attended, 'stop' | 'waited' | 'leave'>,
): Promise<void> {
  const run = parts.repos.runs.get(runId)!;
  const attempt = parts.repos.runs.attempt(runId);
  const attended: Attended = {
    run,
    attempt,
    // Only a run that has ended has no engine, and such a one is never attended.
    engine: parts.engine(run.engine!),
    stop,
    waited,
    reachable: run.engineReachable,
    unwatched: true,
    paused: run.paused,
    secrets: null,
    backAt: null,
    leave,
  };
  const ready = await beforeStart(parts, attended);
  const followed = isReady(ready) ? await followWatched(parts, attended, ready.ref) : null;
  const outcome = isReady(ready) ? followed?.outcome : ready;
  // The run goes on without this process.
  if (!outcome) return;
  if (followed?.refused && (await waitsAgainRefused(parts, attended, followed))) return;
  const log = followed?.logInfo ?? NO_LOG;
  if (followed) {
    await parts.results.take(
      run,
      attended.engine,
      followed.ref,
      knownMasks(parts, attended),
      leave,
    );
    await parts.outputs.take(run, attended.engine, followed.ref, leave);
  }
  await whenThereIsSpace(leave, () =>
    parts.repos.runs.end(
      runId,
      { ...outcome, log, at: followed?.at, durationMs: followed?.durationMs },
      parts.clock.now(),
    ),
  );
  if (followed) await release(attended, followed);
  await parts.live.remove(attempt.id);
}

const NO_LOG: LogInfo = { state: 'none', reason: null };

/** Follows it, and takes its metrics meanwhile. */
async function followWatched(
  parts: AttendParts,
  attended: Attended,
  ref: string,
): Promise<Followed | null> {
  const { run, engine, attempt, leave } = attended;
  const folder = parts.live.of(attempt.id);
  const masks = () => knownMasks(parts, attended);
  const watch = parts.metrics.watch({ run, engine, ref, folder, masks }, leave);
  try {
    return await followToEnd(parts, attended, ref);
  } finally {
    await watch.end();
  }
}

interface Ready {
  ref: string;
}

const isReady = (ready: Ready | Outcome | null): ready is Ready => ready !== null && 'ref' in ready;

/** The ref of what can be started, or how it ended before that; null when it waits again. */
async function beforeStart(
  parts: AttendParts,
  attended: Attended,
): Promise<Ready | Outcome | null> {
  const { run, attempt, stop, leave } = attended;
  if (attempt.ref !== null) return { ref: attempt.ref };
  try {
    const { hold } = parts;
    return {
      ref: await hold(() => makeReady(parts, attended), AbortSignal.any([stop.stopSignal, leave])),
    };
  } catch (error) {
    if (stop.asked) return stoppedBeforeStart();
    if (leave.aborted) return givenBack(parts, run) ? null : interruptedBeforeStart();
    if (await waitsAgain(parts, attended, error)) return null;
    return isToStop(parts, run) ? stoppedBeforeStart() : failureBeforeStart(error);
  }
}

/** Whether a stop was asked for, here or elsewhere. */
const isToStop = ({ repos }: AttendParts, { id }: Run): boolean => repos.runs.stopRequests(id) > 0;

/** Waits after each try to remove what has ended. */
const REMOVE_AGAIN_MS = [200, 1000, 3000, 0];

/** After the end is written: what cannot be removed now is found by the next reconcile. */
async function release({ engine, leave }: Attended, { log, ref }: Followed): Promise<void> {
  await log.close();
  for (const ms of REMOVE_AGAIN_MS) {
    try {
      return await engine.remove(ref, leave);
    } catch {
      // An engine that has just started again may still hold it.
      await delay(ms, leave).catch(() => undefined);
    }
  }
}
