import { jsonValuesSchema, type JsonValues } from '../../shared/domain/json.ts';
import type { EndReason, Run, RunUsage, TerminalState } from '../../shared/domain/run.ts';
import { AppError } from '../../shared/errors.ts';
import type { Database } from './database.ts';
import { addEvent } from './run-events.ts';
import { NO_ENGINE } from './run-rows.ts';

/** A run that was executed elsewhere. Times are ms since 1970. */
export interface ForeignRun {
  id: string;
  projectId: string;
  jobId: string;
  versionId: string;
  name: string;
  state: TerminalState;
  reason: EndReason;
  exitCode: number | null;
  entryPoint: string[];
  config: NonNullable<Run['config']>;
  summary: NonNullable<Run['summary']>;
  tracked: NonNullable<Run['tracked']>;
  startedAt: number;
  endedAt: number;
  /** As the tracker recorded; null where it did not. */
  creator: string | null;
  tags: string[];
  notes: string;
}

interface MarksRow {
  name: string;
  starred: number;
  tags: string;
  notes: string;
  binnedAt: number | null;
}

/** What runs came to by their own account: those executed elsewhere, and the results of all. */
export class ResultsRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * A run that ended elsewhere, in place of what an earlier import made of it; what a person noted about
   * that stays.
   * @throws AppError `E_NOT_FOUND` for one that was deleted meanwhile
   */
  import(run: ForeignRun): void {
    this.#db.write((rev) => {
      this.#refuseDeleted(run.id);
      const { name, starred, tags, notes, binnedAt } = this.#marksOf(run);
      this.#remove(run.id);
      this.#db.run(
        `INSERT INTO run (id, seq, project_id, job_id, version_id, name, state, reason, exit_code,
           engine, entry_point, config, summary, tracked, log_state, created_at, started_at, ended_at,
           duration_ms, creator, starred, tags, notes, binned_at, rev)
         SELECT ?, coalesce((SELECT max(seq) FROM run), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
           'sealed', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?`,
        run.id,
        run.projectId,
        run.jobId,
        run.versionId,
        name,
        run.state,
        JSON.stringify(run.reason),
        run.exitCode,
        NO_ENGINE,
        JSON.stringify(run.entryPoint),
        JSON.stringify(run.config),
        JSON.stringify(run.summary),
        JSON.stringify(run.tracked),
        run.startedAt,
        run.startedAt,
        run.endedAt,
        Math.max(0, run.endedAt - run.startedAt),
        ...[run.creator, starred, tags, notes, binnedAt, rev],
      );
      const folder = 'UPDATE tracked_run SET run_id = ? WHERE folder = ?';
      this.#db.run(folder, run.id, run.tracked.folder);
      this.#db.run('UPDATE job SET rev = ? WHERE id = ?', rev, run.jobId);
      this.#db.run('UPDATE project SET rev = ? WHERE id = ?', rev, run.projectId);
      addEvent(this.#db, run.id, run.state, `Imported: ${run.reason.text}`, run.endedAt, rev);
    });
  }

  /** The first run of a version that was executed elsewhere, with its config. */
  importedOf(versionId: string): { id: string; config: JsonValues } | null {
    const row = this.#db.get(
      `SELECT id, config FROM run WHERE version_id = ? AND engine = ? AND config IS NOT NULL
       ORDER BY seq LIMIT 1`,
      versionId,
      NO_ENGINE,
    ) as { id: string; config: string } | undefined;
    return row ? { id: row.id, config: jsonValuesSchema.parse(JSON.parse(row.config)) } : null;
  }

  /** What the code of a run said it was configured with, and its last results. */
  set(id: string, results: Pick<Run, 'config' | 'summary' | 'tracked'>): void {
    this.#db.write((rev) =>
      this.#db.run(
        'UPDATE run SET config = ?, summary = ?, tracked = ?, rev = ? WHERE id = ?',
        results.config && JSON.stringify(results.config),
        results.summary && JSON.stringify(results.summary),
        results.tracked && JSON.stringify(results.tracked),
        rev,
        id,
      ),
    );
  }

  /** What a run used of the machine. */
  setUsage(id: string, usage: RunUsage): void {
    const sql = 'UPDATE run SET usage = ?, rev = ? WHERE id = ?';
    this.#db.write((rev) => this.#db.run(sql, JSON.stringify(usage), rev, id));
  }

  #refuseDeleted(id: string): void {
    const sql = "SELECT 1 FROM removed WHERE kind = 'run' AND id = ?";
    if (this.#db.get(sql, id)) throw new AppError('E_NOT_FOUND', 'The run was deleted meanwhile.');
  }

  #marksOf({ id, name, tags, notes }: ForeignRun): MarksRow {
    const sql = 'SELECT name, starred, tags, notes, binned_at AS binnedAt FROM run WHERE id = ?';
    const fresh = { name, starred: 0, tags: JSON.stringify(tags), notes, binnedAt: null };
    return (this.#db.get(sql, id) as MarksRow | undefined) ?? fresh;
  }

  #remove(id: string): void {
    for (const table of ['run_event', 'build_step', 'attempt']) {
      this.#db.run(`DELETE FROM ${table} WHERE run_id = ?`, id);
    }
    this.#db.run('UPDATE tracked_run SET run_id = NULL WHERE run_id = ?', id);
    this.#db.run('DELETE FROM run WHERE id = ?', id);
  }
}
