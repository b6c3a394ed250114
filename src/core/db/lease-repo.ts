import type { Executor } from '../../shared/domain/queue.ts';
import type { Database } from './database.ts';

/** Who may start what waits. */
export interface LeaseHolder {
  /** Its name as an executor of runs, see `ExecutorLock`. */
  holder: string;
  kind: NonNullable<Executor['kind']>;
  pid: number;
}

/** The name of the one lease that there is. */
const NAME = 'queues';

/** Part of a condition: the executor that is given for the `?` holds the lease. */
export const HOLDS_LEASE = `EXISTS (SELECT 1 FROM lease WHERE name = '${NAME}' AND holder = ?)`;

/** Which process starts what waits. Of those that try to take the lease at once, one gets it. */
export class LeaseRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  holder(): LeaseHolder | null {
    const row = this.#db.get('SELECT holder, kind, pid FROM lease WHERE name = ?', NAME);
    return (row as LeaseHolder | undefined) ?? null;
  }

  /** Takes it from who had it (null: nobody). False when that is not so any more. */
  take(by: LeaseHolder, from: string | null): boolean {
    return this.#db.write((rev) => {
      const left = 'DELETE FROM lease WHERE name = ? AND holder = ?';
      if (from !== null && this.#db.run(left, NAME, from) === 0) return false;
      const sql = `INSERT INTO lease (name, holder, kind, pid) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`;
      const taken = this.#db.run(sql, NAME, by.holder, by.kind, by.pid) > 0;
      if (taken) this.#tellQueues(rev);
      return taken;
    });
  }

  /** Nobody holds it from now on, if that executor did. */
  release(holder: string): void {
    this.#db.write((rev) => {
      const released = this.#db.run(
        'DELETE FROM lease WHERE name = ? AND holder = ?',
        NAME,
        holder,
      );
      if (released > 0) this.#tellQueues(rev);
    });
  }

  /** Whether something executes them is a part of what is shown of queues. */
  #tellQueues(rev: number): void {
    this.#db.run('UPDATE queue SET rev = ?', rev);
  }
}
