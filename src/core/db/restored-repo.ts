import type { Database } from './database.ts';
import type { Restored } from './replace-database.ts';

/** What a database that stands in for a damaged one knows of that. */
export class RestoredRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Null when this database was never put in the place of another. */
  get(): Restored | null {
    const row = this.#db.get("SELECT value FROM meta WHERE key = 'restored'");
    return row ? (JSON.parse((row as { value: string }).value) as Restored) : null;
  }

  /**
   * Whether an attempt that an engine tells of is to be left alone: the database that knew of it was
   * damaged, and what stands in for it does not.
   */
  spares(attemptId: string): boolean {
    if (this.get() === null) return false;
    return this.#db.get('SELECT 1 FROM attempt WHERE id = ?', attemptId) === undefined;
  }

  /** Those of some ids that are no runs. */
  unknownRuns(ids: readonly string[]): string[] {
    return ids.filter((id) => this.#db.get('SELECT 1 FROM run WHERE id = ?', id) === undefined);
  }
}
