import { Command } from 'commander';
import type { QueuePlacement } from '../../shared/domain/queue.ts';
import type { Core } from '../../core/create-core.ts';
import type { LaunchRequest } from '../../core/launch/launcher.ts';
import { refuseProblems } from '../../core/launch/refuse-problems.ts';
import { placeLaunch } from '../../core/queue/place-launch.ts';
import { checkEntity } from '../entity.ts';
import { withInterrupt } from '../interrupt.ts';
import { assemble, type Assembled } from '../launch/assemble.ts';
import { addEngineOptions, engineOf, type EngineOptions } from '../launch/engine-options.ts';
import { extraWords } from '../launch/extra-words.ts';
import { givenConfig, withConfig, type GivenConfig } from '../launch/given-config.ts';
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
import { say } from '../output.ts';
import {
  addPlacementOptions,
  placementOf,
  type PlacementOptions,
} from '../queue/placement-options.ts';
import { runToEnd } from '../run-to-end.ts';
import { settle, tellingOfEngine } from '../settle.ts';
import { withCore, type Globals } from '../with-core.ts';

interface LaunchOptions
  extends JobOptions, InputOptions, SettingOptions, EngineOptions, PlacementOptions {
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
  addEngineOptions(addSettingOptions(command));
  addPlacementOptions(command)
    .optionsGroup('Of the run itself:')
    .option('--name <name>', 'name of the run (also WANDB_NAME)')
    .option('--async', 'leave the run going, or in its queue, and return at once')
    .option('--dry-run', 'print what would be run and how, and start nothing');
  return command.action(async (words: string[], options: LaunchOptions, self: Command) => {
    const extra = extraWords(words, process.argv);
    await withCore(self, (core, globals) => launch(core, globals, options, extra));
  });
}

/** The options with what `-c` says, and where they put the launch. */
interface Asked extends LaunchOptions {
  placement: QueuePlacement | undefined;
}

/** What is asked for, checked before anything is made. */
function askedBy(core: Core, line: LaunchOptions, config: GivenConfig): Asked {
  const options = withConfig(line, config);
  checkJobOptions(options);
  checkEntity(options.entity);
  const placement = placementOf(core, options, config.asked);
  placeLaunch(core.repos.queues, { engine: engineOf(options), queue: placement });
  return { ...options, placement };
}

async function launch(
  core: Core,
  globals: Globals,
  line: LaunchOptions,
  words: string[],
): Promise<void> {
  const config = givenConfig(line);
  const asked = askedBy(core, line, config);
  // What is left in a queue is no business of engines yet, and one that hangs takes its time.
  const isLeft = asked.async === true && asked.placement !== undefined;
  if (!isLeft) await settle(core);
  const prepare = async (signal: AbortSignal) => {
    const launched = await jobToLaunch(core, asked, signal);
    const assembled = await assemble(core, launched.version, asked, { words, config });
    return { launched, assembled };
  };
  if (asked.dryRun)
    return withInterrupt(async (signal) => plan(core, globals, asked, await prepare(signal)));
  await runToEnd(core, globals, {
    async: asked.async === true,
    start: async (signal) => {
      const { launched, assembled } = await prepare(signal);
      refuseProblems(assembled.problems);
      for (const note of assembled.notes) say(`  ${note}`);
      const starting = startRun(core, requestFor(launched, asked, assembled), signal);
      const started = await (isLeft ? tellingOfEngine(starting) : starting);
      return { ...started, newVersion: launched.created };
    },
  });
}

const plan = (
  core: Core,
  globals: Globals,
  asked: Asked,
  { launched, assembled }: { launched: LaunchedVersion; assembled: Assembled },
): Promise<void> =>
  dryRun(core, globals, {
    ...{ version: launched.version, assembled },
    entryPoint: entryPointOf(asked),
    engine: engineOf(asked),
    queue: asked.placement,
  });

/** That of a job that is made is part of its version. */
const entryPointOf = ({ job, entryPoint }: LaunchOptions): string | undefined =>
  job === undefined ? undefined : entryPoint;

const requestFor = (
  { job, version }: LaunchedVersion,
  asked: Asked,
  { spec }: Assembled,
): LaunchRequest => ({
  jobId: job.id,
  versionId: version.id,
  entryPoint: entryPointOf(asked),
  engine: engineOf(asked),
  name: asked.name ?? (process.env['WANDB_NAME'] || undefined),
  rewrite: asked.rewrite,
  spec,
  queue: asked.placement,
  attend: !asked.async,
});
