import type { Job } from '../../shared/domain/job.ts';
import { AppError } from '../../shared/errors.ts';

export const badRuntime = (runtime: string): AppError =>
  new AppError('E_ARGS', `"${runtime}" is not a Python version.`, { next: 'Write it as 3.11.' });

export const noOrigin = (job: Job): AppError =>
  new AppError('E_SOURCE_NOT_FOUND', `The job "${job.name}" has nowhere to take newer code from.`, {
    next: 'Launch one of its versions instead.',
  });

export const noJob = (jobId: string): AppError =>
  new AppError('E_NOT_FOUND', `There is no job "${jobId}".`, {
    next: 'It may have been deleted meanwhile. See `slipway job list`.',
  });
