import { waitReasonSchema, type WaitReason } from '../../shared/domain/queue.ts';
import { PRIORITIES, type EngineKind, type Priority, type Run } from '../../shared/domain/run.ts';
import type { Database } from './database.ts';
import { moveRuns, type MoveRequest } from './move-runs.ts';
import { HELD, HOLDS_BACK, IS_WHOLE, WAITS } from './run-conditions.ts';
import { SELECT_RUN, toRun } from './run-rows.ts';
import { RUNS_AT_ONCE } from './touch-runs.ts';
import { stopWaiting } from './waiting-repo.ts';

/** A run that waits, with what the executor found when it last looked at it. */
export interface WaitingRun {
  run: Run;
  noted: WaitReason | null;
}

/** What keeps a run of a sweep from starting: how many of it run, and how many may. */
export interface SweepRoom {
  running: number;
  concurrency: number;
}

/** Those that wait in a queue and are to be seen there. */
const IN_QUEUE = `run.queue_id = ? AND ${WAITS} AND ${IS_WHOLE}`;

/** The runs of queues, and their order. */
export class QueueRunsRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  has(id: string): boolean {
    return this.#db.get('SELECT 1 FROM run WHERE id = ?', id) !== undefined;
  }

  /** Those that wait behind the first `offset` ones, in the order in which they start. */
  waiting(queueId: string, limit: number, offset: number): WaitingRun[] {
    const order = 'ORDER BY run.priority, run.position, run.seq';
    // Those that are passed over are counted in the index: none of their rows is read.
    const asked = `SELECT seq FROM run WHERE ${IN_QUEUE} ${order} LIMIT ? OFFSET ?`;
    const sql = `${SELECT_RUN} WHERE run.seq IN (${asked}) ${order}`;
    return this.#db.all(sql, queueId, limit, offset).map(toWaiting);
  }

  /** How many wait, of each priority. */
  waitingOf(queueId: string): Record<Priority, number> {
    const sql = `SELECT priority, count(*) AS n FROM run WHERE ${IN_QUEUE} GROUP BY priority`;
    const rows = this.#db.all(sql, queueId) as { priority: number; n: number }[];
    const none = { critical: 0, high: 0, medium: 0, low: 0 };
    return Object.assign(
      none,
      Object.fromEntries(rows.map((row) => [PRIORITIES[row.priority], row.n])),
    );
  }

  /** Null for a run that waits for nobody any more. */
  waitingRun(id: string): WaitingRun | null {
    const row = this.#db.get(`${SELECT_RUN} WHERE run.id = ? AND ${WAITS}`, id);
    return row === undefined ? null : toWaiting(row);
  }

  /** Started and not ended, oldest first. */
  running(queueId: string): Run[] {
    const where = `WHERE run.queue_id = ? AND ${HELD} ORDER BY run.seq`;
    return this.#db.all(`${SELECT_RUN} ${where}`, queueId).map(toRun);
  }

  /** Ended, newest first, without those in the bin. */
  ended(queueId: string, limit: number): Run[] {
    const where = `WHERE run.queue_id = ? AND run.ended_at IS NOT NULL
      AND coalesce(run.binned_at, job.binned_at) IS NULL ORDER BY run.ended_at DESC LIMIT ?`;
    return this.#db.all(`${SELECT_RUN} ${where}`, queueId, limit).map(toRun);
  }

  /** How many of its queue start before a run that waits, those for engines that are `away` left out. */
  before({ id, queue, priority }: Run, now: number, away: readonly EngineKind[]): number {
    const there = `run.engine NOT IN (${away.map(() => '?').join()})`;
    const sql = `SELECT count(*) AS n FROM run
      WHERE run.queue_id = ? AND ${WAITS} AND ${HOLDS_BACK} AND ${there}
      AND (priority, position, seq) < (?, (SELECT position FROM run WHERE id = ?),
        (SELECT seq FROM run WHERE id = ?))`;
    const values = [queue?.id, now, ...away, PRIORITIES.indexOf(priority), id, id];
    return (this.#db.get(sql, ...values) as { n: number }).n;
  }

  /** That an engine is away or has no room, as it is noted on any run that waits for it; null where that is on none. */
  noteOfEngine(engine: EngineKind): WaitReason | null {
    const sql = `SELECT waits FROM run WHERE ${WAITS} AND waits IS NOT NULL AND engine = ?
      AND waits ->> 'code' IN ('engine', 'disk') LIMIT 1`;
    const row = this.#db.get(sql, engine) as { waits: string } | undefined;
    return row ? toReason(row.waits) : null;
  }

  sweepRoom(sweepId: string): SweepRoom {
    const sql = `SELECT concurrency, (SELECT count(*) FROM run WHERE sweep_id = sweep.id
      AND ${HELD}) AS running FROM sweep WHERE id = ?`;
    return this.#db.get(sql, sweepId) as SweepRoom;
  }

  /** Returns the ids of those that still waited, in their new order. @throws AppError, and nothing has moved */
  move(request: MoveRequest, now: number): string[] {
    return this.#db.write((rev) => moveRuns(this.#db, request, { now, rev }));
  }

  /** Ends those that wait. Returns their ids. */
  remove(ids: readonly string[], text: string, now: number): string[] {
    const reason = { code: 'stopped' as const, text, next: null, detail: null };
    return this.#db.write(() =>
      partsOf(ids).flatMap((part) => {
        const stamp = { now, rev: this.#db.nextRevision() };
        return part.filter((id) => stopWaiting(this.#db, { id }, reason, stamp) > 0);
      }),
    );
  }
}

const toReason = (json: string): WaitReason => waitReasonSchema.parse(JSON.parse(json));

function toWaiting(row: unknown): WaitingRun {
  const { waits } = row as { waits: string | null };
  return {
    run: toRun(row),
    noted: waits === null ? null : toReason(waits),
  };
}

/** Told part after part by the change feed. */
const partsOf = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / RUNS_AT_ONCE) }, (_, at) =>
    ids.slice(at * RUNS_AT_ONCE, (at + 1) * RUNS_AT_ONCE),
  );
