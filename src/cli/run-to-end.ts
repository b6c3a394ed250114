import { isTerminal, type Run } from '../shared/domain/run.ts';
import type { Core } from '../core/create-core.ts';
import type { Launched } from '../core/runs/run-service.ts';
import { exitStatusOfRun } from './exit-status.ts';
import { followRun, leaveRunning } from './follow-run.ts';
import { handlingInterrupts } from './interrupt.ts';
import { printError, printJson, say } from './output.ts';
import { isWaiting } from './queue/until-ended.ts';
import type { Globals } from './with-core.ts';

export interface ToEnd {
  /** Return as soon as the run is there. */
  async: boolean;
  /** Makes the run; Ctrl-C before there is one cancels it. */
  start(signal: AbortSignal): Promise<Launched>;
}

/**
 * Starts a run and follows it, and its further tries; Ctrl-C stops it (removes it from its queue while it
 * waits there), a second one kills it. Sets the exit status.
 */
export async function runToEnd(core: Core, globals: Globals, request: ToEnd): Promise<void> {
  const cancel = new AbortController();
  let run: Run | null = null;
  let interrupted = false;
  const onInterrupt = (count: number) => {
    interrupted = true;
    cancel.abort();
    if (run) stopRun(core, run, count);
  };
  await handlingInterrupts(onInterrupt, async () => {
    const { run: started, identical, newVersion } = await request.start(cancel.signal);
    run = started;
    if (request.async && !identical) return leaveRunning(core, run, newVersion, globals);
    if (!identical) await followRun(core, globals, run);
    for (let next = core.runs.nextTry(run.id); next; next = core.runs.nextTry(run.id)) {
      run = next;
      await followRun(core, globals, run);
    }
    const ended = core.runs.get(run.id);
    if (globals.json) printJson({ run: ended, newVersion, identical });
    process.exitCode = exitStatusOfRun(ended, interrupted);
  });
}

function stopRun(core: Core, run: Run, count: number): void {
  try {
    if (run.queue && isWaiting(core, run.id)) {
      say('removing the run from its queue');
      if (core.queues.removeRuns([run.id]).length > 0) return;
    }
    say(count === 1 ? 'stopping the run (again to kill it)' : 'killing the run');
    // It may have ended in this moment.
    if (!isTerminal(core.runs.get(run.id).state)) core.runs.stop(run.id);
  } catch (error) {
    // Such as a busy database: the person can ask again.
    printError(error, false);
  }
}
