import type { Run } from '../../shared/domain/run.ts';
import type { Attempt } from '../db/attempt.ts';
import type { EngineFact } from '../engines/engine.ts';

/** A run that has not ended and that somebody took, as the rows have it. */
export interface ActiveRun {
  run: Pick<Run, 'id' | 'state'>;
  attempt: Pick<Attempt, 'id' | 'startRequestedAt'>;
  /** `taken`: attended by a living process; `dead`: its executor died. */
  owner: 'taken' | 'dead';
}

export type ReconcileAction =
  /** It started: take it over and follow it to its end, or find the end that it came to. */
  | { do: 'attend'; runId: string; ended: boolean }
  /** It never started: end it as interrupted. */
  | { do: 'interrupt'; runId: string }
  /** Left over: no run that has not ended needs it. */
  | { do: 'remove'; ref: string };

/**
 * What has to be done so that rows and engine agree; pure, and without effect when done twice. A run
 * whose executor died before the start was asked for is not started by somebody else: it ends, and
 * the person launches it again. So nothing can start twice.
 */
export function reconcile(
  runs: readonly ActiveRun[],
  facts: readonly EngineFact[],
): ReconcileAction[] {
  const byAttempt = new Map(facts.map((fact) => [fact.attemptId, fact]));
  const needed = new Set<string>();
  const actions: ReconcileAction[] = [];
  for (const active of runs) {
    const fact = byAttempt.get(active.attempt.id);
    const action = actionFor(active, fact);
    if (action) actions.push(action);
    if (action?.do !== 'interrupt') needed.add(active.attempt.id);
  }
  for (const fact of facts) {
    if (!needed.has(fact.attemptId)) actions.push({ do: 'remove', ref: fact.ref });
  }
  return actions;
}

function actionFor(
  { run, attempt, owner }: ActiveRun,
  fact: EngineFact | undefined,
): ReconcileAction | null {
  if (owner === 'taken') return null;
  if (!hasStarted(attempt, fact)) return { do: 'interrupt', runId: run.id };
  return { do: 'attend', runId: run.id, ended: !fact || fact.phase === 'ended' };
}

/** A start that was asked for counts as one, unless the engine shows that it did not come to it. */
function hasStarted(attempt: ActiveRun['attempt'], fact: EngineFact | undefined): boolean {
  if (fact) return fact.phase !== 'created';
  return attempt.startRequestedAt !== null;
}
