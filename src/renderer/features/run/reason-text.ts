import { clockText } from '../../../shared/clock-text.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { Sweep } from '../../../shared/domain/sweep.ts';
import { isOutOfSight } from '../../../shared/run-state-text.ts';
import { formatDuration, plural } from '../../lib/format.ts';
import { engineName } from '../../stores/engines.ts';

/** What a queued run waits for. */
function waitText(run: Run, sweep: Sweep | undefined, now: number): string {
  if (run.notBefore !== null && run.notBefore > now) {
    const left = formatDuration(run.notBefore - now);
    return `Waits until ${clockText(run.notBefore, now)} to try again, ${left} from now`;
  }
  if (sweep) {
    return `Waits for its turn: ${plural(sweep.concurrency, 'run')} of its sweep at a time`;
  }
  return run.sweep ? 'Waits for its turn in its sweep' : 'Waits to be started';
}

/** What a queued run waits for, for a list: without what changes every second. */
export function shortWait({ notBefore, sweep }: Run, now: number): string {
  if (notBefore !== null && notBefore > now) return `tries again at ${clockText(notBefore, now)}`;
  return sweep ? 'waits for its turn in its sweep' : 'waits to be started';
}

/** Why the run is as it is, in words; null when its state says all. */
export function reasonText(run: Run, sweep: Sweep | undefined, now: number): string | null {
  if (run.state === 'queued') return waitText(run, sweep, now);
  if (isOutOfSight(run)) return `${engineName(run.engine)} does not answer`;
  if (run.paused) return 'Paused outside Slipway';
  if (run.reason) return run.reason.text;
  return run.state === 'stopping' ? 'Waiting for the program to end' : null;
}
