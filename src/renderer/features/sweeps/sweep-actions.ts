import type { Sweep } from '../../../shared/domain/sweep.ts';
import { call } from '../../bridge/client.ts';
import { notify } from '../../stores/ui.ts';

/** Asks all runs of a sweep to end, and starts no more. */
export async function stopSweep(sweep: Sweep): Promise<void> {
  const result = await call('stopSweep', { sweepId: sweep.id });
  if (!result.ok) notify(`${sweep.name} could not be stopped.`, result.error);
}

/** Starts a new run of each cell whose newest run failed or crashed. */
export async function rerunFailed(sweep: Sweep): Promise<void> {
  const result = await call('rerunSweepFailed', { sweepId: sweep.id });
  if (!result.ok) notify(`The failed runs of ${sweep.name} were not started.`, result.error);
}
