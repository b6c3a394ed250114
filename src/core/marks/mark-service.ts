import type { Job } from '../../shared/domain/job.ts';
import { checkName } from '../../shared/domain/names.ts';
import type { RunMarks } from '../../shared/domain/run-marks.ts';
import { AppError } from '../../shared/errors.ts';
import type { Repos } from '../db/change-feed.ts';
import { noJob } from '../jobs/maker-errors.ts';
import { freeName } from './free-name.ts';
import { checkNotes, checkRunName } from './mark-text.ts';
import { tagsAfter } from './tags.ts';

/** What a person notes about runs and jobs. */
export class MarkService {
  readonly #repos: Pick<Repos, 'jobs' | 'marks'>;

  constructor(repos: Pick<Repos, 'jobs' | 'marks'>) {
    this.#repos = repos;
  }

  /** Marks all of the runs or none. @throws AppError `E_NAME`, `E_ARGS`, `E_NOT_FOUND` */
  markRuns(runIds: readonly string[], marks: RunMarks): void {
    const { name, notes, starred, addTags = [], removeTags = [] } = marks;
    this.#repos.marks.set(runIds, {
      name: name === undefined ? undefined : checkRunName(name),
      notes: notes === undefined ? undefined : checkNotes(notes),
      starred,
      tags: tagsAfter(addTags, removeTags),
    });
  }

  /**
   * Gives a job another name; its aliases, versions and runs stay with it.
   * @throws AppError `E_NAME` for one that cannot be, or is another's; it offers a near one
   */
  renameJob(jobId: string, name: string): Job {
    const { jobs, marks } = this.#repos;
    const job = jobs.get(jobId);
    if (!job) throw noJob(jobId);
    const checked = checkName('job', name);
    const isTaken = (other: string) => (jobs.byName(job.projectId, other)?.id ?? jobId) !== jobId;
    if (job.binnedAt === null && isTaken(checked)) throw nameTaken(checked, isTaken);
    marks.renameJob(jobId, checked);
    return jobs.get(jobId)!;
  }
}

/** Offers a name that is free. */
export const nameTaken = (name: string, isTaken: (name: string) => boolean): AppError =>
  new AppError('E_NAME', `There is another job "${name}" in the project.`, {
    next: `Choose another name, such as: ${freeName(name, isTaken)}`,
  });
