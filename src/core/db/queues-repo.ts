import { DEFAULT_QUEUE, queueSchema, type Queue } from '../../shared/domain/queue.ts';
import type { Database } from './database.ts';

const SELECT = `
  SELECT id, name, engine, concurrency, paused_at AS pausedAt, resource_args AS resourceArgs, variables,
    created_at AS createdAt,
    (SELECT count(*) FROM run WHERE queue_id = queue.id AND ended_at IS NULL AND executor IS NULL) AS waiting,
    (SELECT count(*) FROM run WHERE queue_id = queue.id AND ended_at IS NULL AND executor IS NOT NULL) AS running
  FROM queue`;

/** Queues. The revision of one changes with the number of runs in it. */
export class QueuesRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  get(id: string): Queue | null {
    return this.#queues('WHERE id = ?', id)[0] ?? null;
  }

  /** Whatever the case of its letters. */
  named(name: string): Queue | null {
    return this.#queues('WHERE lower(name) = lower(?)', name)[0] ?? null;
  }

  /** The default one first, then by name. */
  list(): Queue[] {
    return this.#queues(`ORDER BY id <> '${DEFAULT_QUEUE}', lower(name)`);
  }

  changedSince(rev: number): Queue[] {
    return this.#queues('WHERE rev > ?', rev);
  }

  #queues(clause: string, ...values: unknown[]): Queue[] {
    const rows = this.#db.all(`${SELECT} ${clause}`, ...values) as {
      resourceArgs: string;
      variables: string;
    }[];
    return rows.map((row) =>
      queueSchema.parse({
        ...row,
        resourceArgs: JSON.parse(row.resourceArgs),
        variables: JSON.parse(row.variables),
      }),
    );
  }
}
