import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, toErrorData } from '../../shared/errors.ts';
import type { Repos } from '../db/change-feed.ts';
import type { ExecutorLock } from '../db/executor-lock.ts';
import { removeTree } from '../engines/process/remove-tree.ts';
import type { LogStore } from '../logs/log-store.ts';
import type { SeriesStore } from '../metrics/series-store.ts';
import { buildLogId } from '../runs/build-recorder.ts';
import { checkCancelled, delay, type Scope } from '../scope.ts';

/** Of one transaction of a long removal: others have their turn after it. */
const RUNS_AT_ONCE = 100;
/** Runs whose files are removed at a time. */
const FILES_AT_ONCE = 8;
/** Waits for the process to have written the last of a log whose run has just ended. */
const LOG_WAITS_MS = [20, 100, 500];

export interface RemoverParts {
  repos: Pick<Repos, 'deletions' | 'removals'>;
  logs: Pick<LogStore, 'remove'>;
  series: Pick<SeriesStore, 'clear'>;
  lock: Pick<ExecutorLock, 'id' | 'isAlive'>;
  /** Each holds a folder for a run that left something there. */
  folders: readonly string[];
  scope: Scope;
}

/**
 * Deletes for good what is in the bin. The rows go first, in one transaction with the note that the rest is
 * to go: from then on it is gone for everybody, and what a process that died has not removed, the next one
 * does.
 */
export class Remover {
  readonly #parts: RemoverParts;

  constructor(parts: RemoverParts) {
    this.#parts = parts;
  }

  /**
   * Runs with their logs, metrics and outputs; how many.
   * @throws AppError `E_STATE` for one that is not in the bin, `E_NOT_FOUND`; nothing was deleted then.
   * `E_DATA_DIR` when files could not be removed: they are when Slipway starts the next time
   */
  deleteRuns(runIds: readonly string[]): Promise<number> {
    const ids = [...new Set(runIds)];
    return this.#parts.scope.run(async () => {
      this.#parts.repos.deletions.runs(ids, this.#parts.lock.id);
      await this.#removeFiles(ids);
      return ids.length;
    });
  }

  /** Jobs with all that is theirs; how many. @throws AppError as {@link deleteRuns} */
  deleteJobs(jobIds: readonly string[]): Promise<number> {
    const ids = [...new Set(jobIds)];
    return this.#parts.scope.run(async (signal) => {
      this.#parts.repos.deletions.beginJobs(ids, this.#parts.lock.id);
      for (const id of ids) await this.#removeJob(id, signal);
      return ids.length;
    });
  }

  /** At start: goes on with what processes that died had begun. What cannot be removed now is left to the next start. */
  async tidy(): Promise<void> {
    const { removals } = this.#parts.repos;
    await this.#parts.scope.run(async (signal) => {
      for (const id of this.#left('job')) {
        await this.#removeJob(id, signal).catch(unlessFault);
      }
      const runs = this.#left('run');
      if (runs.length > 0) await this.#removeFiles(runs).catch(unlessFault);
      // Sweeps are rows alone.
      removals.close('sweep', this.#left('sweep'));
    });
  }

  #left(kind: 'run' | 'job' | 'sweep'): string[] {
    const { repos, lock } = this.#parts;
    const open = repos.removals.open(kind);
    const dead = new Set(
      [...new Set(open.map(({ remover }) => remover))].filter((each) => !lock.isAlive(each)),
    );
    return open.filter(({ remover }) => dead.has(remover)).map(({ id }) => id);
  }

  async #removeJob(jobId: string, signal: AbortSignal): Promise<void> {
    const { deletions } = this.#parts.repos;
    for (;;) {
      checkCancelled(signal, 'The deletion');
      const runs = deletions.runsOf(jobId, RUNS_AT_ONCE);
      if (runs.length === 0) break;
      deletions.runs(runs, this.#parts.lock.id);
      await this.#removeFiles(runs);
      await nextTurn();
    }
    deletions.endJob(jobId);
  }

  /** Of all of them, also where those of one cannot be removed. */
  async #removeFiles(runIds: readonly string[]): Promise<void> {
    const faults: unknown[] = [];
    for (let at = 0; at < runIds.length; at += FILES_AT_ONCE) {
      const part = runIds.slice(at, at + FILES_AT_ONCE);
      const ends = await Promise.allSettled(part.map((id) => this.#removeFilesOf(id)));
      const done = part.filter((_, index) => ends[index]!.status === 'fulfilled');
      this.#parts.repos.removals.close('run', done);
      for (const end of ends) if (end.status === 'rejected') faults.push(end.reason);
    }
    if (faults.length > 0) throw filesLeft(faults);
  }

  async #removeFilesOf(runId: string): Promise<void> {
    const { series, folders } = this.#parts;
    series.clear(runId);
    series.clear(`${runId}/read`);
    for (const folder of folders) {
      await removeTree(join(folder, runId));
      await removeTree(join(folder, `${runId}.part`));
    }
    await this.#removeLog(runId);
    await this.#removeLog(buildLogId(runId));
  }

  /** The writer of a log closes it just after the run has ended. */
  async #removeLog(id: string): Promise<void> {
    for (const ms of LOG_WAITS_MS) {
      try {
        return await this.#parts.logs.remove(id);
      } catch (error) {
        if (toErrorData(error).code !== 'E_STATE') throw error;
        await delay(ms, this.#parts.scope.signal);
      }
    }
    return this.#parts.logs.remove(id);
  }
}

/** What the file system or a store refused is told as one; a fault of ours stays what it is. */
function filesLeft(faults: readonly unknown[]): unknown {
  const isTheirs = (fault: unknown) =>
    fault instanceof AppError || (fault instanceof Error && 'syscall' in fault);
  const own = faults.find((fault) => !isTheirs(fault));
  if (own !== undefined) return own;
  return new AppError('E_DATA_DIR', 'It is deleted, but some of its files could not be removed.', {
    next: 'They are tried again whenever Slipway starts: see that they belong to you.',
    detail: `${String(faults[0])}${faults.length > 1 ? `, and ${faults.length - 1} more` : ''}`,
  });
}

/** What the next start may do better is passed over; a fault of ours is not. */
function unlessFault(error: unknown): void {
  if (toErrorData(error).code === 'E_INTERNAL') throw error;
}
