import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** A run as its row has it; terminal when `ended_at` is set. */
export interface RunRow {
  id: string;
  seq: number;
  state: string;
  reason: string | null;
  exit_code: number | null;
  log_state: string;
  executor: string | null;
  started_at: number | null;
  ended_at: number | null;
}

export interface AttemptRow {
  id: string;
  run_id: string;
  number: number;
}

export interface EventRow {
  run_id: string;
  seq: number;
  state: string | null;
  text: string;
}

export interface Rows {
  runs: RunRow[];
  attempts: AttemptRow[];
  events: EventRow[];
}

export const TERMINAL = ['finished', 'failed', 'stopped', 'crashed'];

/** Why it ended, as a code; null while it has not. */
export const reasonCode = ({ reason }: RunRow): string | null =>
  reason === null ? null : ((JSON.parse(reason) as { code?: string }).code ?? null);

/** Reads `slipway.db` on a connection of its own that cannot write. */
export function readRows(dataDir: string): Rows {
  const db = new Database(join(dataDir, 'slipway.db'), { readonly: true, timeout: 10_000 });
  try {
    const all = <T>(sql: string): T[] => db.prepare<[], T>(sql).all();
    return db.transaction(() => ({
      runs: all<RunRow>(
        `SELECT id, seq, state, reason, exit_code, log_state, executor, started_at, ended_at
           FROM run ORDER BY seq`,
      ),
      attempts: all<AttemptRow>('SELECT id, run_id, number FROM attempt'),
      events: all<EventRow>('SELECT run_id, seq, state, text FROM run_event ORDER BY seq'),
    }))();
  } finally {
    db.close();
  }
}

/** What SQLite itself finds wrong in a file; nothing in one that is not there. */
export function checkDatabase(file: string): string[] {
  if (!existsSync(file)) return [];
  const db = new Database(file, { readonly: true, timeout: 10_000 });
  try {
    const found = db.pragma('integrity_check') as { integrity_check: string }[];
    const damage = found.map((row) => row.integrity_check).filter((text) => text !== 'ok');
    const loose = db.pragma('foreign_key_check') as { table: string; rowid: number }[];
    return [
      ...damage.map((text) => `integrity: ${text}`),
      ...loose.map(({ table, rowid }) => `foreign key: row ${rowid} of ${table} refers to nothing`),
    ];
  } catch (error) {
    return [`integrity: ${(error as Error).message}`];
  } finally {
    db.close();
  }
}
