import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';
import { isFull } from '../free-space.ts';
import { hasNoFilesLeft, systemLimit } from '../system-limit.ts';

export type Sqlite = Database.Database;
export type Statement = Database.Statement;

interface LegacyAddon {
  initialize?: (errorClass: unknown) => void;
  setErrorConstructor(errorClass: unknown): void;
}

/**
 * better-sqlite3 13 needs Node-API 10 and crashes the process below it. Runtimes with an older one
 * (Electron 33) name an addon built for them in `SLIPWAY_SQLITE_ADDON`; its start-up function has
 * another name.
 */
function nativeBinding(): object | undefined {
  if (Number(process.versions.napi) >= 10) return undefined;
  const file = process.env['SLIPWAY_SQLITE_ADDON'];
  if (!file) {
    throw new AppError(
      'E_INTERNAL',
      `This runtime (Node ${process.versions.node}) is too old for the SQLite library.`,
      { next: 'Start Slipway with Node 22 or newer, or through `npm start` or `npx slipway`.' },
    );
  }
  const addon = createRequire(import.meta.url)(file) as LegacyAddon;
  addon.initialize ??= (errorClass) => addon.setErrorConstructor(errorClass);
  return addon;
}

/** Opens a SQLite file with the addon that this runtime can load. Sets nothing on it. */
export function openSqlite(file: string, options: Database.Options = {}): Sqlite {
  const binding = nativeBinding();
  return new Database(file, {
    timeout: 5000,
    ...options,
    // The types know only a path here; the library takes the loaded addon as well.
    ...(binding && { nativeBinding: binding as unknown as string }),
  });
}

/** What SQLite says of a full disk where it does not say that it is full: of its shared memory, of a journal. */
const MAY_BE_FULL = /^SQLITE_(?:IOERR|CANTOPEN)/;

/** Maps what SQLite throws to errors a person can act on; anything else is returned as it is. */
export function sqliteError(error: unknown, file: string): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string' || !code.startsWith('SQLITE_')) return error;
  if (code === 'SQLITE_FULL' || (MAY_BE_FULL.test(code) && isFull(dirname(file)))) {
    return new AppError('E_DISK_FULL', `The disk that holds ${file} is full.`, {
      next: 'Free some space and try again; everything saved so far is kept.',
      cause: error,
    });
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new AppError('E_DB_BUSY', `${file} is being written by another program.`, {
      next: 'Try again in a moment.',
      cause: error,
    });
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new AppError('E_DB_DAMAGED', `${file} is damaged or is not a Slipway database.`, {
      next: 'Keep the file, and restore a backup of it.',
      cause: error,
    });
  }
  if (code.startsWith('SQLITE_READONLY')) {
    return new AppError('E_DATA_DIR', `${file} cannot be written; nothing was changed.`, {
      next: 'Make the file and its folder yours to write, or choose another data folder with --data-dir.',
      cause: error,
    });
  }
  if (code.startsWith('SQLITE_CANTOPEN') && hasNoFilesLeft()) return systemLimit(error);
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN')) {
    return new AppError('E_DATA_DIR', `${file} cannot be read or written (${code}).`, {
      next: 'Check that the disk has space and that the folder is yours.',
      cause: error,
    });
  }
  return error;
}
