import * as z from 'zod/mini';
import {
  deliverySchema,
  launchSpecSchema,
  runSettingsSchema,
  type Delivery,
  type LaunchSpec,
} from '../../shared/domain/launch-spec.ts';
import type { Database } from './database.ts';

const rowSchema = z.object({
  entryPoint: z.string(),
  spec: z.string(),
  delivery: z.string(),
  digest: z.string(),
});

/** What a run was asked to be given, and what that came to. */
export interface RunSpec {
  /** The words that the inputs were put behind: the version's own, or those of the launch. */
  entryPoint: string[];
  spec: LaunchSpec;
  delivery: Delivery;
}

export interface RunInputs extends RunSpec {
  /** The same for runs that would do the same. */
  digest: string;
}

/** The inputs of runs. Beside the runs, since a list of runs does not need what may be a megabyte each. */
export class SpecsRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Null for a run that was imported, or launched before inputs were kept. */
  of(runId: string): RunInputs | null {
    const sql =
      'SELECT entry_point AS entryPoint, spec, delivery, digest FROM run_spec WHERE run_id = ?';
    const row = this.#db.get(sql, runId);
    if (row === undefined) return null;
    const { entryPoint, spec, delivery, digest } = rowSchema.parse(row);
    return {
      digest,
      entryPoint: z.array(z.string()).parse(JSON.parse(entryPoint)),
      spec: launchSpecSchema.parse(JSON.parse(spec)),
      delivery: deliverySchema.parse(JSON.parse(delivery)),
    };
  }

  /** The newest run that finished after it was given the same, and is not in the bin. */
  finishedWith(digest: string): string | null {
    const row = this.#db.get(
      `SELECT run.id FROM run_spec JOIN run ON run.id = run_spec.run_id
         JOIN job ON job.id = run.job_id
       WHERE run_spec.digest = ? AND run.state = 'finished' AND coalesce(run.binned_at, job.binned_at) IS NULL ORDER BY run.seq DESC LIMIT 1`,
      digest,
    );
    return (row as { id: string } | undefined)?.id ?? null;
  }
}

/** Inside a transaction that makes the run. Settings that could not be read again make none. */
export function addSpec(db: Database, runId: string, inputs: RunInputs): void {
  runSettingsSchema.parse(inputs.spec.settings);
  db.run(
    'INSERT INTO run_spec (run_id, entry_point, spec, delivery, digest) VALUES (?, ?, ?, ?, ?)',
    runId,
    JSON.stringify(inputs.entryPoint),
    JSON.stringify(inputs.spec),
    JSON.stringify(inputs.delivery),
    inputs.digest,
  );
}
