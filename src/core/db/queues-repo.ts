import {
  DEFAULT_QUEUE,
  queueSchema,
  type Queue,
  type QueueChoices,
} from '../../shared/domain/queue.ts';
import type { Database } from './database.ts';
import { newId } from './ids.ts';
import { addRemoved } from './removals-repo.ts';
import { RUNNING_IN_QUEUE, WAITS } from './run-conditions.ts';
import { RUNS_AT_ONCE } from './touch-runs.ts';

const SELECT = `
  SELECT id, name, engine, concurrency, paused_at AS pausedAt, resource_args AS resourceArgs, variables,
    created_at AS createdAt,
    (SELECT count(*) FROM run WHERE queue_id = queue.id AND ${WAITS}) AS waiting,
    ${RUNNING_IN_QUEUE} AS running
  FROM queue`;

export type QueueRoom = Pick<Queue, 'pausedAt' | 'concurrency' | 'running'>;

/** Queues. The revision of one changes with the number of runs in it. */
export class QueuesRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  get(id: string): Queue | null {
    return this.#queues('WHERE id = ?', id)[0] ?? null;
  }

  /** What of it decides whether a run may start, without counting those that wait. */
  room(id: string): QueueRoom {
    const sql = `SELECT paused_at AS pausedAt, concurrency, ${RUNNING_IN_QUEUE} AS running FROM queue WHERE id = ?`;
    return this.#db.get(sql, id) as QueueRoom;
  }

  /** The default one first, then by name. */
  list(): Queue[] {
    return this.#queues(`ORDER BY id <> '${DEFAULT_QUEUE}', lower(name)`);
  }

  changedSince(rev: number): Queue[] {
    return this.#queues('WHERE rev > ?', rev);
  }

  /** Returns its id. `check` is asked within the transaction, with the queues that are there. */
  create(choices: QueueChoices, now: number, check: (others: Queue[]) => void): string {
    return this.#db.write((rev) => {
      check(this.list());
      const id = newId();
      this.#db.run(
        `INSERT INTO queue (name, engine, concurrency, resource_args, variables, id, created_at, rev)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[...valuesOf(choices), id, now, rev],
      );
      return id;
    });
  }

  /** `change` is asked within the transaction, with all queues that are there, for what one is to be. */
  update(id: string, change: (queues: Queue[]) => QueueChoices): void {
    this.#db.write((rev) => {
      const choices = change(this.list());
      this.#db.run(
        `UPDATE queue SET name = ?, engine = ?, concurrency = ?, resource_args = ?, variables = ?,
           rev = ? WHERE id = ?`,
        ...[...valuesOf(choices), rev, id],
      );
    });
  }

  /** Its runs that have ended are of no queue then. `check` is asked within the transaction. */
  remove(id: string, check: () => void): void {
    this.#db.write(() => {
      check();
      while (this.#free(id, RUNS_AT_ONCE) > 0);
      this.#db.run('DELETE FROM queue WHERE id = ?', id);
      addRemoved(this.#db, 'queue', id, null, this.#db.nextRevision());
    });
  }

  /** Of one queue, or of all (null). `at` null: goes on. A queue that is paused stays so since then. */
  pause(id: string | null, at: number | null): void {
    const differs = at === null ? 'paused_at IS NOT NULL' : 'paused_at IS NULL';
    const sql = `UPDATE queue SET paused_at = ?, rev = ? WHERE id = coalesce(?, id) AND ${differs}`;
    this.#db.write((rev) => this.#db.run(sql, at, rev, id));
  }

  /** Lets so many runs of it be of no queue, told together. Returns how many there were. */
  #free(id: string, count: number): number {
    const ended = 'SELECT id FROM run WHERE queue_id = ? AND ended_at IS NOT NULL LIMIT ?';
    const sql = `UPDATE run SET queue_id = NULL, rev = ? WHERE id IN (${ended})`;
    return this.#db.run(sql, this.#db.nextRevision(), id, count);
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

const valuesOf = (choices: QueueChoices): unknown[] => [
  choices.name,
  choices.engine,
  choices.concurrency,
  JSON.stringify(choices.resourceArgs),
  JSON.stringify(choices.variables),
];
