import type { Run } from '../shared/domain/run.ts';
import type { Core } from '../core/create-core.ts';
import { leaveBehind } from './leave-behind.ts';
import { printJson, say } from './output.ts';
import { executorText } from '../shared/executor-text.ts';
import { untilEnded, untilStarted } from './queue/until-ended.ts';
import { waitText } from './queue/wait-text.ts';
import { reportEnd, reportProgress } from './report-run.ts';
import { streamLog } from './stream-log.ts';
import type { Globals } from './with-core.ts';

/** Tells why a run waits, its states, and streams its log until it has ended. */
export async function followRun(core: Core, globals: Globals, run: Run): Promise<void> {
  say(`run ${run.id} "${run.name}"${placeText(run)} on the ${run.engine} engine`);
  const stopReporting = reportProgress(core, run.id);
  await untilStarted(core, run.id);
  const whole = new AbortController();
  const log = streamLog(core, run.id, whole.signal, globals.json ? { only: process.stderr } : {});
  await Promise.all([untilEnded(core, run.id), log]);
  stopReporting();
  reportEnd(core.runs.get(run.id));
}

/** Leaves a run in its queue, or hands it to a process of its own that outlives this one. */
export async function leaveRunning(
  core: Core,
  run: Run,
  newVersion: boolean,
  globals: Globals,
): Promise<void> {
  if (run.queue) return leaveQueued(core, run, newVersion, globals);
  await leaveBehind(globals.dataDir, 'run', 'attend', run.id);
  if (globals.json) printJson({ run, newVersion });
  else process.stdout.write(`${run.id}\n`);
  say(`run ${run.id} "${run.name}" goes on; see \`slipway run logs -f ${run.id}\``);
}

function leaveQueued(core: Core, run: Run, newVersion: boolean, globals: Globals): void {
  const [executor, waits] = [core.executor(), core.queues.whyWaiting(run.id)];
  if (globals.json) printJson({ run, newVersion, waits, executor });
  else process.stdout.write(`${run.id}\n`);
  say(
    `run ${run.id} "${run.name}"${placeText(run)}: ${waits ? waitText(waits, run) : 'has started'}`,
  );
  if (waits?.code !== 'no-executor') say(`queues are executed by ${executorText(executor)}`);
}

const placeText = ({ queue, priority }: Run): string =>
  queue ? ` in the queue "${queue.name}" (${priority} priority)` : '';
