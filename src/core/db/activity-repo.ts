import type { EngineKind, RunState } from '../../shared/domain/run.ts';
import type { Database } from './database.ts';
import { HELD, IN_TIME, WAITS } from './run-conditions.ts';

/** A run that some process attends. */
export interface GoingRun {
  id: string;
  name: string;
  state: RunState;
  /** When its program started, ms since 1970; null before that. */
  startedAt: number | null;
}

/** What goes on just now, at the same small cost whatever has been. */
export class ActivityRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** How many runs are attended by some process, and how many wait for one. */
  counts(): { going: number; waiting: number } {
    const sql = `SELECT (SELECT count(*) FROM run WHERE ${HELD}) AS going,
      (SELECT count(*) FROM run WHERE ${WAITS}) AS waiting`;
    return this.#db.get(sql) as { going: number; waiting: number };
  }

  /** The newest of the runs that go on. */
  going(limit: number): GoingRun[] {
    return this.#runs('TRUE ORDER BY seq DESC LIMIT ?', limit);
  }

  /** The runs that one process attends, oldest first. */
  goingIn(executor: string): GoingRun[] {
    return this.#runs('executor = ? ORDER BY seq', executor);
  }

  /** Ids of all runs that have not ended, whether they go on or wait; oldest first. */
  notEnded(): string[] {
    const rows = this.#db.all('SELECT id FROM run WHERE ended_at IS NULL ORDER BY seq');
    return (rows as { id: string }[]).map(({ id }) => id);
  }

  /** How many runs need an engine now: those that go on, and those that wait for neither their time nor a paused queue. */
  needing(engine: EngineKind, now: number): number {
    const sql = `SELECT count(*) AS runs FROM run WHERE ended_at IS NULL AND engine = ?
      AND (executor IS NOT NULL OR (${IN_TIME} AND NOT EXISTS (
        SELECT 1 FROM queue WHERE queue.id = run.queue_id AND paused_at IS NOT NULL)))`;
    return (this.#db.get(sql, engine, now) as { runs: number }).runs;
  }

  #runs(rest: string, ...values: unknown[]): GoingRun[] {
    const sql = `SELECT id, name, state, started_at AS startedAt FROM run WHERE ${HELD} AND ${rest}`;
    return this.#db.all(sql, ...values) as GoingRun[];
  }
}
