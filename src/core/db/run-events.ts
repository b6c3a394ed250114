import type { RunState } from '../../shared/domain/run.ts';
import type { Database } from './database.ts';

/** One moment and revision for all rows of a transaction. */
export interface Stamp {
  now: number;
  rev: number;
}

/** Adds a line to a run's timeline, within the transaction of what it tells of. */
export function addEvent(
  db: Database,
  runId: string,
  state: RunState | null,
  text: string,
  now: number,
  rev: number,
): void {
  db.run(
    'INSERT INTO run_event (run_id, at, state, text, rev) VALUES (?, ?, ?, ?, ?)',
    runId,
    now,
    state,
    text,
    rev,
  );
}

/** Within the transaction of a new state: a line of the timeline, and a change of the sweep and the queue that count it. */
export function tellState(
  db: Database,
  runId: string,
  { state, text }: { state: RunState; text: string },
  { now, rev }: Stamp,
): void {
  addEvent(db, runId, state, text, now, rev);
  const sql = 'UPDATE sweep SET rev = ? WHERE id = (SELECT sweep_id FROM run WHERE id = ?)';
  db.run(sql, rev, runId);
  touchQueueOf(db, runId, rev);
}

/** Within a transaction after which another number of runs waits in its queue, or runs. */
export function touchQueueOf(db: Database, runId: string, rev: number): void {
  // Never back: what is written without being told must not untell what was.
  const sql =
    'UPDATE queue SET rev = max(rev, ?) WHERE id = (SELECT queue_id FROM run WHERE id = ?)';
  db.run(sql, rev, runId);
}
