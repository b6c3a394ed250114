import { retrySchema, type Retry } from '../../shared/domain/launch-spec.ts';
import { PRIORITIES, type Run } from '../../shared/domain/run.ts';
import type { Database } from './database.ts';
import { insertRun, touchJob, type NewRun } from './insert-run.ts';
import { addEvent, type Stamp } from './run-events.ts';
import { SpecsRepo } from './specs-repo.ts';

/**
 * Whether a run that ended is tried again by its rule. A run that a person asked to stop is not, however
 * it ended.
 */
export function isTriedAgain(run: Run, retry: Retry | null): retry is Retry {
  if (retry === null || run.stopRequestedAt !== null) return false;
  return run.tryNumber <= retry.times && (retry.on as string[]).includes(run.state);
}

/**
 * Inside the transaction in which a run ends: its next try as a queued run, and a line about it in the
 * timelines of both. So there is no moment at which a crash loses the try or makes two of it.
 */
export function addRetry(db: Database, run: Run, stamp: Stamp): void {
  const retry = retryOf(db, run.id);
  if (!isTriedAgain(run, retry)) return;
  const { waitSeconds, times } = retry;
  const tryNumber = run.tryNumber + 1;
  const which = `try ${tryNumber} of ${times + 1}`;
  const text = `Queued: ${which}, after "${run.name}" ${run.state} (${run.reason!.text})`;
  const id = insertRun(
    db,
    nextTry(db, run, tryNumber, stamp.now + waitSeconds * 1000),
    text,
    stamp,
  );
  touchJob(db, run.jobId, stamp.rev);
  const wait = waitSeconds > 0 ? ` in ${waitSeconds} s` : '';
  addEvent(db, run.id, null, `Tried again${wait} as run ${id} (${which})`, stamp.now, stamp.rev);
}

function nextTry(db: Database, run: Run, tryNumber: number, notBefore: number): NewRun {
  const { projectId, jobId, versionId, entryPoint, rewrite, sweep, queue } = run;
  return {
    ...{ projectId, jobId, versionId, entryPoint, rewrite, sweep },
    name: `${run.name.replace(/-try\d+$/, '')}-try${tryNumber}`,
    // Only runs that were executed here end here.
    engine: run.engine!,
    executor: null,
    inputs: new SpecsRepo(db).of(run.id)!,
    // Where the run was at the end: it may have been moved.
    queue: queue
      ? { id: queue.id, priority: PRIORITIES.indexOf(run.priority), notBefore: null }
      : undefined,
    retry: { of: run.id, tryNumber, notBefore: Math.round(notBefore) },
  };
}

/** Without reading the whole of what it was given, which may be long. */
function retryOf(db: Database, runId: string): Retry | null {
  const row = db.get(
    "SELECT json_extract(spec, '$.settings.retry') AS retry FROM run_spec WHERE run_id = ?",
    runId,
  ) as { retry: string | null } | undefined;
  return row?.retry ? retrySchema.parse(JSON.parse(row.retry)) : null;
}
