import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { listBackups } from './backups.ts';
import { problemsOf } from './check-database.ts';
import { putInPlace, setAside } from './database-files.ts';
import { ExecutorLock } from './executor-lock.ts';
import { openDatabase } from './open-database.ts';
import { openSqlite, sqliteError } from './sqlite.ts';

/** Finished and about to be put in the place of a damaged database. */
const NEXT = '.restored';

/** Written in a database that stands in for a damaged one: engines and logs may know more than it does. */
export interface Restored {
  /** ms since 1970. */
  at: number;
  /** When the backup was taken; null for an empty one. */
  from: number | null;
  /** Where the damaged one is; null when there was none. */
  aside: string | null;
}

/**
 * Moves a damaged `slipway.db` aside and puts a backup, or an empty database, in its place. Power may go at
 * any moment: the next opening finds the old file or goes on.
 * @throws AppError `E_STATE` while another process uses the data folder, `E_DB_DAMAGED` for a backup that is
 * damaged too, `E_DISK_FULL`; nothing has changed then
 */
export function replaceDatabase(database: string, backup: string | null, now: number): Restored {
  const lock = aloneIn(join(dirname(database), 'executors'));
  try {
    const next = database + NEXT;
    rmSync(next, { force: true });
    const from = backup === null ? null : timeOf(database, backup);
    if (backup === null) makeEmpty(next, instanceOf(database));
    else takeCopy(backup, next);
    const told = { at: now, from, aside: existsSync(database) ? database : null };
    mark(next, told);
    const aside = setAside(database, now);
    putInPlace(next, database);
    const restored = { ...told, aside };
    mark(database, restored);
    return restored;
  } finally {
    lock.release();
  }
}

/** Ends what {@link replaceDatabase} had begun when its process died. */
export function finishReplacing(database: string): void {
  if (existsSync(database) || !existsSync(database + NEXT)) return;
  // The companions of the damaged one would be taken for those of the new one.
  setAside(database, Date.now());
  putInPlace(database + NEXT, database);
}

function aloneIn(executors: string): ExecutorLock {
  const lock = new ExecutorLock(executors);
  if (!lock.othersAlive()) return lock;
  lock.release();
  throw usedByOthers();
}

export const usedByOthers = (): AppError =>
  new AppError('E_STATE', 'Another Slipway uses this data folder.', {
    next: 'Close it (the app, its commands that still run) and try again.',
  });

function takeCopy(backup: string, next: string): void {
  const problems = problemsOf(backup);
  if (problems.length > 0) {
    throw new AppError('E_DB_DAMAGED', `The backup ${backup} is damaged as well.`, {
      next: 'Choose another one.',
      detail: problems.join('\n'),
    });
  }
  copyFileSync(backup, next);
}

/** An empty one goes on under the same name towards engines, so that what runs there is known as ours. */
function makeEmpty(next: string, instance: string | null): void {
  const db = openDatabase(next);
  if (instance !== null) {
    db.write(() => db.run("INSERT INTO meta VALUES ('instance', ?)", instance));
  }
  db.close();
}

/** From the damaged file, as far as that can be read, or from a backup of it. */
function instanceOf(database: string): string | null {
  for (const file of [database, ...listBackups(database).map((each) => each.file)]) {
    try {
      const db = openSqlite(file, { readonly: true, fileMustExist: true });
      try {
        const query = db.prepare("SELECT value FROM meta WHERE key = 'instance'").pluck();
        const found = query.get() as string | undefined;
        if (found !== undefined) return found;
      } finally {
        db.close();
      }
    } catch {
      // That one cannot tell.
    }
  }
  return null;
}

function mark(file: string, restored: Restored): void {
  const db = openSqlite(file);
  try {
    const put = db.prepare("INSERT OR REPLACE INTO meta VALUES ('restored', ?)");
    put.run(JSON.stringify(restored));
  } catch (error) {
    throw sqliteError(error, file);
  } finally {
    db.close();
  }
}

const timeOf = (database: string, backup: string): number | null =>
  listBackups(database).find(({ file }) => file === backup)?.takenAt ?? null;
