import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Command, Option } from 'commander';
import { AppError } from '../../shared/errors.ts';
import { versionLabel, type Job, type JobVersion } from '../../shared/domain/job.ts';
import { DEFAULT_PROJECT } from '../../shared/domain/project.ts';
import { ENGINE_KINDS, isTerminal, type EngineKind, type Run } from '../../shared/domain/run.ts';
import type { Core } from '../../core/create-core.ts';
import { defaultJobName } from '../default-job-name.ts';
import { exitStatusOfRun } from '../exit-status.ts';
import { findJobVersion } from '../find.ts';
import { localFolder } from '../local-folder.ts';
import { handlingInterrupts } from '../interrupt.ts';
import { plural, printError, printJson, say, size } from '../output.ts';
import { reportLeftOut } from '../report-left-out.ts';
import { reportEnd, reportProgress } from '../report-run.ts';
import { streamLog } from '../stream-log.ts';
import { withCore, type Globals } from '../with-core.ts';

interface LaunchOptions {
  uri?: string;
  job?: string;
  entryPoint?: string;
  jobName?: string;
  includeSecret?: string[];
  name?: string;
  project?: string;
  engine?: EngineKind;
  async?: boolean;
}

export function launchCommand(): Command {
  return new Command('launch')
    .description('Run a folder, or a job that is already there, and stream its log.')
    .option('-u, --uri <folder>', 'folder to make a job (or a new version of one) from')
    .option('-j, --job <job>', '[project/]name[:vN or alias] of a job to launch')
    .option('-E, --entry-point <command>', 'command that starts the code, such as "python main.py"')
    .option('-J, --job-name <name>', 'name of the job made from --uri')
    .option('--include-secret <path...>', 'files to take in although they look like secrets')
    .option('--name <name>', 'name of the run')
    .option('-p, --project <project>', 'project of the job and the run')
    .addOption(new Option('-r, --engine <engine>', 'what to run it on').choices(ENGINE_KINDS))
    .option('--async', 'leave the run going and return at once')
    .action(async (options: LaunchOptions, command: Command) => {
      await withCore(command, (core, globals) => launch(core, globals, options));
    });
}

async function launch(core: Core, globals: Globals, options: LaunchOptions): Promise<void> {
  checkOptions(options);
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
    const started = await core.runs.launch(
      {
        jobId: source.job.id,
        versionId: source.version.id,
        entryPoint: options.job === undefined ? undefined : options.entryPoint,
        engine: options.engine,
        name: options.name,
        attend: !options.async,
      },
      { signal: cancel.signal },
    );
    run = started.run;
    if (options.async) return leaveRunning(run, source.created, globals);
    await follow(core, globals, run);
    const ended = core.runs.get(run.id);
    if (globals.json) printJson({ run: ended, newVersion: source.created });
    process.exitCode = exitStatusOfRun(ended, interrupted);
  });
}

function checkOptions({ uri, job, entryPoint, jobName }: LaunchOptions): void {
  const usage = (message: string, next: string) => new AppError('E_ARGS', message, { next });
  if (uri === undefined && job === undefined) {
    throw usage('There is nothing to launch.', 'Give a folder with --uri or a job with --job.');
  }
  if (uri !== undefined && job !== undefined) {
    throw usage('--uri and --job cannot be used together.', 'Give one of them.');
  }
  if (uri !== undefined && entryPoint === undefined) {
    throw usage('--uri needs --entry-point.', 'For example: --entry-point "python main.py"');
  }
  if (job !== undefined && jobName !== undefined) {
    throw usage('--job-name names the job made from --uri.', 'Leave it out with --job.');
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
  const uri = options.uri!;
  const entryPoint = options.entryPoint!;
  const result = await core.jobs.createFromFolder(
    {
      folder: localFolder(uri),
      includeSecrets: options.includeSecret,
      name: options.jobName ?? defaultJobName(uri, entryPoint),
      project: options.project ?? DEFAULT_PROJECT,
      entryPoint,
    },
    { signal },
  );
  const { job, version, created, leftOut } = result;
  const what = created ? 'created' : 'unchanged';
  const { files, bytes } = version.source;
  say(
    `job ${job.fullName}:${versionLabel(version)} ${what} (${plural(files, 'file')}, ${size(bytes)})`,
  );
  reportLeftOut(leftOut);
  return result;
}

async function follow(core: Core, globals: Globals, run: Run): Promise<void> {
  say(`run ${run.id} "${run.name}" on the ${run.engine} engine`);
  const stopReporting = reportProgress(core, run.id);
  const whole = new AbortController();
  const log = streamLog(core, run.id, whole.signal, globals.json ? { only: process.stderr } : {});
  await Promise.all([core.runs.attended(run.id), log]);
  stopReporting();
  reportEnd(core.runs.get(run.id));
}

/** Hands the waiting run to a process of its own that outlives this one. */
async function leaveRunning(run: Run, newVersion: boolean, globals: Globals): Promise<void> {
  const args = [process.argv[1]!, '--data-dir', globals.dataDir, 'run', 'attend', run.id];
  const child = spawn(process.execPath, args, { detached: true, stdio: 'ignore' });
  await once(child, 'spawn');
  child.unref();
  if (globals.json) printJson({ run, newVersion });
  else process.stdout.write(`${run.id}\n`);
  say(`run ${run.id} "${run.name}" goes on; see \`slipway run logs -f ${run.id}\``);
}
