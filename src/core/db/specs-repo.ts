import * as z from 'zod/mini';
import {
  deliverySchema,
  launchSpecSchema,
  type Delivery,
  type LaunchSpec,
} from '../../shared/domain/launch-spec.ts';
import type { Database } from './database.ts';

const rowSchema = z.object({ spec: z.string(), delivery: z.string() });

/** What a run was asked to be given, and what that came to. */
export interface RunSpec {
  spec: LaunchSpec;
  delivery: Delivery;
}

/** The inputs of runs. Beside the runs, since a list of runs does not need what may be a megabyte each. */
export class SpecsRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Null for a run that was imported, or launched before inputs were kept. */
  of(runId: string): RunSpec | null {
    const row = this.#db.get('SELECT spec, delivery FROM run_spec WHERE run_id = ?', runId);
    if (row === undefined) return null;
    const { spec, delivery } = rowSchema.parse(row);
    return {
      spec: launchSpecSchema.parse(JSON.parse(spec)),
      delivery: deliverySchema.parse(JSON.parse(delivery)),
    };
  }
}

/** Inside a transaction that makes the run. */
export function addSpec(db: Database, runId: string, { spec, delivery }: RunSpec): void {
  const sql = 'INSERT INTO run_spec (run_id, spec, delivery) VALUES (?, ?, ?)';
  db.run(sql, runId, JSON.stringify(spec), JSON.stringify(delivery));
}
