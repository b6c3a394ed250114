import { AppError } from '../../shared/errors.ts';
import type { Database } from './database.ts';
import { jobInBin } from './insert-run.ts';
import { noSuchRun } from './marks-repo.ts';
import { touchJobsOf, updateRuns } from './touch-runs.ts';

interface RunRow {
  id: string;
  name: string;
  jobId: string;
  ended: number;
  /** The job, when it is in the bin. */
  binnedJob: string | null;
}

/** Names that a message lists. */
const LISTED = 3;

/** What is in the bin: hidden, and as it was in all else. All changes are of all rows asked for or of none. */
export class BinRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Jobs in the bin, newest there first, without those that are being deleted. */
  jobIds(): string[] {
    const rows = this.#db.all(
      `SELECT id FROM job WHERE binned_at IS NOT NULL
         AND id NOT IN (SELECT id FROM removed WHERE kind = 'job')
       ORDER BY binned_at DESC, id`,
    );
    return (rows as { id: string }[]).map(({ id }) => id);
  }

  /** Runs that were put into the bin, newest there first; not those whose job is there. */
  runIds(limit: number): string[] {
    const rows = this.#db.all(
      `SELECT run.id FROM run JOIN job ON job.id = run.job_id
       WHERE run.binned_at IS NOT NULL AND job.binned_at IS NULL
       ORDER BY run.binned_at DESC, run.seq DESC LIMIT ?`,
      limit,
    );
    return (rows as { id: string }[]).map(({ id }) => id);
  }

  /** @throws AppError `E_RUN_ACTIVE`, `E_NOT_FOUND` */
  binRuns(runIds: readonly string[], now: number): void {
    this.#db.write((rev) => {
      const runs = runIds.map((id) => this.#run(id));
      refuseActive(runs.filter(({ ended }) => !ended));
      updateRuns(this.#db, runIds, 'binned_at = coalesce(binned_at, ?)', now);
      touchJobsOf(
        this.#db,
        runs.map(({ jobId }) => jobId),
        rev,
      );
    });
  }

  /** @throws AppError `E_STATE` when their job is in the bin, `E_NOT_FOUND` */
  restoreRuns(runIds: readonly string[]): void {
    this.#db.write((rev) => {
      const runs = runIds.map((id) => this.#run(id));
      for (const { binnedJob } of runs) if (binnedJob !== null) throw jobInBin(binnedJob);
      updateRuns(this.#db, runIds, 'binned_at = NULL');
      touchJobsOf(
        this.#db,
        runs.map(({ jobId }) => jobId),
        rev,
      );
    });
  }

  /**
   * Their runs are there with them. One that is in the bin already stays there when its job is restored; it
   * is told from the others by its time.
   * @throws AppError `E_RUN_ACTIVE`, `E_NOT_FOUND`
   */
  binJobs(jobIds: readonly string[], now: number): void {
    this.#db.write((rev) => {
      for (const id of jobIds) {
        const { binnedAt } = this.#job(id);
        if (binnedAt !== null) continue;
        refuseActive(this.#activeOf(id));
        const last = this.#db.get('SELECT max(binned_at) AS at FROM run WHERE job_id = ?', id);
        const at = Math.max(now, ((last as { at: number | null }).at ?? 0) + 1);
        this.#db.run('UPDATE job SET binned_at = ? WHERE id = ?', at, id);
      }
      touchJobsOf(this.#db, jobIds, rev);
    });
  }

  /**
   * With the runs that were there with them. `nameFor` gives the name that a job is restored under.
   * @throws AppError `E_NOT_FOUND`, and what `nameFor` throws
   */
  restoreJobs(jobIds: readonly string[], nameFor: (jobId: string) => string): void {
    this.#db.write((rev) => {
      for (const id of jobIds) {
        const { binnedAt } = this.#job(id);
        if (binnedAt === null) continue;
        const sql = 'UPDATE job SET binned_at = NULL, name = ? WHERE id = ?';
        this.#db.run(sql, nameFor(id), id);
      }
      touchJobsOf(this.#db, jobIds, rev);
    });
  }

  #run(id: string): RunRow {
    const row = this.#db.get(
      `SELECT run.id, run.name, job_id AS jobId, ended_at IS NOT NULL AS ended,
         iif(job.binned_at IS NULL, NULL, job.name) AS binnedJob
       FROM run JOIN job ON job.id = run.job_id WHERE run.id = ?`,
      id,
    );
    if (row) return row as RunRow;
    throw noSuchRun(id);
  }

  #job(id: string): { binnedAt: number | null } {
    const row = this.#db.get(
      `SELECT binned_at AS binnedAt FROM job
       WHERE id = ? AND id NOT IN (SELECT id FROM removed WHERE kind = 'job')`,
      id,
    );
    if (row) return row as { binnedAt: number | null };
    throw new AppError('E_NOT_FOUND', `There is no job "${id}".`);
  }

  #activeOf(jobId: string): { name: string }[] {
    const sql = 'SELECT name FROM run WHERE job_id = ? AND ended_at IS NULL ORDER BY seq';
    return this.#db.all(sql, jobId) as { name: string }[];
  }
}

function refuseActive(active: readonly { name: string }[]): void {
  const [first] = active;
  if (!first) return;
  const names = active.slice(0, LISTED).map(({ name }) => name);
  const more = active.length > LISTED ? ` and ${active.length - LISTED} more` : '';
  const message =
    active.length === 1
      ? `The run "${first.name}" is under way.`
      : `${active.length} runs are under way: ${names.join(', ')}${more}.`;
  throw new AppError('E_RUN_ACTIVE', message, {
    next: `Stop ${active.length === 1 ? 'it' : 'them'} first, or wait until ${active.length === 1 ? 'it has' : 'they have'} ended.`,
  });
}
