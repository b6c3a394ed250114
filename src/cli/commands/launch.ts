import { Command } from 'commander';
import { isTerminal, type Run } from '../../shared/domain/run.ts';
import type { Core } from '../../core/create-core.ts';
import type { LaunchRequest } from '../../core/runs/launcher.ts';
import { checkEntity } from '../entity.ts';
import { exitStatusOfRun } from '../exit-status.ts';
import { followRun, leaveRunning } from '../follow-run.ts';
import { handlingInterrupts } from '../interrupt.ts';
import { assemble, type Assembled } from '../launch/assemble.ts';
import { addEngineOptions, engineOf, type EngineOptions } from '../launch/engine-options.ts';
import { extraWords } from '../launch/extra-words.ts';
import { addInputOptions, PRECEDENCE, type InputOptions } from '../launch/input-options.ts';
import {
  addJobOptions,
  checkJobOptions,
  jobToLaunch,
  type JobOptions,
  type LaunchedVersion,
} from '../launch/job-options.ts';
import { dryRun } from '../launch/plan-launch.ts';
import { addSettingOptions, type SettingOptions } from '../launch/setting-options.ts';
import { startRun } from '../launch/start-run.ts';
import { printError, printJson, say } from '../output.ts';
import { withCore, type Globals } from '../with-core.ts';

interface LaunchOptions extends JobOptions, InputOptions, SettingOptions, EngineOptions {
  name?: string;
  async?: boolean;
  dryRun?: boolean;
}

export function launchCommand(): Command {
  const command = new Command('launch')
    .description('Run a repository, a folder, an image or a job, and stream its log.')
    .argument('[words...]', 'behind --: words for the program')
    .addHelpText('after', PRECEDENCE);
  addInputOptions(addJobOptions(command));
  addEngineOptions(addSettingOptions(command))
    .option('--name <name>', 'name of the run (also WANDB_NAME)')
    .option('--async', 'leave the run going and return at once')
    .option('--dry-run', 'print what would be run and how, and start nothing');
  return command.action(async (words: string[], options: LaunchOptions, self: Command) => {
    const extra = extraWords(words, process.argv);
    await withCore(self, (core, globals) => launch(core, globals, options, extra));
  });
}

async function launch(
  core: Core,
  globals: Globals,
  options: LaunchOptions,
  words: string[],
): Promise<void> {
  checkJobOptions(options);
  checkEntity(options.entity);
  await core.reconcile('settle');
  const cancel = new AbortController();
  let run: Run | null = null;
  let interrupted = false;
  const onInterrupt = (count: number) => {
    interrupted = true;
    cancel.abort();
    if (run) stopRun(core, run, count);
  };
  await handlingInterrupts(onInterrupt, async () => {
    const launched = await jobToLaunch(core, options, cancel.signal);
    const assembled = await assemble(core, launched.version, options, words);
    if (options.dryRun) {
      const entryPoint = entryPointOf(options);
      const engine = engineOf(options);
      return dryRun(core, globals, { version: launched.version, entryPoint, engine, assembled });
    }
    for (const note of assembled.notes) say(`  ${note}`);
    run = await startRun(core, requestFor(launched, options, assembled), cancel.signal);
    if (options.async) return leaveRunning(run, launched.created, globals);
    await followRun(core, globals, run);
    const ended = core.runs.get(run.id);
    if (globals.json) printJson({ run: ended, newVersion: launched.created });
    process.exitCode = exitStatusOfRun(ended, interrupted);
  });
}

function stopRun(core: Core, run: Run, count: number): void {
  say(count === 1 ? 'stopping the run (again to kill it)' : 'killing the run');
  try {
    // It may have ended in this moment.
    if (!isTerminal(core.runs.get(run.id).state)) core.runs.stop(run.id);
  } catch (error) {
    // Such as a busy database: the person can ask again.
    printError(error, false);
  }
}

/** That of a job that is made is part of its version. */
const entryPointOf = ({ job, entryPoint }: LaunchOptions): string | undefined =>
  job === undefined ? undefined : entryPoint;

const requestFor = (
  { job, version }: LaunchedVersion,
  options: LaunchOptions,
  { spec }: Assembled,
): LaunchRequest => ({
  jobId: job.id,
  versionId: version.id,
  entryPoint: entryPointOf(options),
  engine: engineOf(options),
  name: options.name ?? (process.env['WANDB_NAME'] || undefined),
  rewrite: options.rewrite,
  spec,
  attend: !options.async,
});
