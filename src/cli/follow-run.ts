import type { Run } from '../shared/domain/run.ts';
import type { Core } from '../core/create-core.ts';
import { leaveBehind } from './leave-behind.ts';
import { printJson, say } from './output.ts';
import { reportEnd, reportProgress } from './report-run.ts';
import { streamLog } from './stream-log.ts';
import type { Globals } from './with-core.ts';

/** Tells the states of a run and streams its log until it has ended. */
export async function followRun(core: Core, globals: Globals, run: Run): Promise<void> {
  say(`run ${run.id} "${run.name}" on the ${run.engine} engine`);
  const stopReporting = reportProgress(core, run.id);
  const whole = new AbortController();
  const log = streamLog(core, run.id, whole.signal, globals.json ? { only: process.stderr } : {});
  await Promise.all([core.runs.attended(run.id), log]);
  stopReporting();
  reportEnd(core.runs.get(run.id));
}

/** Hands the waiting run to a process of its own that outlives this one. */
export async function leaveRunning(run: Run, newVersion: boolean, globals: Globals): Promise<void> {
  await leaveBehind(globals.dataDir, 'run', 'attend', run.id);
  if (globals.json) printJson({ run, newVersion });
  else process.stdout.write(`${run.id}\n`);
  say(`run ${run.id} "${run.name}" goes on; see \`slipway run logs -f ${run.id}\``);
}
