import * as z from 'zod/mini';
import { launchSpecSchema, type LaunchSpec } from '../../shared/domain/launch-spec.ts';
import type { Database } from './database.ts';

const rowSchema = z.object({ name: z.string(), spec: z.string() });

/** What a launch was given, kept under a name of its job. */
export interface SavedPreset {
  name: string;
  spec: LaunchSpec;
}

export class PresetsRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** In the order of their names. */
  list(jobId: string): SavedPreset[] {
    const sql = 'SELECT name, spec FROM preset WHERE job_id = ? ORDER BY name COLLATE NOCASE, name';
    return this.#db.all(sql, jobId).map(savedPreset);
  }

  get(jobId: string, name: string): SavedPreset | null {
    const sql = 'SELECT name, spec FROM preset WHERE job_id = ? AND name = ?';
    const row = this.#db.get(sql, jobId, name);
    return row === undefined ? null : savedPreset(row);
  }

  /** In place of what has the name. */
  save(jobId: string, { name, spec }: SavedPreset, now: number): void {
    const sql =
      'INSERT OR REPLACE INTO preset (job_id, name, spec, created_at) VALUES (?, ?, ?, ?)';
    this.#db.write(() => this.#db.run(sql, jobId, name, JSON.stringify(spec), now));
  }

  remove(jobId: string, name: string): void {
    this.#db.write(() =>
      this.#db.run('DELETE FROM preset WHERE job_id = ? AND name = ?', jobId, name),
    );
  }
}

function savedPreset(row: unknown): SavedPreset {
  const { name, spec } = rowSchema.parse(row);
  return { name, spec: launchSpecSchema.parse(JSON.parse(spec)) };
}
