import type { Sweep } from '../../shared/domain/sweep.ts';
import { leaveBehind } from '../leave-behind.ts';
import { printJson, printLine, say } from '../output.ts';
import type { Globals } from '../with-core.ts';

/** Hands the sweep to a process of its own that outlives this one. */
export async function leaveSweep(sweep: Sweep, globals: Globals): Promise<void> {
  await leaveBehind(globals.dataDir, 'sweep', 'attend', sweep.id);
  if (globals.json) printJson({ sweep });
  else printLine(sweep.id);
  say(`sweep ${sweep.id} "${sweep.name}" goes on; see \`slipway sweep show ${sweep.name}\``);
}
