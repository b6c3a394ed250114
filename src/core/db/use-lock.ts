import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { delay } from '../scope.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';

const RETRY_MS = 50;

/** Does work while nothing that it may come to need is removed. */
export type Hold = <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/**
 * Keeps those apart who make things and who clean up, over all processes: many may make at once, and who
 * cleans up is alone. They are SQLite's locks on a file without content, which the system takes back however
 * their holder ends.
 */
export class UseLock {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Waits while somebody cleans up. @throws AppError `E_CANCELLED` */
  readonly hold: Hold = async (work, signal) => {
    let held = this.#try('BEGIN; SELECT count(*) FROM sqlite_schema');
    while (held === null) {
      await delay(RETRY_MS, signal);
      held = this.#try('BEGIN; SELECT count(*) FROM sqlite_schema');
    }
    return finallyClose(held, work);
  };

  /** Does work alone; null, and nothing is done, while anybody makes something or cleans up. */
  async alone<T>(work: () => Promise<T>): Promise<{ done: T } | null> {
    const held = this.#try('BEGIN EXCLUSIVE');
    return held && { done: await finallyClose(held, work) };
  }

  #try(sql: string): Sqlite | null {
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    const db = openSqlite(this.#file, { timeout: 0 });
    try {
      db.pragma('journal_mode = MEMORY');
      db.exec(sql);
      return db;
    } catch (error) {
      db.close();
      if (String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) return null;
      throw error;
    }
  }
}

async function finallyClose<T>(held: Sqlite, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    held.close();
  }
}

/** For tests in which nothing is cleaned up. */
export const unheld: Hold = (work) => work();
