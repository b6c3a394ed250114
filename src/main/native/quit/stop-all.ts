import type { MessageBoxOptions, MessageBoxReturnValue } from 'electron';
import { isTerminal } from '../../../shared/domain/run.ts';
import { AppError } from '../../../shared/errors.ts';
import { plural } from '../../../shared/format.ts';
import type { Core } from '../../../core/create-core.ts';
import { stopRun } from './stop-run.ts';

/** Beyond the time that runs are given to end by themselves, in ms: the engine takes some, too. */
const BEYOND_GRACE_MS = 10_000;
const LOOK_MS = 100;

export interface StopAllParts {
  core: Pick<Core, 'runs' | 'settings' | 'holdWaiting'>;
  ask(box: MessageBoxOptions, signal: AbortSignal): Promise<MessageBoxReturnValue>;
  /** From 0 to 1, on the icon of the window; null when it is over. */
  showProgress(share: number | null): void;
  /** What is not expected. */
  report(error: unknown): void;
}

/**
 * Stops runs and waits for their ends, while a box says so. What has not ended in time is stopped at once,
 * and waited for once more. False when the person would rather stay: the runs are stopped all the same.
 */
export async function stopAll(
  parts: StopAllParts,
  runIds: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const { core, ask, showProgress } = parts;
  const release = core.holdWaiting();
  const over = new AbortController();
  const ends = AbortSignal.any([over.signal, signal]);
  const ended = stopAndWait(parts, runIds, ends);
  const answer = ask(waitingBox(runIds.length), ends).then(({ response }) => response === 0);
  try {
    const stays = await Promise.race([ended.then(() => false), answer.then((now) => !now)]);
    if (stays) release();
    return !stays;
  } finally {
    over.abort();
    showProgress(null);
  }
}

const waitingBox = (count: number): MessageBoxOptions => ({
  type: 'info',
  title: 'Quit Slipway',
  message: `Stopping ${plural(count, 'run')}…`,
  detail: 'Slipway quits when they have ended. Their logs and outputs are kept.',
  buttons: ['Quit now', 'Do not quit'],
  cancelId: 1,
  noLink: true,
});

async function stopAndWait(
  parts: StopAllParts,
  runIds: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { core, showProgress, report } = parts;
  const open = new Set(runIds);
  const graceMs = core.settings.get().stopGraceSeconds * 1000;
  for (const limitMs of [graceMs + BEYOND_GRACE_MS, BEYOND_GRACE_MS]) {
    for (const id of open) stopRun(core.runs, id, report);
    const until = performance.now() + limitMs;
    while (open.size > 0 && performance.now() < until && !signal.aborted) {
      for (const id of open) if (hasEnded(parts, id)) open.delete(id);
      showProgress(1 - open.size / runIds.length);
      if (open.size > 0) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
}

/** One that was deleted has; so has one that nothing can be learned of, so that quitting is not held up. */
function hasEnded({ core: { runs }, report }: StopAllParts, id: string): boolean {
  try {
    return isTerminal(runs.get(id).state);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'E_NOT_FOUND')) report(error);
    return true;
  }
}
