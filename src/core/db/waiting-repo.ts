import type { WaitReason } from '../../shared/domain/queue.ts';
import { statesBefore, type EndReason, type EngineKind } from '../../shared/domain/run.ts';
import type { Database } from './database.ts';
import { HOLDS_LEASE } from './lease-repo.ts';
import { HOLDS_BACK, IN_TIME, RUNNING_IN_QUEUE, SWEEP_HAS_ROOM, WAITS } from './run-conditions.ts';
import { tellState, touchQueueOf, type Stamp } from './run-events.ts';

const QUEUE_HAS_ROOM = `queue.paused_at IS NULL
  AND (queue.concurrency IS NULL OR queue.concurrency > ${RUNNING_IN_QUEUE})`;
const MAY_START = `${WAITS} AND ${IN_TIME} AND ${SWEEP_HAS_ROOM} AND (queue_id IS NULL
  OR EXISTS (SELECT 1 FROM queue WHERE queue.id = run.queue_id AND ${QUEUE_HAS_ROOM}))`;

/** By so much a clock is set right all the time. */
const SET_RIGHT_MS = 1000;
/** It waits for its time, which is after the first `?`, and was made after the second. */
const AHEAD = `${WAITS} AND run.not_before > ? AND run.retry_of IS NOT NULL AND run.created_at > ?`;

/** A run that would be the next one to start, of those that wait with it. */
export interface Head {
  id: string;
  engine: EngineKind;
  /** Null for one that waits in none. */
  queueId: string | null;
  /** From 0, which is the first to start. */
  priority: number;
  seq: number;
  jobId: string;
  versionId: string;
}

const HEAD = `SELECT id, engine, queue_id AS queueId, priority, seq, job_id AS jobId,
  version_id AS versionId FROM run`;

/** Runs that wait for somebody to start them, and the taking of one, which the database decides. */
export class WaitingRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Whether anything waits, whatever for. */
  some(): boolean {
    return this.#db.get(`SELECT 1 FROM run WHERE ${WAITS} LIMIT 1`) !== undefined;
  }

  /** Queues that are not paused and have fewer runs under way than they may have. */
  queuesWithRoom(): string[] {
    const rows = this.#db.all(`SELECT id FROM queue WHERE ${QUEUE_HAS_ROOM}`);
    return (rows as { id: string }[]).map(({ id }) => id);
  }

  /**
   * The run of a queue (null: of those in none) that is the next to start on one of these engines: by
   * priority, place and age. What can never start is passed over, and so are `passed`.
   */
  headOf(
    queueId: string | null,
    engines: readonly EngineKind[],
    now: number,
    passed: readonly string[] = [],
  ): Head | null {
    const of = queueId === null ? 'queue_id IS NULL' : 'queue_id = ?';
    const order = queueId === null ? 'seq' : 'priority, position, seq';
    const others = passed.length === 0 ? '' : 'AND id NOT IN (SELECT value FROM json_each(?))';
    const sql = `${HEAD} WHERE ${of} AND ${WAITS} AND engine IN (?, ?) AND ${HOLDS_BACK} ${others}
      ORDER BY ${order} LIMIT 1`;
    const values = [...(queueId === null ? [] : [queueId]), engines[0], engines.at(-1), now];
    if (passed.length > 0) values.push(JSON.stringify(passed));
    return (this.#db.get(sql, ...values) as Head | undefined) ?? null;
  }

  /** When the next run that waits for its time may start; null when none does. */
  nextTime(now: number): number | null {
    const sql = `SELECT min(not_before) AS at FROM run WHERE ${WAITS} AND not_before > ?`;
    return (this.#db.get(sql, now) as { at: number | null }).at;
  }

  /**
   * A further try whose making lies ahead of now was made before the clock was set back: it waits for as long
   * as its rule says, from now on. A time that a person chose stays as it is.
   */
  keepWaitsOfRetries(now: number): void {
    const at = [now, now + SET_RIGHT_MS];
    // Looked for before it is written: there is next to never one.
    if (this.#db.get(`SELECT 1 FROM run WHERE ${AHEAD} LIMIT 1`, ...at) === undefined) return;
    this.#db.write((rev) => {
      const wait = `(SELECT round(json_extract(spec, '$.settings.retry.waitSeconds') * 1000)
        FROM run_spec WHERE run_id = run.id)`;
      const sql = `UPDATE run SET not_before = ? + not_before - created_at, rev = ?
        WHERE ${AHEAD} AND abs(not_before - created_at - ${wait}) <= 1 RETURNING id`;
      const rows = this.#db.all(sql, now, rev, ...at) as { id: string }[];
      for (const { id } of rows) touchQueueOf(this.#db, id, rev);
    });
  }

  /** For the holder of the lease. False when it is not, or the run may not start now. */
  take(id: string, executor: string, now: number): boolean {
    return this.#db.write((rev) => {
      const sql = `UPDATE run SET executor = ?, waits = NULL, rev = ?
        WHERE id = ? AND ${MAY_START} AND ${HOLDS_LEASE}`;
      const taken = this.#db.run(sql, executor, rev, id, now, executor) > 0;
      if (taken) touchQueueOf(this.#db, id, rev);
      return taken;
    });
  }

  /** For who waits for this run alone, which is in no queue and no sweep. False when another was quicker, or it is early. */
  claim(id: string, executor: string, now: number): boolean {
    return this.#db.write((rev) => {
      const sql = `UPDATE run SET executor = ?, rev = ?
        WHERE id = ? AND ${WAITS} AND ${IN_TIME} AND queue_id IS NULL AND sweep_id IS NULL`;
      return this.#db.run(sql, executor, rev, id, now) > 0;
    });
  }

  /** Writes down why a run still waits, null for nothing that only the executor knows. */
  note(id: string, reason: WaitReason | null): void {
    const json = reason && JSON.stringify(reason);
    this.#db.write((rev) => {
      const sql = `UPDATE run SET waits = ?, rev = ? WHERE id = ? AND ${WAITS} AND waits IS NOT ?`;
      if (this.#db.run(sql, json, rev, id, json) > 0) touchQueueOf(this.#db, id, rev);
    });
  }

  /** Forgets what an earlier executor wrote down. */
  forgetNotes(): void {
    this.#db.write((rev) => {
      const sql = `UPDATE run SET waits = NULL, rev = ? WHERE ${WAITS} AND waits NOT NULL`;
      this.#db.run(sql, rev);
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
     WHERE ${column} = ? AND ${WAITS} RETURNING id`,
    ...[JSON.stringify(reason), now, now, rev, id],
  ) as { id: string }[];
  for (const row of rows) {
    tellState(db, row.id, { state: 'stopped', text: reason.text }, { now, rev });
  }
  return rows.length;
}
