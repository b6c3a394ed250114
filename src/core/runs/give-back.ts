import type { Run } from '../../shared/domain/run.ts';
import type { AttendParts } from './attended.ts';

/**
 * A run that never started and whose process ends, or has died, waits again when nobody launched it by
 * hand: one of a queue, a cell of a sweep, a further try. Others end as interrupted (docs/adr/0007-no-second-start.md).
 * False when it is one of those.
 */
export function givenBack(
  { repos, clock }: Pick<AttendParts, 'repos' | 'clock'>,
  run: Run,
): boolean {
  if (run.queue === null && run.sweep === null && run.retryOf === null) return false;
  const text = 'Queued again: Slipway ended before it started';
  return repos.waiting.giveBack(run.id, text, clock.now());
}
