import { delay } from '../../scope.ts';
import { openSqlite, sqliteError, type Sqlite } from '../../db/sqlite.ts';

const LOOK_MS = 100;

/** Gives the lock back. */
export type Release = () => void;

/**
 * Waits for the lock of one environment, over all processes. It is SQLite's exclusive lock on a
 * small file, which the operating system takes back however its holder ends. `onWait` is called
 * once when somebody else has it.
 */
export async function lockEnvironment(
  file: string,
  onWait: () => void,
  signal: AbortSignal,
): Promise<Release> {
  const db = openSqlite(file, { timeout: 0 });
  try {
    for (let told = false; !tryLock(db); told = true) {
      if (!told) onWait();
      await delay(LOOK_MS, signal);
    }
  } catch (error) {
    db.close();
    throw sqliteError(error, file);
  }
  return () => db.close();
}

function tryLock(db: Sqlite): boolean {
  try {
    db.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) return false;
    throw error;
  }
}
