import type { Statement } from 'better-sqlite3';
import { sqliteError, type Sqlite } from './sqlite.ts';

/**
 * The open `slipway.db`. Reads go through {@link get} and {@link all}; every write goes through
 * {@link write}, which gives it a revision and tells the change feed.
 */
export class Database {
  readonly file: string;
  readonly #sqlite: Sqlite;
  readonly #statements = new Map<string, Statement>();
  readonly #listeners = new Set<() => void>();
  readonly #busyMs: number;
  #onFault: (error: unknown) => void = () => undefined;

  constructor(sqlite: Sqlite, file: string, busyMs: number) {
    this.#sqlite = sqlite;
    this.file = file;
    this.#busyMs = busyMs;
  }

  get(sql: string, ...values: unknown[]): unknown {
    return this.#mapped(() => this.#prepare(sql).get(...values));
  }

  all(sql: string, ...values: unknown[]): unknown[] {
    return this.#mapped(() => this.#prepare(sql).all(...values));
  }

  /** Runs one statement inside {@link write}; returns the number of rows it changed. */
  run(sql: string, ...values: unknown[]): number {
    return this.#prepare(sql).run(...values).changes;
  }

  /**
   * One transaction, all or nothing. `change` gets the revision to put on every row it writes.
   * @throws AppError `E_DISK_FULL`, `E_DB_BUSY` and the like; nothing has changed then.
   */
  write<T>(change: (rev: number) => T): T {
    const result = this.#mapped(() =>
      this.#sqlite.transaction(() => change(this.nextRevision())).immediate(),
    );
    for (const listener of this.#listeners) listener();
    return result;
  }

  /** Inside {@link write}: one more revision, for one that writes more rows than are told at once. */
  nextRevision(): number {
    const row = this.#prepare('UPDATE revision SET value = value + 1 RETURNING value').get();
    return (row as { value: number }).value;
  }

  /** Calls back after every write of this process. Returns the unsubscribe. */
  onWrite(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells of every failure of the file, beside throwing it. */
  tellFaults(listener: (error: unknown) => void): void {
    this.#onFault = listener;
  }

  /** Whether another process holds the lock for writing at this moment. Waits for nothing. */
  isLocked(): boolean {
    if (this.#sqlite.inTransaction) return false;
    this.#sqlite.pragma('busy_timeout = 0');
    try {
      this.#sqlite.exec('BEGIN IMMEDIATE');
      this.#sqlite.exec('ROLLBACK');
      return false;
    } catch (error) {
      if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return true;
      throw sqliteError(error, this.file);
    } finally {
      this.#sqlite.pragma(`busy_timeout = ${this.#busyMs}`);
    }
  }

  /** A number that changes when another connection commits. */
  dataVersion(): number {
    return this.#mapped(() => this.#sqlite.pragma('data_version', { simple: true }) as number);
  }

  close(): void {
    this.#listeners.clear();
    this.#sqlite.close();
  }

  #prepare(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#sqlite.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #mapped<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      const told = sqliteError(error, this.file);
      this.#onFault(told);
      throw told;
    }
  }
}
