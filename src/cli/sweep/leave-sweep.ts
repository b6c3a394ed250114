import type { Sweep } from '../../shared/domain/sweep.ts';
import type { Core } from '../../core/create-core.ts';
import { leaveBehind } from '../leave-behind.ts';
import { printJson, printLine, say } from '../output.ts';
import { executorText } from '../../shared/executor-text.ts';
import type { Globals } from '../with-core.ts';

/** Leaves the sweep in its queue, or hands it to a process of its own that outlives this one. */
export async function leaveSweep(core: Core, sweep: Sweep, globals: Globals): Promise<void> {
  const [first] = core.sweeps.cells(sweep.id);
  const queue = first && core.runs.get(first.runId).queue;
  const executor = core.executor();
  if (!queue) await leaveBehind(globals.dataDir, 'sweep', 'attend', sweep.id);
  if (globals.json) printJson(queue ? { sweep, executor } : { sweep });
  else printLine(sweep.id);
  const how = queue ? `is in the queue "${queue.name}"` : 'goes on';
  say(`sweep ${sweep.id} "${sweep.name}" ${how}; see \`slipway sweep show ${sweep.name}\``);
  if (queue) say(`queues are executed by ${executorText(executor)}`);
}
