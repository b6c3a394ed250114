import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { delay } from '../../scope.ts';
import { openSqlite, type Sqlite } from '../../db/sqlite.ts';

const RETRY_MS = 50;

/**
 * Does work on a mirror alone: no other process, and nobody else in this one. The lock is a
 * transaction that the system ends when the process dies, as in `db/executor-lock.ts`.
 */
export async function withLock<T>(
  file: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const held = await lock(file, signal);
  try {
    return await work();
  } finally {
    held.close();
  }
}

async function lock(file: string, signal: AbortSignal): Promise<Sqlite> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  for (;;) {
    const held = tryLock(file);
    if (held) return held;
    await delay(RETRY_MS, signal);
  }
}

function tryLock(file: string): Sqlite | null {
  const db = openSqlite(file, { timeout: 0 });
  try {
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db.close();
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
}
