import { statSync } from 'node:fs';
import { AppError, toErrorData } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import { backupIsDue } from '../db/backups.ts';
import { delay } from '../scope.ts';
import type { Care } from './care-task.ts';

/** After the start, when the window has its first screens. */
const FIRST_MS = 5000;
const EVERY_MS = 10 * 60_000;
/** Reading more than this after every start would be felt; the doctor reads all of it. */
const CHECKED_BYTES = 256 * 2 ** 20;

export interface KeeperParts {
  care: Care;
  clock: Clock;
  places: { database: string; snapshots: string; metrics: string };
  /** Is told of damage, of a full disk and the like. */
  note(error: unknown): void;
}

/** Looks after the databases of a data folder while a process stays: are they whole, is there a copy of today? */
export class Keeper {
  readonly #parts: KeeperParts;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  /** Ends with the cancellation. */
  async keep(signal: AbortSignal): Promise<void> {
    await delay(FIRST_MS, signal);
    await this.check(signal);
    for (;;) {
      await this.backUpIfDue(signal);
      await delay(EVERY_MS, signal);
    }
  }

  /** Notes each database that is damaged. Never throws but when it is cancelled. */
  async check(signal: AbortSignal): Promise<void> {
    const { database, snapshots, metrics } = this.#parts.places;
    for (const file of [database, metrics, snapshots]) {
      if (bytesOf(file) <= CHECKED_BYTES) await this.#checkOne(file, signal);
    }
  }

  /** Makes the copy of today, unless there is one. Tells of a failure, and goes on. */
  async backUpIfDue(signal: AbortSignal): Promise<void> {
    const { care, clock, places, note } = this.#parts;
    try {
      const now = clock.now();
      if (!backupIsDue(places.database, now)) return;
      await care('backUp', { database: places.database, now }, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      note(error);
    }
  }

  async #checkOne(file: string, signal: AbortSignal): Promise<void> {
    const { care, note } = this.#parts;
    try {
      const problems = await care('check', { file }, signal);
      if (problems.length > 0) note(damaged(file, problems));
    } catch (error) {
      if (signal.aborted || toErrorData(error).code === 'E_CANCELLED') throw error;
      note(error);
    }
  }
}

const damaged = (file: string, problems: readonly string[]): AppError =>
  new AppError('E_DB_DAMAGED', `${file} is damaged.`, { detail: problems.join('\n') });

function bytesOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
