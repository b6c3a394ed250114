import { existsSync, lstatSync } from 'node:fs';
import { AppError } from '../../shared/errors.ts';
import { Database } from './database.ts';
import { MIGRATIONS } from './migrations.ts';
import { openSqlite, sqliteError, type Sqlite } from './sqlite.ts';

/** "SLIP" in the file's header: tells a Slipway database from any other. */
const APPLICATION_ID = 0x534c4950;

/**
 * Opens (or makes) `slipway.db` and brings its schema up to date; a copy of the file is kept beside it
 * before an existing schema is changed.
 * @throws AppError `E_DB_NEWER`, `E_DB_DAMAGED`, `E_DATA_DIR`, `E_DISK_FULL`; nothing is written then.
 */
export function openDatabase(file: string): Database {
  refuseOddFile(file);
  let sqlite: Sqlite | undefined;
  try {
    sqlite = openSqlite(file);
    checkOwner(sqlite, file);
    sqlite.pragma('journal_mode = WAL');
    // A crash of the app loses nothing with NORMAL; see docs/adr/0003-durability.md for a power cut.
    sqlite.pragma('synchronous = NORMAL');
    sqlite.pragma('trusted_schema = OFF');
    // A migration may make a table anew that others refer to.
    sqlite.pragma('foreign_keys = OFF');
    migrate(sqlite, file);
    sqlite.pragma('foreign_keys = ON');
    return new Database(sqlite, file);
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
  if (!existsSync(target)) sqlite.prepare('VACUUM INTO ?').run(target);
}

const schemaVersion = (sqlite: Sqlite): number =>
  sqlite.pragma('user_version', { simple: true }) as number;
