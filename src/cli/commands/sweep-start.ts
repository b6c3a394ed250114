import { Command } from 'commander';
import type { SweepPlan, SweepPreview } from '../../shared/domain/sweep.ts';
import type { Core } from '../../core/create-core.ts';
import type { StartSweepRequest } from '../../core/sweeps/sweep-service.ts';
import { placeLaunch } from '../../core/queue/place-launch.ts';
import { checkEntity } from '../entity.ts';
import { STATUS } from '../exit-status.ts';
import { withInterrupt } from '../interrupt.ts';
import { assembleValid } from '../launch/assemble.ts';
import { addEngineOptions, engineOf, type EngineOptions } from '../launch/engine-options.ts';
import { extraWords } from '../launch/extra-words.ts';
import { givenConfig, withConfig, type GivenConfig } from '../launch/given-config.ts';
import { addInputOptions, PRECEDENCE, type InputOptions } from '../launch/input-options.ts';
import {
  addJobOptions,
  checkJobOptions,
  jobToLaunch,
  type JobOptions,
} from '../launch/job-options.ts';
import { sayProblem } from '../launch/report-plan.ts';
import { addSettingOptions, type SettingOptions } from '../launch/setting-options.ts';
import { parseCount } from '../launch/units.ts';
import { printJson, printTable, say } from '../output.ts';
import {
  addPlacementOptions,
  placementOf,
  type PlacementOptions,
} from '../queue/placement-options.ts';
import { axisInputs } from '../sweep/axis-inputs.ts';
import { followSweep } from '../sweep/follow-sweep.ts';
import { leaveSweep } from '../sweep/leave-sweep.ts';
import { addPlanOptions, planOf, type PlanOptions } from '../sweep/plan-options.ts';
import { valueText } from '../sweep/report-sweep.ts';
import { withCore, type Globals } from '../with-core.ts';

interface StartOptions
  extends JobOptions, InputOptions, SettingOptions, EngineOptions, PlanOptions, PlacementOptions {
  name?: string;
  concurrency: number;
  async?: boolean;
  dryRun?: boolean;
}

export function sweepStartCommand(): Command {
  const command = new Command('start')
    .description('Run a version once for each cell of a grid, or of a random draw.')
    .argument('[words...]', 'behind --: words for the program')
    .addHelpText('after', PRECEDENCE);
  addInputOptions(addJobOptions(addPlanOptions(command)));
  addEngineOptions(addSettingOptions(command));
  addPlacementOptions(command)
    .optionsGroup('Of the sweep itself:')
    .option('-n, --concurrency <number>', 'cells that run at a time', concurrency, 1)
    .option('--name <name>', 'name of the sweep')
    .option('--async', 'leave the sweep going, or in its queue, and return at once')
    .option('--dry-run', 'list the cells, and start nothing');
  return command.action(async (words: string[], options: StartOptions, self: Command) => {
    const extra = extraWords(words, process.argv);
    await withCore(self, (core, globals) => start(core, globals, options, extra));
  });
}

const concurrency = (text: string): number => parseCount(text, 'cells at a time');

async function start(
  core: Core,
  globals: Globals,
  line: StartOptions,
  words: string[],
): Promise<void> {
  const config = givenConfig(line);
  const options = withConfig(line, config);
  checkJobOptions(options);
  checkEntity(options.entity);
  const queue = placementOf(core, options, config.asked);
  placeLaunch(core.repos.queues, { engine: engineOf(options), queue });
  const sweep = await withInterrupt(async (signal) => {
    const asked = await requestFor(core, options, { words, config }, signal);
    const request = { ...asked, queue };
    if (options.dryRun) return preview(core, globals, request);
    const started = await core.sweeps.start(request, { signal });
    for (const note of started.notes) say(`  ${note}`);
    return started.sweep;
  });
  if (sweep === null) return;
  if (options.async) return leaveSweep(core, sweep, globals);
  say(`sweep ${sweep.id} "${sweep.name}": ${sweep.cells} cells`);
  await followSweep(core, globals, sweep.id);
}

async function requestFor(
  core: Core,
  options: StartOptions,
  given: { words: string[]; config: GivenConfig },
  signal: AbortSignal,
): Promise<StartSweepRequest> {
  const { version } = await jobToLaunch(core, options, signal);
  const { spec, notes } = await assembleValid(core, version, options, given);
  for (const note of notes) say(`  ${note}`);
  const plan = planOf(options, axisInputs(await core.inputs.schema(version)));
  if (plan.method === 'random' && options.seed === undefined) say(`  --seed ${plan.seed}`);
  return {
    ...{ versionId: version.id, spec, plan, name: options.name },
    entryPoint: options.job === undefined ? undefined : options.entryPoint,
    engine: engineOf(options),
    rewrite: options.rewrite,
    concurrency: options.concurrency,
  };
}

/** Prints the cells; the status tells whether they could be started. */
async function preview(core: Core, globals: Globals, request: StartSweepRequest): Promise<null> {
  const found = await core.sweeps.plan(placeLaunch(core.repos.queues, request).launch);
  if (globals.json) printJson(found);
  else printPreview(found, request.plan);
  if (found.problems.length > 0) process.exitCode = STATUS.usage;
  else say('nothing was started');
  return null;
}

function printPreview({ cells, first, problems }: SweepPreview, { axes }: SweepPlan): void {
  const names = axes.map(({ input }) => input);
  printTable([
    ['CELL', ...names],
    ...first.map((values, i) => [String(i), ...names.map((name) => valueText(values[name]))]),
  ]);
  if (cells > first.length) say(`... and ${cells - first.length} more`);
  for (const problem of problems) sayProblem(problem);
}
