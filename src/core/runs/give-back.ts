import type { Run } from '../../shared/domain/run.ts';
import type { AttendParts } from './attended.ts';

/**
 * A run that never started and whose process ends, has died, or has no files left, waits again when nobody launched it by
 * hand: one of a queue, a cell of a sweep, a further try. Others end as interrupted (docs/adr/0007-no-second-start.md).
 * False when it is one of those.
 */
export function givenBack(
  { repos, clock }: Pick<AttendParts, 'repos' | 'clock'>,
  run: Run,
  because = 'Slipway ended before it started',
): boolean {
  if (run.queue === null && run.sweep === null && run.retryOf === null) return false;
  return repos.waiting.giveBack(run.id, `Queued again: ${because}`, clock.now());
}
