import type { RunState } from '../../shared/domain/run.ts';
import type { Database } from './database.ts';

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
