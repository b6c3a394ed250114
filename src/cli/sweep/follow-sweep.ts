import type { Sweep } from '../../shared/domain/sweep.ts';
import type { Core } from '../../core/create-core.ts';
import { delay } from '../../core/scope.ts';
import { STATUS } from '../exit-status.ts';
import { handlingInterrupts } from '../interrupt.ts';
import { printError, say } from '../output.ts';
import { isWaiting, tellWhy } from '../queue/until-ended.ts';
import { WaitTeller } from '../queue/wait-teller.ts';
import type { Globals } from '../with-core.ts';
import { endedCells, printCells, startedCells, statesText } from './report-sweep.ts';

/** Time between looks at a sweep whose runs other processes may attend. */
const LOOK_MS = 200;

/**
 * Starts the cells as their turn comes, tells how far the sweep is, and ends when all have ended. Ctrl-C
 * stops the sweep, a second one kills what runs. Sets the exit status.
 */
export async function followSweep(core: Core, globals: Globals, sweepId: string): Promise<void> {
  let interrupted = false;
  const onInterrupt = (count: number) => {
    interrupted = true;
    stopSweep(core, sweepId, count);
  };
  await handlingInterrupts(onInterrupt, async () => {
    await core.reconcile('follow');
    const ended = await untilEnded(core, sweepId);
    printCells(core, globals.json, ended);
    const failed = (ended.states['finished'] ?? 0) < ended.cells;
    process.exitCode = interrupted ? STATUS.interrupted : failed ? STATUS.failed : STATUS.done;
  });
}

function stopSweep(core: Core, sweepId: string, count: number): void {
  say(count === 1 ? 'stopping the sweep (again to kill its runs)' : 'killing the runs');
  try {
    core.sweeps.stop(sweepId);
  } catch (error) {
    // Such as a busy database: the person can ask again.
    printError(error, false);
  }
}

async function untilEnded(core: Core, sweepId: string): Promise<Sweep> {
  const never = new AbortController().signal;
  const teller = new WaitTeller();
  let told = -1;
  for (;;) {
    const sweep = core.sweeps.get(sweepId);
    const ended = endedCells(sweep);
    // Each step of each cell would be too much to read.
    if (ended !== told) say(`${ended} of ${sweep.cells} ended: ${statesText(sweep)}`);
    told = ended;
    if (ended === sweep.cells) return sweep;
    if (startedCells(sweep) === 0) tellOfFirst(core, sweepId, teller);
    await delay(LOOK_MS, never);
  }
}

/** While none of it runs: why the first of those that wait does not. */
function tellOfFirst(core: Core, sweepId: string, teller: WaitTeller): void {
  const first = core.sweeps.cells(sweepId).find(({ runId }) => isWaiting(core, runId));
  if (first) tellWhy(core, first.runId, teller);
}
