import { AppError } from '../../shared/errors.ts';
import type { Database } from './database.ts';
import { noSuchRun } from './marks-repo.ts';
import { addRemoved } from './removals-repo.ts';
import { touchJobsOf } from './touch-runs.ts';
import { DELETED } from './tracked-repo.ts';

const OF_RUN = ['run_event', 'build_step', 'run_spec', 'run_output', 'attempt'];
const OF_JOB = ['alias', 'preset', 'job_version'];

/**
 * The removing of rows for good. Each call is one transaction, after which what was removed is known as
 * such: what is left of it elsewhere (files, metrics) is found by that.
 */
export class DeletionsRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** All of these runs or none. @throws AppError `E_NOT_FOUND`, `E_STATE` for one that is not in the bin */
  runs(runIds: readonly string[], remover: string): void {
    this.#db.write((rev) => {
      const jobs = runIds.map((id) => this.#binnedRun(id));
      const sweeps = jobs.flatMap(({ sweepId }) => sweepId ?? []);
      for (const id of runIds) this.#run(id, remover, rev);
      for (const { jobId } of jobs) {
        this.#db.run('UPDATE job SET deleted_runs = deleted_runs + 1 WHERE id = ?', jobId);
      }
      for (const id of new Set(sweeps)) this.#cellsOf(id, rev);
      touchJobsOf(
        this.#db,
        jobs.map(({ jobId }) => jobId),
        rev,
      );
    });
  }

  /** From now on the jobs are gone for everybody; their rows are removed part after part. */
  beginJobs(jobIds: readonly string[], remover: string): void {
    this.#db.write((rev) => {
      for (const id of jobIds) {
        this.#refuseUnbinned(id);
        addRemoved(this.#db, 'job', id, remover, rev);
      }
    });
  }

  /** Some runs of a job that are still there. */
  runsOf(jobId: string, limit: number): string[] {
    const sql = 'SELECT id FROM run WHERE job_id = ? LIMIT ?';
    return (this.#db.all(sql, jobId, limit) as { id: string }[]).map(({ id }) => id);
  }

  /** The rows of a job without runs. */
  endJob(jobId: string): void {
    this.#db.write((rev) => {
      const cells =
        'DELETE FROM sweep_cell WHERE sweep_id IN (SELECT id FROM sweep WHERE job_id = ?)';
      this.#db.run(cells, jobId);
      this.#db.run('DELETE FROM sweep WHERE job_id = ?', jobId);
      touchJobsOf(this.#db, [jobId], rev);
      for (const table of OF_JOB) this.#db.run(`DELETE FROM ${table} WHERE job_id = ?`, jobId);
      this.#db.run('DELETE FROM job WHERE id = ?', jobId);
      // Once more: its row was told again with each part.
      addRemoved(this.#db, 'job', jobId, null, rev);
    });
  }

  #binnedRun(id: string): { jobId: string; sweepId: string | null } {
    const row = this.#db.get(
      `SELECT run.name, job_id AS jobId, sweep_id AS sweepId,
         coalesce(run.binned_at, job.binned_at) AS at
       FROM run JOIN job ON job.id = run.job_id WHERE run.id = ?`,
      id,
    ) as { name: string; jobId: string; sweepId: string | null; at: number | null } | undefined;
    if (!row) throw noSuchRun(id);
    if (row.at === null) throw notInBin('run', row.name);
    return row;
  }

  #run(id: string, remover: string, rev: number): void {
    for (const table of OF_RUN) this.#db.run(`DELETE FROM ${table} WHERE run_id = ?`, id);
    const folder = 'UPDATE tracked_run SET run_id = NULL, problem = ? WHERE run_id = ?';
    this.#db.run(folder, DELETED, id);
    this.#db.run('UPDATE run SET retry_of = NULL, rev = ? WHERE retry_of = ?', rev, id);
    this.#db.run('DELETE FROM run WHERE id = ?', id);
    addRemoved(this.#db, 'run', id, remover, rev);
  }

  /** A sweep has the cells of which there are runs; without any it is gone. */
  #cellsOf(sweepId: string, rev: number): void {
    this.#db.run(
      `DELETE FROM sweep_cell WHERE sweep_id = ? AND cell NOT IN
       (SELECT cell FROM run WHERE sweep_id = ?)`,
      sweepId,
      sweepId,
    );
    const left = '(SELECT count(*) FROM sweep_cell WHERE sweep_id = sweep.id)';
    this.#db.run(`UPDATE sweep SET cells = ${left}, rev = ? WHERE id = ?`, rev, sweepId);
    if (this.#db.run('DELETE FROM sweep WHERE id = ? AND cells = 0', sweepId) > 0) {
      addRemoved(this.#db, 'sweep', sweepId, null, rev);
    }
  }

  #refuseUnbinned(id: string): void {
    const sql = 'SELECT name, binned_at AS at FROM job WHERE id = ?';
    const row = this.#db.get(sql, id) as { name: string; at: number | null } | undefined;
    if (!row) throw new AppError('E_NOT_FOUND', `There is no job "${id}".`);
    if (row.at === null) throw notInBin('job', row.name);
  }
}

const notInBin = (kind: 'run' | 'job', name: string): AppError =>
  new AppError('E_STATE', `The ${kind} "${name}" is not in the bin.`, {
    next: 'Put it into the bin first.',
  });
