import { toErrorData } from '../../shared/errors.ts';
import { delay } from '../scope.ts';
import type { AttendParts, Attended } from './attended.ts';
import { isAway, isFullDisk, isOutOfFiles, isPassing } from './failure.ts';

const RETRY_MS = 500;

export interface Patience {
  /** Which failures are waited out; the others are thrown. Without it: an engine that cannot be used now. */
  waitsFor?: (error: unknown) => boolean;
  /** Nothing has started yet: a full disk, of the engine or of ours, and a lack of files are not waited out here, see `waitsAgain`. */
  needsRoom?: boolean;
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
  { waitsFor = isAway, needsRoom = false, signal = attended.leave }: Patience = {},
): Promise<T> {
  for (;;) {
    try {
      const result = await action();
      noteReachable(parts, attended, true, 'The engine answers again');
      return result;
    } catch (error) {
      if (needsRoom && (isFullDisk(error) || isOutOfFiles(error))) throw error;
      if (!isPassing(error)) {
        if (!waitsFor(error)) throw error;
        await whenThereIsSpace(signal, () => noteAway(parts, attended, error));
        await untilAvailable(attended, signal);
      }
      await delay(RETRY_MS, signal);
    }
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
