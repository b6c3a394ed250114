import { isTerminal, type Run } from '../shared/domain/run.ts';
import { delay } from '../core/scope.ts';

const LOOK_MS = 100;

export interface Stopping {
  /** The run as it is now. */
  look(): Pick<Run, 'state' | 'engineReachable'>;
  say(line: string): void;
}

/**
 * Returns when a run that is to stop has ended. An engine that does not answer meanwhile is told of once: it
 * may take any time until the stop gets there.
 * @throws AppError `E_CANCELLED` with the signal; the stop stays asked for
 */
export async function untilStopped({ look, say }: Stopping, signal: AbortSignal): Promise<void> {
  let isTold = false;
  for (let run = look(); !isTerminal(run.state); run = look()) {
    if (!run.engineReachable && !isTold) {
      say('The engine does not answer; the run is stopped as soon as it does.');
      say('Ctrl-C leaves that to the app, `slipway serve` or the next command.');
    }
    isTold ||= !run.engineReachable;
    await delay(LOOK_MS, signal);
  }
}
