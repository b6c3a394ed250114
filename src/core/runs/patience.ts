import { toErrorData } from '../../shared/errors.ts';
import { delay } from '../scope.ts';
import type { AttendParts, Attended } from './attended.ts';
import { isAway, isFullDisk, isNoAnswer, isOutOfFiles, isPassing } from './failure.ts';

const RETRY_MS = 500;
/** How often something is asked of an engine that is there otherwise and whose answer cannot be read. */
const ANSWER_TRIES = 5;

export interface Patience {
  /** Which failures are waited out; the others are thrown. Without it: an engine that cannot be used now. */
  waitsFor?: (error: unknown) => boolean;
  /** Nothing has started yet: a full disk, of the engine or of ours, and a lack of files are not waited out here, see `waitsAgain`. */
  needsRoom?: boolean;
  /** How often an answer that cannot be read is asked for, of an engine that is there otherwise. */
  answerTries?: number;
  /** Ends the waiting; without it, the end of this process. */
  signal?: AbortSignal;
}

/**
 * Repeats an action on the engine until the engine answers: a run whose engine is away is neither
 * failed nor lost, it waits, and the run says so. Also waits out a full disk and a
 * database that another process keeps locked.
 */
export async function patiently<T>(
  parts: AttendParts,
  attended: Attended,
  action: () => Promise<T>,
  { waitsFor = isAway, needsRoom = false, answerTries, signal = attended.leave }: Patience = {},
): Promise<T> {
  const answers = new AnswerTries(attended, answerTries);
  for (;;) {
    try {
      const result = await action();
      noteReachable(parts, attended, true, 'The engine answers again');
      return result;
    } catch (error) {
      if (needsRoom && (isFullDisk(error) || isOutOfFiles(error))) throw error;
      if (!isPassing(error)) {
        if (!waitsFor(error) || !(await answers.mayCome(error, signal))) throw error;
        await whenThereIsSpace(signal, () => noteAway(parts, attended, error));
        await untilAvailable(attended, signal);
      }
      await delay(RETRY_MS, signal);
    }
  }
}

/**
 * Tells an engine in whose place something else answers, which is waited for without an end, from one that
 * is there and of which one answer cannot be read: that is asked for again a few times.
 */
export class AnswerTries {
  readonly #engine: Attended['engine'];
  readonly #most: number;
  #tries = 0;

  constructor({ engine }: Attended, most = ANSWER_TRIES) {
    this.#engine = engine;
    this.#most = most;
  }

  /** Whether what failed with this is to be tried again, as far as this is concerned. */
  async mayCome(error: unknown, signal: AbortSignal): Promise<boolean> {
    if (!isNoAnswer(error)) return true;
    const { available } = await this.#engine.status(signal);
    this.#tries = available ? this.#tries + 1 : 0;
    return this.#tries < this.#most;
  }
}

/** Says at the run that its engine does not answer, and why; once, until it does again. */
export function noteAway(parts: AttendParts, attended: Attended, error: unknown): void {
  const { message } = toErrorData(error);
  const what = isAway(error) ? 'The engine cannot be used now' : 'The engine is at fault';
  noteReachable(parts, attended, false, `${what}: ${message}`);
}

async function untilAvailable({ engine }: Attended, signal: AbortSignal): Promise<void> {
  while (!(await engine.status(signal)).available) await delay(RETRY_MS, signal);
}

function noteReachable(
  { repos, clock }: AttendParts,
  attended: Attended,
  reachable: boolean,
  text: string,
): void {
  if (attended.reachable === reachable) return;
  repos.runs.setReachable(attended.run.id, reachable, text, clock.now());
  attended.reachable = reachable;
  if (!reachable) attended.unwatched = true;
}

/** Repeats a write to the database while its disk is full or another process keeps it locked. */
export async function whenThereIsSpace(leave: AbortSignal, write: () => unknown): Promise<void> {
  for (;;) {
    try {
      write();
      return;
    } catch (error) {
      if (!isPassing(error)) throw error;
      await delay(RETRY_MS, leave);
    }
  }
}
