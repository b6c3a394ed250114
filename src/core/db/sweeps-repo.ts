import type { EndReason } from '../../shared/domain/run.ts';
import {
  sweepCellSchema,
  sweepSchema,
  type Sweep,
  type SweepCell,
} from '../../shared/domain/sweep.ts';
import type { Database } from './database.ts';
import { insertRun, touchJob, type NewRun } from './insert-run.ts';
import { stopWaiting } from './waiting-repo.ts';

const SELECT = `
  SELECT sweep.id, sweep.project_id AS projectId, sweep.job_id AS jobId, job.name AS jobName,
    sweep.version_id AS versionId, v.number AS versionNumber, sweep.name, sweep.plan,
    sweep.concurrency, sweep.cells, sweep.stop_requested_at AS stopRequestedAt,
    sweep.created_at AS createdAt
  FROM sweep JOIN job ON job.id = sweep.job_id JOIN job_version v ON v.id = sweep.version_id
  WHERE sweep.maker IS NULL`;
/** The newest run of each cell. */
const NEWEST = `
  SELECT cell, id, state, max(seq) FROM run WHERE sweep_id = ? GROUP BY cell ORDER BY cell`;

/** Sweeps and their cells, once all of them are there. A sweep's revision changes with the state of any run of it. */
export class SweepsRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  get(id: string): Sweep | null {
    return this.#sweeps('sweep.id = ?', id)[0] ?? null;
  }

  /** Newest first, without those of jobs in the bin. */
  list(filter: { projectId?: string | undefined; jobId?: string | undefined }): Sweep[] {
    const { projectId = null, jobId = null } = filter;
    const where = 'sweep.project_id = coalesce(?, sweep.project_id)';
    const ofJob = 'sweep.job_id = coalesce(?, sweep.job_id) AND job.binned_at IS NULL';
    const clause = `${where} AND ${ofJob} ORDER BY sweep.seq DESC`;
    return this.#sweeps(clause, projectId, jobId);
  }

  changedSince(rev: number): Sweep[] {
    return this.#sweeps('sweep.rev > ?', rev);
  }

  /** In their order, each with its newest run. */
  cells(id: string): SweepCell[] {
    const rows = this.#db.all(
      `SELECT c.cell, c."values" AS "values", newest.id AS runId FROM sweep_cell c
       JOIN (${NEWEST}) newest ON newest.cell = c.cell WHERE c.sweep_id = ? ORDER BY c.cell`,
      id,
      id,
    );
    return (rows as { cell: number; values: string; runId: string }[]).map((row) =>
      sweepCellSchema.parse({ ...row, values: JSON.parse(row.values) }),
    );
  }

  /** Ids of the newest runs of cells in which they ended in one of these states. */
  newestIn(id: string, states: readonly string[]): string[] {
    const rows = this.#db.all(NEWEST, id) as { id: string; state: string }[];
    return rows.filter(({ state }) => states.includes(state)).map((row) => row.id);
  }

  /** Queued runs for cells that are run once more; takes back that the sweep was to stop. */
  addRuns(id: string, runs: readonly NewRun[], now: number): void {
    this.#db.write((rev) => {
      for (const run of runs) insertRun(this.#db, run, 'Queued again', { now, rev });
      if (runs[0]) touchJob(this.#db, runs[0].jobId, rev);
      this.#db.run('UPDATE sweep SET stop_requested_at = NULL, rev = ? WHERE id = ?', rev, id);
    });
  }

  /** Ends the runs that nobody has, and asks those that somebody has to end. */
  stop(id: string, reason: EndReason, now: number): void {
    this.#db.write((rev) => {
      this.#db.run(
        `UPDATE sweep SET stop_requested_at = coalesce(stop_requested_at, ?), rev = ? WHERE id = ?`,
        now,
        rev,
        id,
      );
      stopWaiting(this.#db, { sweepId: id }, reason, { now, rev });
      this.#db.run(
        `UPDATE run SET stop_requests = stop_requests + 1, rev = ?,
           stop_requested_at = coalesce(stop_requested_at, ?)
         WHERE sweep_id = ? AND ended_at IS NULL`,
        ...[rev, now, id],
      );
    });
  }

  #sweeps(clause: string, ...values: unknown[]): Sweep[] {
    const rows = this.#db.all(`${SELECT} AND ${clause}`, ...values) as {
      id: string;
      plan: string;
    }[];
    return rows.map((row) =>
      sweepSchema.parse({ ...row, plan: JSON.parse(row.plan), states: this.#states(row.id) }),
    );
  }

  #states(id: string): Record<string, number> {
    const sql = `SELECT state, count(*) AS n FROM (${NEWEST}) GROUP BY state`;
    const rows = this.#db.all(sql, id) as { state: string; n: number }[];
    return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
  }
}
