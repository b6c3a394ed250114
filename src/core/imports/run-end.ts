import type { EndReason, TerminalState } from '../../shared/domain/run.ts';
import type { TrackedRun } from '../tracked/tracked-run.ts';

interface End {
  state: TerminalState;
  reason: EndReason;
  exitCode: number | null;
}

/** What the SDK records for a run that was interrupted (SIGINT), whatever the program's own code is. */
const INTERRUPTED = 255;

/** How a tracked run ended, from its exit record. */
export function endOf({ exitCode }: Pick<TrackedRun, 'exitCode'>): End {
  const reason = (code: EndReason['code'], text: string): EndReason => ({
    code,
    text,
    next: null,
    detail: null,
  });
  if (exitCode === null) {
    const text = 'it left no record of its end: killed, or its log was cut off';
    return { state: 'crashed', reason: reason('no-record', text), exitCode };
  }
  if (exitCode === 0) return { state: 'finished', reason: reason('exit', 'exit code 0'), exitCode };
  const text = exitCode === INTERRUPTED ? 'exit code 255: interrupted' : `exit code ${exitCode}`;
  return { state: 'failed', reason: reason('exit', text), exitCode };
}
