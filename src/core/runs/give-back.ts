import type { Run } from '../../shared/domain/run.ts';
import { filesTaken } from '../queue/wait-reason.ts';
import { toErrorData } from '../../shared/errors.ts';
import type { Attended, AttendParts } from './attended.ts';
import { isFullDisk, isOutOfFiles } from './failure.ts';
import type { Followed } from './follow-to-end.ts';
import { whenThereIsSpace } from './patience.ts';

/** Whether a run was not launched by hand: one of a queue, a cell of a sweep, a further try. */
const isQueued = ({ queue, sweep, retryOf }: Run): boolean =>
  queue !== null || sweep !== null || retryOf !== null;

/**
 * A run that never started and whose process ends or has died waits again when nobody launched it by hand.
 * Others end as interrupted (docs/adr/0007-no-second-start.md). False when it is one of those.
 */
export function givenBack(
  { repos, clock }: Pick<AttendParts, 'repos' | 'clock'>,
  run: Run,
): boolean {
  if (!isQueued(run)) return false;
  const text = 'Queued again: Slipway ended before it started';
  return repos.waiting.giveBack(run.id, text, clock.now());
}

/**
 * Whether a run that waited for this process waits again, since what stood in the way of its start is none
 * of its own: there were no files left, or no room (`FullDisks`). Nothing of the attempt stays.
 * @throws the cancellation, when this process ends before that could be written down
 */
export async function waitsAgain(
  parts: AttendParts,
  { run, attempt, waited, leave }: Attended,
  error: unknown,
): Promise<boolean> {
  if (!waited && !isQueued(run)) return false;
  const because = whyAgain(parts, run, error);
  if (because === null) return false;
  await parts.live.remove(attempt.id);
  let isBack = false;
  await whenThereIsSpace(leave, () => {
    const text = `Queued again: ${because}`;
    isBack = parts.repos.waiting.giveBack(run.id, text, parts.clock.now());
  });
  return isBack;
}

/**
 * The same for a run whose engine refused to start it. What was made for it goes first: only when that is gone
 * is it certain that it never starts, and what was asked for can be taken back.
 */
export async function waitsAgainRefused(
  parts: AttendParts,
  attended: Attended,
  { refused, log, ref }: Pick<Followed, 'refused' | 'log' | 'ref'>,
): Promise<boolean> {
  const { run, attempt, engine, leave, waited } = attended;
  if (refused === null || (!waited && !isQueued(run))) return false;
  await log.close();
  const isGone = await engine.remove(ref, leave).then(
    () => true,
    () => false,
  );
  if (!isGone) return false;
  const { runs } = parts.repos;
  await whenThereIsSpace(leave, () => runs.mark(attempt.id, { startRequestedAt: null }));
  await whenThereIsSpace(leave, () => runs.setLogState(run.id, 'none'));
  return waitsAgain(parts, attended, refused);
}

function whyAgain({ disks }: AttendParts, run: Run, error: unknown): string | null {
  if (isFullDisk(error)) return disks.isToWait(run, error) ? toErrorData(error).message : null;
  return isOutOfFiles(error) ? filesTaken.text : null;
}
