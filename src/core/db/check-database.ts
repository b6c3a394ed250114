import { existsSync, statSync } from 'node:fs';
import { AppError } from '../../shared/errors.ts';
import { openSqlite, sqliteError, type Sqlite } from './sqlite.ts';

/** How many problems are told: one is enough to know that a file is damaged. */
const MOST = 5;

/**
 * What is wrong inside a database file, in SQLite's words; empty when it is whole, or not there. Reads the
 * whole file, hence for a worker thread or a file that is small.
 * @throws AppError for a file that cannot be read at all (`E_DATA_DIR`, `E_DB_BUSY`)
 */
export function problemsOf(file: string): string[] {
  if (!existsSync(file)) return [];
  if (statSync(file).size === 0) return ['the file is empty'];
  let db: Sqlite | undefined;
  try {
    db = openSqlite(file, { readonly: true });
    return [...integrity(db), ...references(db)].slice(0, MOST);
  } catch (error) {
    const told = sqliteError(error, file);
    if (told instanceof AppError && told.code === 'E_DB_DAMAGED') {
      return [(error as Error).message];
    }
    throw told;
  } finally {
    db?.close();
  }
}

function integrity(db: Sqlite): string[] {
  const lines = db.pragma(`quick_check(${MOST})`) as { quick_check: string }[];
  return lines.map(({ quick_check: line }) => line).filter((line) => line !== 'ok');
}

function references(db: Sqlite): string[] {
  const rows = db.pragma('foreign_key_check') as { table: string; parent: string }[];
  const missing = new Set(
    rows.map(({ table, parent }) => `${table}: rows without their ${parent}`),
  );
  return [...missing];
}
