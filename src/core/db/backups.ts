import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { problemsOf } from './check-database.ts';
import { fileStamp, putInPlace, stampTime } from './database-files.ts';
import { openSqlite, sqliteError, type Sqlite } from './sqlite.ts';

/** Daily copies that are kept: by their number, so that no jump of the clock removes them all. */
const KEPT = 7;
const DAY_MS = 24 * 60 * 60_000;
/** A database that was just made has nothing to lose. */
const FIRST_AFTER_MS = 10 * 60_000;

/** A whole copy of a database. */
export interface Backup {
  file: string;
  /** ms since 1970. */
  takenAt: number;
  bytes: number;
  /** Made before the schema was changed, or daily. */
  kind: 'daily' | 'migration';
}

/** Where the daily copies of a database are. */
const backupFolder = (database: string): string => join(dirname(database), 'backups');

/** The copies of a database, newest first. */
export function listBackups(database: string): Backup[] {
  const name = basename(database);
  const daily = filesIn(backupFolder(database)).flatMap((file) => {
    const stamp = basename(file).slice(name.length + 1);
    const takenAt = basename(file).startsWith(`${name}.`) ? stampTime(stamp) : null;
    return takenAt === null ? [] : [backup(file, takenAt, 'daily')];
  });
  const before = filesIn(dirname(database))
    .filter((file) => basename(file).startsWith(`${name}.before-v`) && /\d$/.test(file))
    .map((file) => backup(file, statSync(file).mtimeMs, 'migration'));
  return [...daily, ...before].toSorted((a, b) => b.takenAt - a.takenAt);
}

/** Whether a daily copy is to be made: the newest one is a day old, or from a time that has not come yet. */
export function backupIsDue(database: string, now: number): boolean {
  if (!existsSync(database)) return false;
  const newest = listBackups(database).find(({ kind }) => kind === 'daily');
  if (newest) return Math.abs(now - newest.takenAt) >= DAY_MS;
  return Math.abs(now - statSync(database).birthtimeMs) >= FIRST_AFTER_MS;
}

/**
 * Makes today's copy and removes the oldest beyond those that are kept. Waits for the disk: for a worker
 * thread. Other processes may go on writing.
 * @throws AppError `E_DISK_FULL`, `E_DB_DAMAGED`; every earlier copy is there then
 */
export function backUp(database: string, now: number): Backup {
  const folder = backupFolder(database);
  const target = join(folder, `${basename(database)}.${fileStamp(now)}`);
  let db: Sqlite | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    db = openSqlite(database, { readonly: true });
    copyWhole(db, target);
  } catch (error) {
    throw sqliteError(error, database);
  } finally {
    db?.close();
  }
  for (const { file } of dailyOf(database).slice(KEPT)) rmSync(file, { force: true });
  return backup(target, now, 'daily');
}

/** Writes a copy under another name first: under its own it is always whole. */
export function copyWhole(db: Sqlite, target: string): void {
  const part = `${target}.part`;
  rmSync(part, { force: true });
  try {
    db.prepare('VACUUM INTO ?').run(part);
    const problems = problemsOf(part);
    if (problems.length > 0) throw notWhole(target, problems[0]!);
    putInPlace(part, target);
  } finally {
    rmSync(part, { force: true });
  }
}

const dailyOf = (database: string): Backup[] =>
  listBackups(database).filter(({ kind }) => kind === 'daily');

const notWhole = (target: string, problem: string): AppError =>
  new AppError('E_DB_DAMAGED', `The copy ${target} did not come out whole.`, {
    next: 'Look at the checks of this machine.',
    detail: problem,
  });

const backup = (file: string, takenAt: number, kind: Backup['kind']): Backup => ({
  ...{ file, takenAt, kind },
  bytes: statSync(file).size,
});

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(folder, entry.name));
}
