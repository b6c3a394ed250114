import type { RunUsage } from '../../shared/domain/run.ts';
import type { Database } from './database.ts';
import { HELD } from './run-conditions.ts';

/** What an ended run took. */
export interface TakenByRun extends RunUsage {
  /** From the start of its program to its end. */
  seconds: number;
}

/** A run that has been started and has not ended. */
export interface HeldRun {
  id: string;
  jobId: string;
  versionId: string;
  /** ms since 1970; null before the start of its program. */
  startedAt: number | null;
}

/** Of so many runs of a job those of a version are looked for. */
const NEWEST = 200;

/** What runs asked for, and what they took. */
export class NeedsRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** What a run asked for in its settings. */
  askedBy(runId: string): { memoryBytes: number | null; cpus: number | null } {
    const sql = `SELECT json_extract(spec, '$.settings.memoryBytes') AS memoryBytes,
      json_extract(spec, '$.settings.cpus') AS cpus FROM run_spec WHERE run_id = ?`;
    const row = this.#db.get(sql, runId);
    return (row as ReturnType<NeedsRepo['askedBy']> | undefined) ?? NOTHING;
  }

  /** What the newest finished runs of a version took that were measured; of its job, when it had none. */
  takenBy(jobId: string, versionId: string, limit: number): TakenByRun[] {
    const sql = `SELECT usage, duration_ms / 1000.0 AS seconds FROM (
        SELECT * FROM run WHERE job_id = ? AND state = 'finished'
        ORDER BY created_at DESC, seq DESC LIMIT ${NEWEST})
      WHERE usage NOT NULL AND duration_ms NOT NULL AND (version_id = ? OR ?) LIMIT ?`;
    const ofVersion = this.#db.all(sql, jobId, versionId, 0, limit);
    const rows = ofVersion.length > 0 ? ofVersion : this.#db.all(sql, jobId, versionId, 1, limit);
    return (rows as { usage: string; seconds: number }[]).map(({ usage, seconds }) => ({
      ...(JSON.parse(usage) as RunUsage),
      seconds,
    }));
  }

  held(): HeldRun[] {
    const sql = `SELECT id, job_id AS jobId, version_id AS versionId, started_at AS startedAt
      FROM run WHERE ${HELD}`;
    return this.#db.all(sql) as HeldRun[];
  }
}

const NOTHING = { memoryBytes: null, cpus: null };
