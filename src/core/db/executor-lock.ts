import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite, type Sqlite } from './sqlite.ts';

/**
 * Tells the processes on one data folder which of them are alive. Each holds a lock on a file of its
 * own, by an SQLite transaction that never ends; the operating system releases it when the process
 * dies in whatever way, so that no clock and no heartbeat decides (docs/adr/0004-executor-lock.md).
 */
export class ExecutorLock {
  /** This process's name as an executor of runs. */
  readonly id = randomUUID();
  readonly #folder: string;
  readonly #held: Sqlite;
  #beats = 0;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
    this.#held = hold(this.#file(this.id));
  }

  /** Whether the process behind that executor id still lives. */
  isAlive(executor: string): boolean {
    if (executor === this.id) return true;
    const probe = tryLock(this.#file(executor));
    probe?.close();
    return probe === null;
  }

  /**
   * Shows that this process does not hang: counts on, in the time stamp of its file. Not in the database, where
   * each write wakes every process. It is a number and no time: no clock is asked.
   */
  beat(): void {
    this.#beats += 1;
    utimesSync(this.#file(this.id), this.#beats, this.#beats);
  }

  /** What that executor's beats have come to; null when its file cannot be looked at. */
  beatOf(executor: string): number | null {
    try {
      return statSync(this.#file(executor)).mtimeMs;
    } catch {
      return null;
    }
  }

  /** Whether any other process uses the data folder. */
  othersAlive(): boolean {
    return this.#others().some((executor) => this.isAlive(executor));
  }

  /** Executors that died and left their file. */
  dead(): string[] {
    return this.#others().filter((executor) => !this.isAlive(executor));
  }

  /** Removes the files of executors that died. Returns how many. */
  sweep(): number {
    let swept = 0;
    for (const executor of this.#others()) {
      // Removed while locked: an executor that was just making this file notices and makes it anew.
      const probe = tryLock(this.#file(executor));
      if (probe) rmSync(this.#file(executor), { force: true });
      if (probe) swept += 1;
      probe?.close();
    }
    return swept;
  }

  release(): void {
    rmSync(this.#file(this.id), { force: true });
    this.#held.close();
  }

  #others(): string[] {
    return readdirSync(this.#folder).flatMap((name) => {
      const executor = /^([0-9a-f-]{36})\.lock$/.exec(name)?.[1];
      return executor === undefined || executor === this.id ? [] : [executor];
    });
  }

  #file(executor: string): string {
    return join(this.#folder, `${executor}.lock`);
  }
}

function hold(file: string): Sqlite {
  const lock = openSqlite(file);
  // Nothing is ever written: no journal file beside the lock.
  lock.pragma('journal_mode = MEMORY');
  lock.exec('BEGIN EXCLUSIVE');
  if (existsSync(file)) return lock;
  lock.close();
  return hold(file);
}

/**
 * The locked file, or null when a living process holds it, or perhaps does: what cannot be looked at
 * (too many open files, a disk at fault) is not dead. A file that is not there is: `close` does nothing.
 */
function tryLock(file: string): { close(): void } | null {
  let probe: Sqlite;
  try {
    probe = openSqlite(file, { fileMustExist: true, timeout: 0 });
  } catch {
    return existsSync(file) ? null : { close: () => undefined };
  }
  try {
    probe.pragma('journal_mode = MEMORY');
    probe.exec('BEGIN IMMEDIATE');
    return probe;
  } catch {
    probe.close();
    return null;
  }
}
