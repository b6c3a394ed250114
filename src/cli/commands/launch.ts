import { Command, Option } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { Job, JobVersion } from '../../shared/domain/job.ts';
import { DEFAULT_PROJECT } from '../../shared/domain/project.ts';
import {
  ENGINE_KINDS,
  isTerminal,
  REWRITE_POLICIES,
  type EngineKind,
  type RewritePolicy,
  type Run,
} from '../../shared/domain/run.ts';
import type { Core } from '../../core/create-core.ts';
import type { LaunchRequest } from '../../core/runs/run-service.ts';
import { confirm } from '../confirm.ts';
import { checkEntity } from '../entity.ts';
import { exitStatusOfRun } from '../exit-status.ts';
import { findJobVersion } from '../find.ts';
import { followRun, leaveRunning } from '../follow-run.ts';
import { handlingInterrupts } from '../interrupt.ts';
import { givenJobName } from '../job-name.ts';
import { printError, printJson, say } from '../output.ts';
import { reportMade } from '../report-made.ts';
import { operationReporter } from '../report-operation.ts';
import { addBuildOptions, buildOf, sourceOfUri, type BuildOptions } from '../source-options.ts';
import { withCore, type Globals } from '../with-core.ts';

interface LaunchOptions extends BuildOptions {
  uri?: string;
  job?: string;
  dockerImage?: string;
  entryPoint?: string;
  jobName?: string;
  name?: string;
  project?: string;
  entity?: string;
  resource?: string;
  engine?: EngineKind;
  rewrite?: RewritePolicy;
  async?: boolean;
}

/** The engines by the names that `wandb launch` gives them, beside their own. */
const RESOURCES: Record<string, EngineKind> = {
  docker: 'docker',
  process: 'process',
  local: 'docker',
  'local-container': 'docker',
  'local-process': 'process',
};

export function launchCommand(): Command {
  const command = new Command('launch')
    .description('Run a repository, a folder, an image or a job, and stream its log.')
    .option('-u, --uri <address>', 'repository or folder to make a job (or a new version) from')
    .option('-j, --job <job>', '[project/]name[:vN or alias] of a job to launch')
    .option('-d, --docker-image <image>', 'image to make a job (or a new version) from')
    .option('-E, --entry-point <command>', 'command that starts the code, such as "python main.py"')
    .option('-J, --job-name <name>', 'name of the job made from --uri or --docker-image')
    .option('--name <name>', 'name of the run (also WANDB_NAME)')
    .option('-p, --project <project>', 'project of the job and the run (also WANDB_PROJECT)')
    .addOption(new Option('-e, --entity <entity>').hideHelp())
    .addOption(
      new Option('-r, --resource <engine>', 'what to run it on').choices(Object.keys(RESOURCES)),
    )
    .addOption(new Option('--engine <engine>').choices(ENGINE_KINDS).hideHelp())
    .addOption(
      new Option(
        '--rewrite <when>',
        'whether to rewrite (a copy of) a Dockerfile that the engine cannot build as it stands',
      )
        .choices(REWRITE_POLICIES)
        .default('ask'),
    )
    .option('--async', 'leave the run going and return at once');
  return addBuildOptions(command).action(async (options: LaunchOptions, self: Command) => {
    await withCore(self, (core, globals) => launch(core, globals, options));
  });
}

async function launch(core: Core, globals: Globals, options: LaunchOptions): Promise<void> {
  checkOptions(options);
  checkEntity(options.entity);
  await core.reconcile('settle');
  const cancel = new AbortController();
  let run: Run | null = null;
  let interrupted = false;
  const onInterrupt = (count: number) => {
    interrupted = true;
    cancel.abort();
    if (!run) return;
    say(count === 1 ? 'stopping the run (again to kill it)' : 'killing the run');
    try {
      // It may have ended in this moment.
      if (!isTerminal(core.runs.get(run.id).state)) core.runs.stop(run.id);
    } catch (error) {
      // Such as a busy database: the person can ask again.
      printError(error, false);
    }
  };
  await handlingInterrupts(onInterrupt, async () => {
    const source = await jobToLaunch(core, options, cancel.signal);
    const started = await start(core, requestFor(source, options), cancel.signal);
    for (const note of started.notes) say(`  ${note}`);
    run = started.run;
    if (options.async) return leaveRunning(run, source.created, globals);
    await followRun(core, globals, run);
    const ended = core.runs.get(run.id);
    if (globals.json) printJson({ run: ended, newVersion: source.created });
    process.exitCode = exitStatusOfRun(ended, interrupted);
  });
}

function requestFor(
  source: { job: Job; version: JobVersion },
  options: LaunchOptions,
): LaunchRequest {
  return {
    jobId: source.job.id,
    versionId: source.version.id,
    entryPoint: options.job === undefined ? undefined : options.entryPoint,
    engine: options.engine ?? RESOURCES[options.resource ?? ''],
    name: options.name ?? (process.env['WANDB_NAME'] || undefined),
    rewrite: options.rewrite,
    attend: !options.async,
  };
}

/** Asks whether to rewrite where somebody can answer; where nobody can, a rewrite is told and made. */
async function start(core: Core, request: LaunchRequest, signal: AbortSignal) {
  try {
    return await core.runs.launch(request, { signal });
  } catch (error) {
    const open =
      error instanceof AppError && error.code === 'E_PREFLIGHT' && request.rewrite === 'ask';
    if (!open) throw error;
    say(error.message);
    if (error.detail) say(error.detail.replaceAll(/^/gm, '  '));
    if (!(await confirm('Build a rewritten copy? The file itself stays as it is.', signal))) {
      // What stands in the way has been told.
      throw new AppError('E_PREFLIGHT', 'Nothing was built or launched.');
    }
    const { run } = await core.runs.launch({ ...request, rewrite: 'auto' }, { signal });
    // What there is to note has been told.
    return { run, notes: [] };
  }
}

const SOURCES = ['uri', 'job', 'dockerImage'] as const;
const FLAGS = { uri: '--uri', job: '--job', dockerImage: '--docker-image' };

function checkOptions(options: LaunchOptions): void {
  const usage = (message: string, next: string) => new AppError('E_ARGS', message, { next });
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
  const { uri, job, dockerImage, jobName } = options;
  if (job !== undefined && jobName !== undefined) {
    throw usage('--job-name names a job that is made.', 'Leave it out with --job.');
  }
  const { gitHash, gitVersion, includeSecret } = options;
  const ofSource = [gitHash, gitVersion, includeSecret].some((option) => option !== undefined);
  if (uri === undefined && (ofSource || Object.keys(buildOf(options)).length > 0)) {
    throw usage(
      'Only a repository or folder (--uri) is built.',
      `Leave the build options out with ${dockerImage === undefined ? '--job' : '--docker-image'}.`,
    );
  }
}

async function jobToLaunch(
  core: Core,
  options: LaunchOptions,
  signal: AbortSignal,
): Promise<{ job: Job; version: JobVersion; created: boolean }> {
  if (options.job !== undefined) {
    return { ...findJobVersion(core, options.job, options.project), created: false };
  }
  const { uri, dockerImage } = options;
  const reporter = operationReporter();
  const made = await core.maker.make(
    {
      source:
        uri === undefined ? { kind: 'image', reference: dockerImage! } : sourceOfUri(uri, options),
      project: options.project ?? (process.env['WANDB_PROJECT'] || DEFAULT_PROJECT),
      name: givenJobName(options.jobName),
      entryPoint: options.entryPoint,
      build: buildOf(options),
    },
    { signal, onProgress: reporter },
  );
  reportMade(made);
  return made;
}
