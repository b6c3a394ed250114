import { watchedFolderSchema, type WatchedFolder } from '../../shared/domain/tracked.ts';
import type { Database } from './database.ts';

/** What an earlier look at a run folder came to. */
export interface KnownFolder {
  /** Slipway's run; null when it was not imported for the reason in `problem`. */
  runId: string | null;
  /** Tells whether the folder has changed since. */
  fingerprint: string;
  problem: string | null;
}

/** The problem of a folder whose run a person deleted for good. */
export const DELETED = 'deleted from Slipway';

/** Which run folders were imported, and which folders are watched for more. */
export class TrackedRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  known(folder: string): KnownFolder | null {
    const sql = 'SELECT run_id AS runId, fingerprint, problem FROM tracked_run WHERE folder = ?';
    return (this.#db.get(sql, folder) as KnownFolder | undefined) ?? null;
  }

  remember(folder: string, { runId, fingerprint, problem }: KnownFolder): void {
    this.#db.write(() =>
      this.#db.run(
        'INSERT OR REPLACE INTO tracked_run VALUES (?, ?, ?, ?)',
        folder,
        runId,
        fingerprint,
        problem,
      ),
    );
  }

  watched(): WatchedFolder[] {
    return this.#db
      .all(
        `SELECT folder, project_id AS projectId, enabled, created_at AS createdAt
         FROM watched_folder ORDER BY folder`,
      )
      .map((row) => {
        const { enabled, ...rest } = row as { enabled: number };
        return watchedFolderSchema.parse({ ...rest, enabled: enabled === 1 });
      });
  }

  watch(folder: string, projectId: string, enabled: boolean, now: number): void {
    this.#db.write((rev) =>
      this.#db.run(
        `INSERT INTO watched_folder VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (folder) DO UPDATE SET project_id = excluded.project_id,
           enabled = excluded.enabled, rev = excluded.rev`,
        folder,
        projectId,
        Number(enabled),
        now,
        rev,
      ),
    );
  }

  unwatch(folder: string): void {
    this.#db.write(() => this.#db.run('DELETE FROM watched_folder WHERE folder = ?', folder));
  }
}
