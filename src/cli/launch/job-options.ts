import { type Command, Option } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { Job, JobVersion } from '../../shared/domain/job.ts';
import { DEFAULT_PROJECT } from '../../shared/domain/project.ts';
import type { Core } from '../../core/create-core.ts';
import { findJobVersion } from '../find.ts';
import { givenJobName } from '../job-name.ts';
import { reportMade } from '../report-made.ts';
import { operationReporter } from '../report-operation.ts';
import { addBuildOptions, buildOf, sourceOfUri, type BuildOptions } from '../source-options.ts';

/** Options that say which job, or what to make one from. */
export interface JobOptions extends BuildOptions {
  uri?: string;
  job?: string;
  dockerImage?: string;
  entryPoint?: string;
  jobName?: string;
  project?: string;
  entity?: string;
}

/** The version to launch, and whether it was made for that. */
export interface LaunchedVersion {
  job: Job;
  version: JobVersion;
  created: boolean;
}

export function addJobOptions(command: Command): Command {
  command
    .optionsGroup('What to launch:')
    .option('-u, --uri <address>', 'repository or folder to make a job (or a new version) from')
    .option('-j, --job <job>', '[project/]name[:vN or alias] of a job to launch')
    .option('-d, --docker-image <image>', 'image to make a job (or a new version) from')
    .option('-E, --entry-point <command>', 'command that starts the code, such as "python main.py"')
    .option('-J, --job-name <name>', 'name of the job made from --uri or --docker-image')
    .option('-p, --project <project>', 'project of the job and the run (also WANDB_PROJECT)')
    .addOption(new Option('-e, --entity <entity>').hideHelp());
  return addBuildOptions(command);
}

const SOURCES = ['uri', 'job', 'dockerImage'] as const;
const FLAGS = { uri: '--uri', job: '--job', dockerImage: '--docker-image' };

/** @throws AppError `E_ARGS` */
export function checkJobOptions(options: JobOptions): void {
  const given = SOURCES.filter((source) => options[source] !== undefined);
  if (given.length === 0) {
    throw usage(
      'There is nothing to launch.',
      'Give a repository or folder with --uri, a job with --job, or an image with --docker-image.',
    );
  }
  if (given.length > 1) {
    const flags = given.map((source) => FLAGS[source]).join(' and ');
    throw usage(`${flags} cannot be used together.`, 'Give one of them.');
  }
  if (options.job !== undefined && options.jobName !== undefined) {
    throw usage('--job-name names a job that is made.', 'Leave it out with --job.');
  }
  checkBuildOptions(options);
}

const usage = (message: string, next: string): AppError =>
  new AppError('E_ARGS', message, { next });

function checkBuildOptions(options: JobOptions): void {
  const { uri, dockerImage, gitHash, gitVersion, includeSecret } = options;
  const ofSource = [gitHash, gitVersion, includeSecret].some((option) => option !== undefined);
  if (uri !== undefined || (!ofSource && Object.keys(buildOf(options)).length === 0)) return;
  throw usage(
    'Only a repository or folder (--uri) is built.',
    `Leave the build options out with ${dockerImage === undefined ? '--job' : '--docker-image'}.`,
  );
}

/** Finds the job, or makes it (or a version of it) from the source. */
export async function jobToLaunch(
  core: Core,
  options: JobOptions,
  signal: AbortSignal,
): Promise<LaunchedVersion> {
  if (options.job !== undefined) {
    return { ...findJobVersion(core, options.job, options.project), created: false };
  }
  const { uri, dockerImage } = options;
  const made = await core.maker.make(
    {
      source:
        uri === undefined ? { kind: 'image', reference: dockerImage! } : sourceOfUri(uri, options),
      project: options.project ?? (process.env['WANDB_PROJECT'] || DEFAULT_PROJECT),
      name: givenJobName(options.jobName),
      entryPoint: options.entryPoint,
      build: buildOf(options),
    },
    { signal, onProgress: operationReporter() },
  );
  reportMade(made);
  return made;
}
