import { AppError } from '../../shared/errors.ts';
import type { LogInfo } from '../../shared/domain/run.ts';
import type { EngineFact, FollowHooks } from '../engines/engine.ts';
import type { LogWriter } from '../logs/log-store.ts';
import { delay } from '../scope.ts';
import type { AttendParts, Attended } from './attended.ts';
import { maskedLog } from './masked-log.ts';
import { sealLog } from './seal-log.ts';
import { classify, type Outcome } from './classify.ts';
import {
  failureBeforeStart,
  isAway,
  isCancelled,
  isFullDisk,
  isNotThere,
  isPassing,
  stoppedBeforeStart,
} from './failure.ts';
import { AnswerTries, noteAway, patiently, whenThereIsSpace } from './patience.ts';
import { RunDuration } from './duration.ts';
import { endedAt } from './ended-at.ts';
import { stopWhenAsked } from './stop-when-asked.ts';
import { timeLimitOf } from './time-limit.ts';

/** Waits between looks at whether it has ended, after its streams did: an engine needs a moment. */
const SETTLE_MS = [1, 2, 4, 8, 16, 32, 64, 125, 250, 500, 1000];

/** About a minute: what has started is not ended by an answer that makes no sense, unless there is no other. */
const LOOK_TRIES = 120;

/** Wait before a run is followed again after following it failed. */
const FOLLOW_AGAIN_MS = 1000;

/** How it ended. `log` holds every byte of it, in the files but perhaps not on the disk: close it before `ref` is removed. */
export interface Followed {
  outcome: Outcome;
  logInfo: LogInfo;
  /** When it ended, where nobody saw it end; null: now. */
  at: number | null;
  /** How long it ran, in ms; null where only the clock of the wall can tell. */
  durationMs: number | null;
  log: LogWriter;
  ref: string;
  /** Why it was not started although that was asked for, where that is nothing of its own; else null. */
  refused: AppError | null;
}

/** Follows a created (or started, or ended) run to its end. Null when this process ends first. */
export async function followToEnd(
  parts: AttendParts,
  attended: Attended,
  ref: string,
): Promise<Followed | null> {
  const log = await parts.logs.openWriter(attended.run.id);
  try {
    await whenThereIsSpace(attended.leave, () =>
      parts.repos.runs.setLogState(attended.run.id, 'live'),
    );
    return { ...(await follow(parts, attended, ref, log)), log, ref };
  } catch (error) {
    await log.close();
    if (attended.leave.aborted && isCancelled(error)) return null;
    throw error;
  }
}

async function follow(
  parts: AttendParts,
  attended: Attended,
  ref: string,
  log: LogWriter,
): Promise<Omit<Followed, 'log' | 'ref'>> {
  const duration = new RunDuration(parts.clock);
  const ended = await untilEnded(parts, attended, ref, { log, duration });
  if ('outcome' in ended) {
    const { outcome, refused = null } = ended;
    const logInfo = { state: 'sealed', reason: null } as const;
    return { outcome, refused, logInfo, at: null, durationMs: null };
  }
  const durationMs = duration.ends(ended.fact, attended.unwatched);
  const { startedAt } = parts.repos.runs.get(attended.run.id)!;
  const at = attended.unwatched ? endedAt(startedAt, ended.fact, parts.clock.now()) : null;
  const logInfo = await sealLog(parts, attended, ended.fact, log);
  const { stopSentAt, overTimeAt, engineGap } = parts.repos.runs.attempt(attended.run.id);
  const evidence = {
    fact: ended.fact,
    stopSent: stopSentAt !== null,
    overTime: overTimeAt === null ? null : timeLimitOf(parts, attended.run.id),
    engineGap: engineGap === 1,
  };
  return { outcome: classify(evidence), logInfo, at, durationMs, refused: null };
}

interface NotStarted {
  outcome: Outcome;
  /** See {@link Followed}. */
  refused?: AppError | null;
}

/** Until the engine says that it ended or is gone; or why it could not be started. */
async function untilEnded(
  parts: AttendParts,
  attended: Attended,
  ref: string,
  { log, duration }: { log: LogWriter; duration: RunDuration },
): Promise<{ fact: EngineFact | null } | NotStarted> {
  const over = new AbortController();
  const stoppers: Promise<void>[] = [];
  // Whether it had started when this process first looked at it: since when is not seen then.
  let wasThere = false;
  const onStarted = () => {
    if (markRunning(parts, attended) && !wasThere) duration.starts();
    if (stoppers.length > 0) return;
    const stopper = stopWhenAsked(parts, attended, ref, over.signal);
    // Awaited below, where a failure is thrown; until then it must not count as unhandled.
    stopper.catch(() => undefined);
    stoppers.push(stopper);
  };
  const hasStarted = () => stoppers.length > 0;
  const answers = new AnswerTries(attended);
  // What was made a moment ago cannot have started, and `follow` looks before it starts anything.
  let justMade = attended.attempt.ref === null;
  try {
    for (;;) {
      const fact = justMade ? undefined : await look(parts, attended, ref);
      justMade = false;
      if (fact === null || fact?.phase === 'ended') return { fact };
      const wasStarted = fact !== undefined && fact.phase !== 'created';
      if (!wasStarted && attended.stop.asked) return { outcome: stoppedBeforeStart() };
      wasThere ||= wasStarted && stoppers.length === 0;
      if (wasStarted) await whenThereIsSpace(attended.leave, onStarted);
      const failure = await followOnce(parts, attended, ref, log, {
        onStarted,
        hasStarted,
        answers,
      });
      if (failure) return failure;
      const end = await settle(parts, attended, ref);
      if (end === null || end.phase === 'ended') return { fact: end };
    }
  } finally {
    over.abort();
    await Promise.all(stoppers);
  }
}

interface Following {
  onStarted(): void;
  hasStarted(): boolean;
  answers: AnswerTries;
}

/** Follows until the streams end, for whatever reason; what came of a start that was refused. */
async function followOnce(
  parts: AttendParts,
  attended: Attended,
  ref: string,
  log: LogWriter,
  { onStarted, hasStarted, answers }: Following,
): Promise<NotStarted | null> {
  const { runs } = parts.repos;
  let isAsked = false;
  const hooks: FollowHooks = {
    beforeStart: () => {
      runs.mark(attended.attempt.id, { startRequestedAt: parts.clock.now() });
      isAsked = true;
    },
    started: () => onStarted(),
    paused: (isPaused) => tellPaused(parts, attended, isPaused),
    note: (text) => runs.note(attended.run.id, text, parts.clock.now()),
  };
  try {
    const { sink } = await maskedLog(parts, attended, log);
    await attended.engine.follow(ref, sink, hooks, attended.leave);
    return null;
  } catch (error) {
    // What went away is asked for by the caller's next inspect, which waits for it.
    if (isNotThere(error)) {
      // Told at once: the next question may take its whole deadline again.
      await whenThereIsSpace(attended.leave, () => noteAway(parts, attended, error));
    }
    const mayCome = hasStarted() || (await answers.mayCome(error, attended.leave));
    if (isAway(error) && mayCome) return null;
    if (!(error instanceof AppError) || isCancelled(error)) throw error;
    // Of its own disk an engine tells as the answer to the start; ours is waited for.
    const isFull = isAsked && isFullDisk(error);
    if (error.code === 'E_START' || ((isFull || !isPassing(error)) && !hasStarted())) {
      if (await hasBegun(parts, attended, ref, error)) return null;
      return { outcome: failureBeforeStart(error), refused: isFull ? error : null };
    }
    // Whatever is wrong with its log, a job that runs is left running and followed again.
    await delay(FOLLOW_AGAIN_MS, attended.leave);
    return null;
  }
}

/** A word at the run that somebody paused; its state is what it was. */
function tellPaused({ repos, clock }: AttendParts, attended: Attended, isPaused: boolean): void {
  if (attended.paused === isPaused) return;
  const text = isPaused ? 'Paused outside Slipway' : 'It goes on';
  repos.runs.setPaused(attended.run.id, isPaused, text, clock.now());
  attended.paused = isPaused;
}

/** Whether it runs or ran although its start was answered with an error: what the engine shows counts. */
async function hasBegun(
  parts: AttendParts,
  attended: Attended,
  ref: string,
  { code }: AppError,
): Promise<boolean> {
  if (code === 'E_START') return false;
  const fact = await look(parts, attended, ref);
  return fact !== null && fact.phase !== 'created';
}

/** The facts once it is not running any more, or after a while in which it still ran. */
async function settle(
  parts: AttendParts,
  attended: Attended,
  ref: string,
): Promise<EngineFact | null> {
  let fact = await look(parts, attended, ref);
  for (const ms of SETTLE_MS) {
    if (fact === null || fact.phase === 'ended') return fact;
    await delay(ms, attended.leave);
    fact = await look(parts, attended, ref);
  }
  return fact;
}

/** The facts, once the engine tells them. */
async function look(
  parts: AttendParts,
  attended: Attended,
  ref: string,
): Promise<EngineFact | null> {
  const { engine, leave, run } = attended;
  const fact = await patiently(parts, attended, () => engine.inspect(ref, leave), {
    waitsFor: isFault,
    answerTries: LOOK_TRIES,
  });
  const runs = fact?.phase === 'running' || fact?.phase === 'paused';
  if (runs) attended.unwatched = false;
  // It outlived whatever happened to the engine: its end will be its own.
  if (runs && parts.repos.runs.attempt(run.id).engineGap === 1) forgetGap(parts, attended);
  return fact;
}

/** Not that there can be no such thing: that does not pass. */
const isFault = (error: unknown): boolean =>
  error instanceof AppError && error.code !== 'E_NOT_FOUND' && !isCancelled(error);

function forgetGap({ repos, clock }: AttendParts, attended: Attended): void {
  repos.runs.mark(attended.attempt.id, { engineGap: 0 });
  attended.backAt = clock.now();
}

/** False when it was running before. */
function markRunning(parts: AttendParts, attended: Attended): boolean {
  attended.unwatched = false;
  parts.disks.started(attended.run);
  return parts.repos.runs.enter(attended.run.id, 'running', 'Running', parts.clock.now());
}
