import type { Job } from '../../shared/domain/job.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { Clock } from '../clock.ts';
import type { Repos } from '../db/change-feed.ts';
import { freeName } from './free-name.ts';
import { nameTaken } from './mark-service.ts';

export interface BinParts {
  repos: Pick<Repos, 'runs' | 'jobs' | 'bin'>;
  clock: Clock;
}

/** The bin: what is in it is hidden, comes back as it was, and only then may be deleted for good. */
export class BinService {
  readonly #parts: BinParts;

  constructor(parts: BinParts) {
    this.#parts = parts;
  }

  /** All of the runs or none. @throws AppError `E_RUN_ACTIVE` for one that is under way, `E_NOT_FOUND` */
  binRuns(runIds: readonly string[]): void {
    const { repos, clock } = this.#parts;
    repos.bin.binRuns(runIds, clock.now());
  }

  /** @throws AppError `E_STATE` when their job is in the bin, `E_NOT_FOUND` */
  restoreRuns(runIds: readonly string[]): void {
    this.#parts.repos.bin.restoreRuns(runIds);
  }

  /** With their runs, which come back with them. @throws AppError `E_RUN_ACTIVE`, `E_NOT_FOUND` */
  binJobs(jobIds: readonly string[]): Job[] {
    const { repos, clock } = this.#parts;
    repos.bin.binJobs(jobIds, clock.now());
    return this.#jobs(jobIds);
  }

  /**
   * With `rename`, a job whose name another has taken comes back under a near one that is free.
   * @throws AppError `E_NAME` where the name is taken, `E_NOT_FOUND`
   */
  restoreJobs(jobIds: readonly string[], rename = false): Job[] {
    this.#parts.repos.bin.restoreJobs(jobIds, (id) => this.#nameAgain(id, rename));
    return this.#jobs(jobIds);
  }

  /** Jobs in the bin, newest there first. */
  binnedJobs(): Job[] {
    return this.#jobs(this.#parts.repos.bin.jobIds());
  }

  /** Runs that were put there by themselves, newest there first, at most so many. */
  binnedRuns(limit: number): Run[] {
    const { bin, runs } = this.#parts.repos;
    return bin.runIds(limit).flatMap((id) => runs.get(id) ?? []);
  }

  #nameAgain(jobId: string, rename: boolean): string {
    const { jobs } = this.#parts.repos;
    const { name, projectId } = jobs.get(jobId)!;
    const isTaken = (other: string) => jobs.byName(projectId, other) !== null;
    if (!isTaken(name)) return name;
    if (rename) return freeName(name, isTaken);
    throw nameTaken(name, isTaken);
  }

  #jobs(ids: readonly string[]): Job[] {
    return ids.flatMap((id) => this.#parts.repos.jobs.get(id) ?? []);
  }
}
