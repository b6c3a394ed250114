import { existsSync, lstatSync } from 'node:fs';
import { AppError } from '../../shared/errors.ts';
import { copyWhole, listBackups } from './backups.ts';
import { Database } from './database.ts';
import { MIGRATIONS } from './migrations.ts';
import { openSqlite, sqliteError, type Sqlite } from './sqlite.ts';

/** "SLIP" in the file's header: tells a Slipway database from any other. */
const APPLICATION_ID = 0x534c4950;

/** How long a write waits for another process before it is refused with `E_DB_BUSY`. */
const BUSY_MS = 5000;

/**
 * Opens (or makes) `slipway.db` and brings its schema up to date; a copy of the file is kept beside it
 * before an existing schema is changed. `busyMs`: how long a write may wait for that of another process, which
 * holds up the thread.
 * @throws AppError `E_DB_NEWER`, `E_DB_DAMAGED`, `E_DATA_DIR`, `E_DISK_FULL`; nothing is written then.
 */
export function openDatabase(file: string, busyMs = BUSY_MS): Database {
  refuseOddFile(file);
  refuseEmptied(file);
  let sqlite: Sqlite | undefined;
  try {
    sqlite = openSqlite(file, { timeout: busyMs });
    checkOwner(sqlite, file);
    sqlite.pragma('journal_mode = WAL');
    // A crash of the app loses nothing with NORMAL; see docs/adr/0003-durability.md for a power cut.
    sqlite.pragma('synchronous = NORMAL');
    sqlite.pragma('trusted_schema = OFF');
    // A migration may make a table anew that others refer to.
    sqlite.pragma('foreign_keys = OFF');
    migrate(sqlite, file);
    sqlite.pragma('foreign_keys = ON');
    return new Database(sqlite, file, busyMs);
  } catch (error) {
    sqlite?.close();
    throw sqliteError(error, file);
  }
}

function refuseOddFile(file: string): void {
  if (!existsSync(file)) return;
  const stat = lstatSync(file);
  if (stat.isFile()) return;
  throw new AppError('E_DATA_DIR', `${file} is not a regular file.`, {
    next: 'Move it away, or choose another data folder with --data-dir.',
  });
}

/** A file without a byte is what a crash leaves of the first start, unless there are copies of what it held. */
function refuseEmptied(file: string): void {
  const bytes = (path: string) => (existsSync(path) ? lstatSync(path).size : null);
  if (bytes(file) !== 0 || (bytes(`${file}-wal`) ?? 0) > 0) return;
  if (listBackups(file).length === 0) return;
  throw new AppError('E_DB_DAMAGED', `${file} is empty, and was not before.`, {
    next: 'Restore a backup of it.',
  });
}

function checkOwner(sqlite: Sqlite, file: string): void {
  const owner = sqlite.pragma('application_id', { simple: true });
  const version = schemaVersion(sqlite);
  const tables = sqlite.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
  if (owner !== APPLICATION_ID && tables > 0) {
    throw new AppError('E_DB_DAMAGED', `${file} was not made by Slipway.`, {
      next: 'Move it away, or choose another data folder with --data-dir.',
    });
  }
  if (version > MIGRATIONS.length) {
    throw new AppError(
      'E_DB_NEWER',
      `${file} was written by a newer Slipway (data version ${version}, this one knows ${MIGRATIONS.length}).`,
      {
        next: 'Update Slipway, or choose another data folder with --data-dir. Nothing was changed.',
      },
    );
  }
}

function migrate(sqlite: Sqlite, file: string): void {
  const from = schemaVersion(sqlite);
  if (from === MIGRATIONS.length) return;
  if (from > 0) keepCopy(sqlite, `${file}.before-v${MIGRATIONS.length}`);
  sqlite
    .transaction(() => {
      // Another process may have migrated while this one waited for the lock.
      for (const sql of MIGRATIONS.slice(schemaVersion(sqlite))) sqlite.exec(sql);
      sqlite.pragma(`user_version = ${MIGRATIONS.length}`);
      sqlite.pragma(`application_id = ${APPLICATION_ID}`);
    })
    .immediate();
}

function keepCopy(sqlite: Sqlite, target: string): void {
  if (!existsSync(target)) copyWhole(sqlite, target);
}

const schemaVersion = (sqlite: Sqlite): number =>
  sqlite.pragma('user_version', { simple: true }) as number;
