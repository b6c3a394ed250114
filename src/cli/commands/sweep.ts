import { Command } from 'commander';
import type { Sweep } from '../../shared/domain/sweep.ts';
import type { Core } from '../../core/create-core.ts';
import { projectId } from '../find.ts';
import { dateTime, printJson, printTable } from '../output.ts';
import { followSweep } from '../sweep/follow-sweep.ts';
import { findSweep } from '../sweep/find-sweep.ts';
import { leaveSweep } from '../sweep/leave-sweep.ts';
import { printCells, statesText } from '../sweep/report-sweep.ts';
import { shortName, versionName } from '../short-name.ts';
import { settle } from '../settle.ts';
import { withCore, type Globals } from '../with-core.ts';
import { sweepStartCommand } from './sweep-start.ts';

export function sweepCommand(): Command {
  const sweep = new Command('sweep').description('Runs of one version over a set of inputs.');
  sweep.addCommand(sweepStartCommand());
  sweep
    .command('list')
    .description('List the sweeps, newest first.')
    .option('-p, --project <project>', 'only of this project')
    .action(async (options: { project?: string }, command: Command) => {
      await withCore(command, async (core, globals) => list(core, globals, options.project));
    });
  sweep
    .command('show')
    .description('Show the cells of a sweep: values, state and metrics.')
    .argument('<sweep>', 'id or name')
    .option('--metrics <names>', 'which metrics, as in loss,accuracy', (text) => text.split(','))
    .action(withSweep(show));
  sweep
    .command('stop')
    .description('Stop a sweep: what waits does not start, what runs is interrupted.')
    .argument('<sweep>', 'id or name')
    .option('--kill', 'kill what runs')
    .action(withSweep(stop));
  sweep
    .command('rerun-failed')
    .description('Run the cells that failed or crashed once more.')
    .argument('<sweep>', 'id or name')
    .option('--async', 'leave the sweep going and return at once')
    .action(withSweep(rerunFailed));
  sweep.command('attend', { hidden: true }).argument('<sweep>').action(withSweep(attend));
  return sweep;
}

interface SweepOptions {
  metrics?: string[];
  kill?: boolean;
  async?: boolean;
}

type SweepAction = (
  core: Core,
  globals: Globals,
  sweep: Sweep,
  options: SweepOptions,
) => Promise<void> | void;

const withSweep =
  (action: SweepAction) =>
  async (text: string, options: SweepOptions, command: Command): Promise<void> => {
    await withCore(command, async (core, globals) =>
      action(core, globals, findSweep(core, text), options),
    );
  };

function list(core: Core, globals: Globals, project: string | undefined): void {
  const sweeps = core.repos.sweeps.list({ projectId: projectId(core, project) });
  if (globals.json) return printJson(sweeps);
  printTable([
    ['ID', 'NAME', 'JOB', 'CELLS', 'STATES', 'CREATED'],
    ...sweeps.map((sweep) => [
      sweep.id,
      shortName(sweep.name),
      versionName(sweep.jobName, sweep.versionNumber),
      String(sweep.cells),
      statesText(sweep),
      dateTime(sweep.createdAt),
    ]),
  ]);
}

async function show(
  core: Core,
  globals: Globals,
  sweep: Sweep,
  { metrics }: SweepOptions,
): Promise<void> {
  await settle(core);
  printCells(core, globals.json, core.sweeps.get(sweep.id), metrics);
}

async function stop(
  core: Core,
  globals: Globals,
  { id }: Sweep,
  { kill }: SweepOptions,
): Promise<void> {
  core.sweeps.stop(id);
  if (kill) core.sweeps.stop(id);
  await followSweep(core, globals, id);
  // That was what was asked for.
  process.exitCode = 0;
}

async function rerunFailed(
  core: Core,
  globals: Globals,
  { id }: Sweep,
  options: SweepOptions,
): Promise<void> {
  const sweep = core.sweeps.rerunFailed(id);
  if (options.async) return leaveSweep(core, sweep, globals);
  await followSweep(core, globals, id);
}

/** What `sweep start --async` leaves behind: starts the cells until all have ended. */
const attend: SweepAction = (core, globals, { id }) => followSweep(core, globals, id);
