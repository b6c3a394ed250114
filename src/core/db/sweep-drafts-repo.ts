import type { SweepCell, SweepPlan } from '../../shared/domain/sweep.ts';
import type { Database } from './database.ts';
import { newId } from './ids.ts';
import { insertRun, touchJob, type NewRun } from './insert-run.ts';

export interface NewSweep {
  projectId: string;
  jobId: string;
  versionId: string;
  /** Without a name it is called after its job and a number. */
  name: string | null;
  plan: SweepPlan;
  concurrency: number;
}

/** One cell before there is a run of it. */
export interface NewCell {
  values: SweepCell['values'];
  run: NewRun;
}

/** A sweep whose cells are being written. */
export interface SweepDraft {
  id: string;
  name: string;
}

/** The change feed tells nobody of a row with it. */
const UNTOLD = 0;

const INSERT = `
  INSERT INTO sweep (id, seq, project_id, job_id, version_id, name, plan, concurrency, cells,
    created_at, maker, rev)
  SELECT ?, coalesce((SELECT max(seq) FROM sweep), 0) + 1, ?, ?, ?,
    coalesce(?, (SELECT name FROM job WHERE id = ?) || '-sweep-' ||
      ((SELECT count(*) FROM sweep WHERE job_id = ?) + 1)), ?, ?, ?, ?, ?, ?
  RETURNING id, name`;

/**
 * Sweeps that are written in several transactions, so that nobody waits long for one of them. Until
 * `finish` nothing of one is told or started, and no list of sweeps has it.
 */
export class SweepDraftsRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** `maker`: the executor id of the process that writes it; when that dies, nobody goes on. */
  begin(sweep: NewSweep, cells: number, maker: string, now: number): SweepDraft {
    const { projectId, jobId, versionId, name, plan, concurrency } = sweep;
    return this.#db.write(() =>
      this.#db.get(
        INSERT,
        ...[newId(), projectId, jobId, versionId, name, jobId, jobId],
        ...[JSON.stringify(plan), concurrency, cells, now, maker, UNTOLD],
      ),
    ) as SweepDraft;
  }

  /** Cells with a queued run each, the first of them with the number `from`. */
  add({ id, name }: SweepDraft, from: number, cells: readonly NewCell[], now: number): void {
    const sql = 'INSERT INTO sweep_cell (sweep_id, cell, "values") VALUES (?, ?, ?)';
    this.#db.write(() => {
      for (const [index, { values, run }] of cells.entries()) {
        const cell = from + index;
        this.#db.run(sql, id, cell, JSON.stringify(values));
        const made = { ...run, name: `${name}-${cell + 1}`, sweep: { id, cell } };
        insertRun(this.#db, made, 'Queued', { now, rev: UNTOLD });
      }
    });
  }

  /** Makes it a sweep like any other: from now on it may be started. */
  finish({ id }: SweepDraft, { jobId }: NewSweep): void {
    this.#db.write((rev) => {
      this.#db.run('UPDATE sweep SET maker = NULL, rev = ? WHERE id = ?', rev, id);
      touchJob(this.#db, jobId, rev);
      this.#touchQueue(id, rev);
    });
  }

  /** Lets the change feed tell of the runs of the cells from one to before another. */
  tell({ id }: SweepDraft, from: number, to: number): void {
    this.#db.write((rev) => {
      const sql = `UPDATE run SET rev = ? WHERE sweep_id = ? AND cell >= ? AND cell < ? AND rev = ?`;
      this.#db.run(sql, rev, id, from, to, UNTOLD);
    });
  }

  /** Those that are not whole, with who writes them. */
  all(): { id: string; maker: string }[] {
    return this.#db.all('SELECT id, maker FROM sweep WHERE maker IS NOT NULL') as {
      id: string;
      maker: string;
    }[];
  }

  /** Removes so many cells of one; with the last of them it is gone itself, which is true. */
  discard(id: string, cells: number): boolean {
    return this.#db.write((rev) => {
      this.#touchQueue(id, rev);
      const first = '(SELECT id FROM run WHERE sweep_id = ? ORDER BY cell LIMIT ?)';
      for (const table of ['run_event', 'run_spec', 'attempt']) {
        this.#db.run(`DELETE FROM ${table} WHERE run_id IN ${first}`, id, cells);
      }
      if (this.#db.run(`DELETE FROM run WHERE id IN ${first}`, id, cells) === cells) return false;
      this.#db.run('DELETE FROM sweep_cell WHERE sweep_id = ?', id);
      this.#db.run('DELETE FROM sweep WHERE id = ?', id);
      return true;
    });
  }

  /** All cells wait in one queue, or in none. */
  #touchQueue(id: string, rev: number): void {
    const queue = '(SELECT queue_id FROM run WHERE sweep_id = ? LIMIT 1)';
    this.#db.run(`UPDATE queue SET rev = ? WHERE id = ${queue}`, rev, id);
  }
}
