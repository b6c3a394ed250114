import type { Database } from './database.ts';

/** Runs that are told in one message, and share a revision for it: reading one with large results takes milliseconds. */
export const RUNS_AT_ONCE = 50;

/**
 * Inside a transaction: sets columns of runs, with revisions by which the change feed tells them part after
 * part. `set` is SQL for what is set beside the revision.
 */
export function updateRuns(
  db: Database,
  ids: readonly string[],
  set: string,
  ...values: unknown[]
): void {
  const sql = `UPDATE run SET ${set}, rev = ? WHERE id = ?`;
  let rev = 0;
  for (const [index, id] of ids.entries()) {
    if (index % RUNS_AT_ONCE === 0) rev = db.nextRevision();
    db.run(sql, ...values, rev, id);
  }
}

/** Inside a transaction: the jobs of runs, and their projects, are counted anew. */
export function touchJobsOf(db: Database, jobIds: Iterable<string>, rev: number): void {
  for (const jobId of new Set(jobIds)) {
    db.run('UPDATE job SET rev = ? WHERE id = ?', rev, jobId);
    const ofJob = '(SELECT project_id FROM job WHERE id = ?)';
    db.run(`UPDATE project SET rev = ? WHERE id = ${ofJob}`, rev, jobId);
  }
}
