import { toErrorData } from '../../shared/errors.ts';
import { delay } from '../scope.ts';
import type { AttendParts, Attended } from './attended.ts';
import { isAway, isPassing } from './failure.ts';

const RETRY_MS = 500;

/**
 * Repeats an action on the engine until the engine answers: a run whose engine is away is neither
 * failed nor lost, it waits, and the run says so. Also waits out a full disk and a
 * database that another process keeps locked. Other errors are thrown.
 */
export async function patiently<T>(
  parts: AttendParts,
  attended: Attended,
  action: () => Promise<T>,
): Promise<T> {
  const { engine, leave } = attended;
  for (;;) {
    try {
      const result = await action();
      noteReachable(parts, attended, true, 'The engine answers again');
      return result;
    } catch (error) {
      if (isPassing(error)) {
        await delay(RETRY_MS, leave);
      } else if (isAway(error)) {
        const text = `The engine does not answer: ${toErrorData(error).message}`;
        await whenThereIsSpace(leave, () => noteReachable(parts, attended, false, text));
        while (!(await engine.status(leave)).available) await delay(RETRY_MS, leave);
      } else {
        throw error;
      }
    }
  }
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
