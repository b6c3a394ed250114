import { buildStepSchema, type BuildStep } from '../../shared/domain/run.ts';
import type { Database } from './database.ts';

/** The steps of the builds that runs waited for; their output is in the log store. */
export class StepsRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  of(runId: string): BuildStep[] {
    return this.#steps('WHERE run_id = ? ORDER BY idx', runId);
  }

  changedSince(rev: number): BuildStep[] {
    return this.#steps('WHERE rev > ?', rev);
  }

  put(step: BuildStep): void {
    this.#db.write((rev) =>
      this.#db.run(
        'INSERT OR REPLACE INTO build_step VALUES (?, ?, ?, ?, ?, ?, ?)',
        step.runId,
        step.index,
        step.name,
        step.state,
        step.startedAt,
        step.endedAt,
        rev,
      ),
    );
  }

  #steps(clause: string, ...values: unknown[]): BuildStep[] {
    const sql = `SELECT run_id AS runId, idx AS "index", name, state, started_at AS startedAt,
      ended_at AS endedAt FROM build_step ${clause}`;
    return this.#db.all(sql, ...values).map((row) => buildStepSchema.parse(row));
  }
}
