import { isTerminal } from '../../shared/domain/run.ts';
import type { Core } from '../../core/create-core.ts';
import { delay } from '../../core/scope.ts';
import { say } from '../output.ts';
import { waitText } from './wait-text.ts';
import { WaitTeller } from './wait-teller.ts';

/** Time between looks at what another process may do. */
const LOOK_MS = 200;
/** A run that waits is ended by stopping it. */
const NEVER = new AbortController().signal;

/** Whether nobody has the run yet, and it has not ended. */
export const isWaiting = (core: Core, runId: string): boolean =>
  core.repos.runs.executorOf(runId) === null && !isTerminal(core.runs.get(runId).state);

/**
 * Returns when the run does not wait any more. Meanwhile it tells why it waits, and this process takes part
 * in executing the queues where it is in one.
 */
export async function untilStarted(core: Core, runId: string): Promise<void> {
  if (!isWaiting(core, runId)) return;
  const started = new AbortController();
  const isQueued = core.runs.get(runId).queue !== null;
  const executing = isQueued ? core.execute(started.signal) : null;
  try {
    await tellWhile(core, runId);
  } finally {
    started.abort();
    await executing;
  }
}

async function tellWhile(core: Core, runId: string): Promise<void> {
  const teller = new WaitTeller();
  for (core.runs.adopt(runId); isWaiting(core, runId); core.runs.adopt(runId)) {
    tellWhy(core, runId, teller);
    await delay(LOOK_MS, NEVER);
  }
}

/** Tells why the run waits, where that is due. */
export function tellWhy(core: Core, runId: string, teller: WaitTeller): void {
  const reason = core.queues.whyWaiting(runId);
  if (!reason || !teller.isDue(reason, performance.now())) return;
  say(`waits: ${waitText(reason, core.runs.get(runId))}`);
}

/** Returns when the run has ended, whoever attends it; goes on with it when that process dies. */
export async function untilEnded(core: Core, runId: string): Promise<void> {
  for (;;) {
    await untilStarted(core, runId);
    await core.runs.attended(runId);
    if (isTerminal(core.runs.get(runId).state)) return;
    core.runs.adopt(runId);
    await delay(LOOK_MS, NEVER);
  }
}
