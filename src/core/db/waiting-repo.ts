import { statesBefore, type EndReason, type EngineKind } from '../../shared/domain/run.ts';
import type { Database } from './database.ts';
import { addEvent, tellState, type Stamp } from './run-events.ts';

const WAITS = 'ended_at IS NULL AND executor IS NULL';
/** Sweeps that are whole and have fewer runs under way than they may have. */
const SWEEPS_WITH_ROOM = `
  SELECT sweep.id FROM sweep
  WHERE sweep.maker IS NULL AND sweep.concurrency > (SELECT count(*) FROM run other
    WHERE other.sweep_id = sweep.id AND other.ended_at IS NULL AND other.executor IS NOT NULL)`;
const MAY_START = `${WAITS} AND coalesce(not_before, 0) <= ?
  AND (sweep_id IS NULL OR sweep_id IN (${SWEEPS_WITH_ROOM}))`;

/** Runs that wait for somebody to start them, and the taking of one, which the database decides. */
export class WaitingRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Engines that have a run which may start now. */
  engines(now: number): EngineKind[] {
    const sql = `SELECT DISTINCT engine FROM run WHERE ${MAY_START}`;
    return (this.#db.all(sql, now) as { engine: EngineKind }[]).map(({ engine }) => engine);
  }

  /** The oldest run of an engine that may start now. */
  next(engine: EngineKind, now: number): string | null {
    const sql = `SELECT id FROM run WHERE ${MAY_START} AND engine = ? ORDER BY seq LIMIT 1`;
    return (this.#db.get(sql, now, engine) as { id: string } | undefined)?.id ?? null;
  }

  /** When the next run that waits for its time may start; null when none does. */
  nextTime(now: number): number | null {
    const sql = `SELECT min(not_before) AS at FROM run WHERE ${WAITS} AND not_before > ?`;
    return (this.#db.get(sql, now) as { at: number | null }).at;
  }

  /** False when it may not start now, or another process was quicker. */
  take(id: string, executor: string, now: number): boolean {
    return this.#db.write((rev) => {
      const sql = `UPDATE run SET executor = ?, rev = ? WHERE id = ? AND ${MAY_START}`;
      return this.#db.run(sql, executor, rev, id, now) > 0;
    });
  }

  /**
   * Puts a run that has not started back among those that wait, as if nobody had taken it: with an attempt
   * of its own, so that what was made for the one before is nobody's. False when it started, has ended or
   * is to stop.
   */
  giveBack(id: string, text: string, now: number): boolean {
    return this.#db.write((rev) => {
      const from = ['queued', ...statesBefore('queued')];
      const changed = this.#db.run(
        `UPDATE run SET state = 'queued', executor = NULL, rev = ? WHERE id = ?
           AND executor IS NOT NULL AND stop_requests = 0 AND state IN (${from.map(() => '?').join()})
           AND NOT EXISTS (SELECT 1 FROM attempt WHERE run_id = run.id AND start_requested_at NOT NULL)`,
        rev,
        id,
        ...from,
      );
      if (changed === 0) return false;
      this.#db.run(
        `INSERT INTO attempt (id, run_id, number) SELECT run_id || '-' || (max(number) + 1), run_id,
           max(number) + 1 FROM attempt WHERE run_id = ?`,
        id,
      );
      tellState(this.#db, id, { state: 'queued', text }, { now, rev });
      return true;
    });
  }

  /** Ends a run that nobody has. False when somebody has it, or it has ended. */
  stop(id: string, reason: EndReason, now: number): boolean {
    return this.#db.write((rev) => stopWaiting(this.#db, { id }, reason, { now, rev }) > 0);
  }
}

/** Inside a transaction: ends a run, or those of a sweep, that nobody has. Returns how many. */
export function stopWaiting(
  db: Database,
  of: { id: string } | { sweepId: string },
  reason: EndReason,
  { now, rev }: Stamp,
): number {
  const [column, id] = 'id' in of ? ['id', of.id] : ['sweep_id', of.sweepId];
  const rows = db.all(
    `UPDATE run SET state = 'stopped', reason = ?, ended_at = ?, stop_requests = 1,
       stop_requested_at = ?, rev = ?
     WHERE ${column} = ? AND ${WAITS} RETURNING id, sweep_id AS sweepId`,
    ...[JSON.stringify(reason), now, now, rev, id],
  ) as { id: string; sweepId: string | null }[];
  for (const row of rows) addEvent(db, row.id, 'stopped', reason.text, now, rev);
  const sweepId = rows[0]?.sweepId;
  if (sweepId) db.run('UPDATE sweep SET rev = ? WHERE id = ?', rev, sweepId);
  return rows.length;
}
