import * as z from 'zod/mini';
import { runOutputSchema, type RunOutput } from '../../shared/domain/run-output.ts';
import type { Database } from './database.ts';

/** What was kept of the files that runs left behind. */
export class OutputsRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Empty for a run that was asked for none, or has not ended. */
  of(runId: string): RunOutput[] {
    const row = this.#db.get('SELECT outputs FROM run_output WHERE run_id = ?', runId);
    if (row === undefined) return [];
    return z.array(runOutputSchema).parse(JSON.parse((row as { outputs: string }).outputs));
  }

  set(runId: string, outputs: readonly RunOutput[]): void {
    this.#db.write(() =>
      this.#db.run(
        'INSERT OR REPLACE INTO run_output VALUES (?, ?)',
        runId,
        JSON.stringify(outputs),
      ),
    );
  }
}
