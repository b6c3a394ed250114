import { AppError } from '../shared/errors.ts';
import type { Job, JobVersion } from '../shared/domain/job.ts';
import { DEFAULT_PROJECT } from '../shared/domain/project.ts';
import type { Run } from '../shared/domain/run.ts';
import type { Core } from '../core/create-core.ts';
import { jobInBin } from '../core/db/insert-run.ts';
import { nearNames } from '../core/near-names.ts';

/**
 * A job by `[[owner/]project/]name`. Without a project: that of `--project`, else the only job of that
 * name. @throws AppError `E_NOT_FOUND`, `E_ARGS` when several fit.
 */
export function findJob(core: Core, text: string, project: string | undefined): Job {
  const parts = text.split('/');
  const name = parts.at(-1)!;
  const inProject = parts.at(-2) ?? project;
  const fitting = core.repos.jobs
    .list()
    .filter((job) => job.name === name && (!inProject || job.projectName === inProject));
  const preferred =
    fitting.length > 1 && fitting.find((job) => job.projectName === DEFAULT_PROJECT);
  if (fitting.length === 1) return fitting[0]!;
  if (preferred) return preferred;
  if (fitting.length > 1) {
    const where = fitting.map((job) => `${job.projectName}/${job.name}`).join(', ');
    throw new AppError('E_ARGS', `Several jobs are called "${name}".`, {
      next: `Say which: ${where}`,
    });
  }
  const isBinned = ({ name: other, projectName }: Job) =>
    other === name && (!inProject || projectName === inProject);
  if (core.bin.binnedJobs().some(isBinned)) throw jobInBin(name);
  const near = nearNames(
    name,
    core.repos.jobs.list().map((job) => job.name),
  );
  throw new AppError('E_NOT_FOUND', `There is no job "${text}".`, {
    next: near.length > 0 ? `Did you mean: ${near.join(', ')}` : 'See `slipway job list`.',
  });
}

/** A version by `job[:vN or alias]`; without the last part, the newest. */
export function findJobVersion(
  core: Core,
  text: string,
  project: string | undefined,
): { job: Job; version: JobVersion } {
  const [path, label = 'latest'] = text.split(':', 2);
  const job = findJob(core, path!, project);
  const versions = core.repos.jobs.versions(job.id);
  const version = versions.find(
    (candidate) => `v${candidate.number}` === label || candidate.aliases.includes(label),
  );
  if (version) return { job, version };
  throw new AppError('E_NOT_FOUND', `The job "${job.name}" has no version "${label}".`, {
    next: `It has v0 to v${job.latestVersion}.`,
  });
}

/** Letters of an id that stand for it where no other begins so. */
const PREFIX = 4;

/** A run by its id, the newest of that name, or the beginning of its id. @throws AppError `E_NOT_FOUND`, `E_ARGS` */
export function findRun(core: Pick<Core, 'repos'>, text: string): Run {
  const { runs } = core.repos;
  const run = runs.get(text) ?? runs.newestNamed(text) ?? runByPrefix(core, text);
  if (run) return run;
  if (runs.newestNamed(text, true)) {
    throw new AppError('E_NOT_FOUND', `The run "${text}" is in the bin.`, {
      next: `Restore it first: slipway run restore ${text}`,
    });
  }
  throw new AppError('E_NOT_FOUND', `There is no run "${text}".`, {
    next: 'See `slipway run list`.',
  });
}

/** @throws AppError `E_ARGS` when several ids begin so */
export function runByPrefix({ repos }: Pick<Core, 'repos'>, text: string): Run | null {
  const ids = text.length < PREFIX ? [] : repos.runs.idsFrom(text, 5);
  if (ids.length === 1) return repos.runs.get(ids[0]!);
  if (ids.length === 0) return null;
  throw new AppError('E_ARGS', `Several runs have an id that begins with "${text}".`, {
    next: `Write more of it: ${ids.join(', ')}`,
  });
}

/** The id of a project by name; undefined stays undefined. @throws AppError `E_NOT_FOUND` */
export function projectId(core: Core, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const project = core.repos.projects.byName(name);
  if (project) return project.id;
  throw new AppError('E_NOT_FOUND', `There is no project "${name}".`, {
    next: 'See `slipway project list`.',
  });
}
