import type { Database } from './database.ts';

/** Facts of an attempt that are written down before they are acted on. */
export interface AttemptMarks {
  environmentId: string;
  ref: string;
  /** Null takes it back: it was refused, and what was to start is gone. */
  startRequestedAt: number | null;
  /** Null takes it back: the signal came too late. */
  stopSentAt: number | null;
  overTimeAt: number | null;
  secretStamps: string;
  engineGap: 0;
}

const MARK_COLUMNS: Record<keyof AttemptMarks, string> = {
  environmentId: 'environment_id',
  ref: 'ref',
  startRequestedAt: 'start_requested_at',
  stopSentAt: 'stop_sent_at',
  overTimeAt: 'over_time_at',
  secretStamps: 'secret_stamps',
  engineGap: 'engine_gap',
};

/** Inside a transaction: writes down these facts; the others stay as they are. */
export function markAttempt(db: Database, attemptId: string, facts: Partial<AttemptMarks>): void {
  for (const [key, value] of Object.entries(facts)) {
    const column = MARK_COLUMNS[key as keyof AttemptMarks];
    db.run(`UPDATE attempt SET ${column} = ? WHERE id = ?`, value, attemptId);
  }
}
