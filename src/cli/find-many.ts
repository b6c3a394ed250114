import type { Job } from '../shared/domain/job.ts';
import type { Run } from '../shared/domain/run.ts';
import { AppError } from '../shared/errors.ts';
import type { Core } from '../core/create-core.ts';
import { findJob, findRun, runByPrefix } from './find.ts';

/** Each as {@link findRun} does, once. */
export const findRuns = (core: Core, texts: readonly string[]): Run[] =>
  unique(texts.map((text) => findRun(core, text)));

/** Runs that are meant to be in the bin: by id, or the newest there of that name. @throws AppError `E_NOT_FOUND` */
export const findBinnedRuns = (core: Core, texts: readonly string[]): Run[] =>
  unique(texts.map((text) => binnedRun(core, text)));

/** Each as {@link findJob} does, once. */
export const findJobs = (
  core: Core,
  texts: readonly string[],
  project: string | undefined,
): Job[] => unique(texts.map((text) => findJob(core, text, project)));

/** Jobs in the bin by id or `[project/]name`. @throws AppError `E_NOT_FOUND`, `E_ARGS` when several fit */
export const findBinnedJobs = (
  core: Core,
  texts: readonly string[],
  project: string | undefined,
): Job[] => unique(texts.map((text) => binnedJob(core, text, project)));

function binnedRun(core: Core, text: string): Run {
  const { runs } = core.repos;
  const binned = runs.get(text) ?? runs.newestNamed(text, true) ?? runByPrefix(core, text);
  // One that is not in the bin is refused by whoever wants it from there.
  const run = binned ?? runs.newestNamed(text);
  if (run) return run;
  throw new AppError('E_NOT_FOUND', `There is no run "${text}" in the bin.`, {
    next: 'See `slipway bin list`.',
  });
}

function binnedJob(core: Core, text: string, project: string | undefined): Job {
  const parts = text.split('/');
  const [name, inProject] = [parts.at(-1)!, parts.at(-2) ?? project];
  const isMeant = (job: Job) =>
    job.id === text || (job.name === name && (!inProject || job.projectName === inProject));
  const fitting = core.bin.binnedJobs().filter(isMeant);
  if (fitting.length === 1) return fitting[0]!;
  if (fitting.length > 1) {
    throw new AppError('E_ARGS', `Several jobs in the bin are called "${name}".`, {
      next: `Say which by its id: ${fitting.map(({ id }) => id).join(', ')}`,
    });
  }
  throw new AppError('E_NOT_FOUND', `There is no job "${text}" in the bin.`, {
    next: 'See `slipway bin list`.',
  });
}

const unique = <T extends { id: string }>(rows: readonly T[]): T[] => [
  ...new Map(rows.map((row) => [row.id, row])).values(),
];
