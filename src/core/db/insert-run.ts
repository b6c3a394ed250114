import { PRIORITIES, type EngineKind, type Run } from '../../shared/domain/run.ts';
import { AppError } from '../../shared/errors.ts';
import { runConfig } from '../runs/run-config.ts';
import type { Database } from './database.ts';
import { newId } from './ids.ts';
import { endOf } from './queue-order.ts';
import { addEvent, touchQueueOf, type Stamp } from './run-events.ts';
import { OWNER } from './run-rows.ts';
import { addSpec, type RunInputs } from './specs-repo.ts';

export interface NewRun {
  projectId: string;
  jobId: string;
  versionId: string;
  /** Without a name the run is called after its job and a number. */
  name: string | null;
  engine: EngineKind;
  entryPoint: string[];
  rewrite: boolean;
  executor: string | null;
  /** What it is given; left away by a run that is given nothing. */
  inputs?: RunInputs;
  sweep?: Run['sweep'];
  /** Left away by a run that is put into none. `priority` as in the database: 0 is the first. */
  queue?: { id: string; priority: number; notBefore: number | null } | undefined;
  /** Left away by a first try. */
  retry?: { of: string; tryNumber: number; notBefore: number };
}

const INSERT = `
  INSERT INTO run (id, seq, project_id, job_id, version_id, name, state, engine, entry_point,
    rewrite, executor, config, sweep_id, cell, retry_of, try, not_before, queue_id, priority, position,
    creator, created_at, rev)
  SELECT ?, coalesce((SELECT max(seq) FROM run), 0) + 1, ?, ?, ?,
    coalesce(?, (SELECT name FROM job WHERE id = ?) || '-' ||
      ((SELECT count(*) FROM run WHERE job_id = ?) +
       (SELECT deleted_runs FROM job WHERE id = ?) + 1)),
    'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?`;

/**
 * Inside a transaction: the run, its first attempt and what it is given. Returns its id.
 * @throws AppError `E_STATE` when its job is in the bin
 */
export function insertRun(db: Database, run: NewRun, text: string, { now, rev }: Stamp): string {
  refuseBinned(db, run.jobId);
  const id = newId();
  const { sweep = null, retry, inputs, queue } = run;
  const config = inputs ? runConfig(inputs.spec, inputs.delivery) : null;
  db.run(
    INSERT,
    ...[id, run.projectId, run.jobId, run.versionId, run.name, run.jobId, run.jobId, run.jobId],
    ...[run.engine, JSON.stringify(run.entryPoint), Number(run.rewrite), run.executor],
    ...[config && JSON.stringify(config), sweep?.id ?? null, sweep?.cell ?? null],
    ...[retry?.of ?? null, retry?.tryNumber ?? 1, retry?.notBefore ?? queue?.notBefore ?? null],
    ...[...placeOf(db, queue), OWNER, now, rev],
  );
  db.run('INSERT INTO attempt (id, run_id, number) VALUES (?, ?, 1)', `${id}-1`, id);
  if (inputs) addSpec(db, id, inputs);
  addEvent(db, id, 'queued', text, now, rev);
  if (queue) touchQueueOf(db, id, rev);
  return id;
}

/** Queue, priority and position: behind all of the same priority. A run of no queue is of medium priority. */
function placeOf(db: Database, queue: NewRun['queue']): unknown[] {
  if (!queue) return [null, PRIORITIES.indexOf('medium'), 0];
  const { id, priority } = queue;
  if (!db.get('SELECT 1 FROM queue WHERE id = ?', id)) {
    throw new AppError('E_NOT_FOUND', 'The queue of this run is not there any more.', {
      next: 'Choose another one; see `slipway queue list`.',
    });
  }
  return [id, priority, endOf(db, { queueId: id, priority })];
}

function refuseBinned(db: Database, jobId: string): void {
  const row = db.get('SELECT name FROM job WHERE id = ? AND binned_at IS NOT NULL', jobId);
  if (row) throw jobInBin((row as { name: string }).name);
}

/** What is said when something is wanted of a job that is in the bin. */
export const jobInBin = (name: string): AppError =>
  new AppError('E_STATE', `The job "${name}" is in the bin.`, {
    next: 'Restore it from the bin first.',
  });

/** Inside a transaction that adds runs to a job: its row and its project's count them. */
export function touchJob(db: Database, jobId: string, rev: number): void {
  db.run('UPDATE job SET rev = ? WHERE id = ?', rev, jobId);
  db.run(
    'UPDATE project SET rev = ? WHERE id = (SELECT project_id FROM job WHERE id = ?)',
    rev,
    jobId,
  );
}
