import { Command } from 'commander';
import { plural } from '../../shared/format.ts';
import type { Core } from '../../core/create-core.ts';
import { checkCancelled } from '../../core/scope.ts';
import { agree } from '../agree.ts';
import { withInterrupt } from '../interrupt.ts';
import { dateTime, printJson, printTable, say } from '../output.ts';
import { shortName, versionName } from '../short-name.ts';
import { withCore, type Globals } from '../with-core.ts';

/** Runs that are listed; emptying takes all of them. */
const LISTED = 1000;
/** Runs that are deleted at a time: between, Ctrl-C leaves the rest where it is. */
const AT_ONCE = 200;

export function binCommand(): Command {
  const bin = new Command('bin').description('What was put away: jobs and runs in the bin.');
  bin
    .command('list')
    .description('List what is in the bin, newest there first.')
    .action(async (_options: unknown, command: Command) => {
      await withCore(command, async (core, globals) => list(core, globals));
    });
  bin
    .command('empty')
    .description('Delete everything in the bin for good.')
    .option('-y, --yes', 'without asking')
    .action(async (options: { yes?: boolean }, command: Command) => {
      await withCore(command, (core, globals) =>
        withInterrupt((signal) => empty(core, globals, options, signal)),
      );
    });
  return bin;
}

function list(core: Core, { json }: Globals): void {
  const [jobs, runs] = [core.bin.binnedJobs(), core.bin.binnedRuns(LISTED)];
  if (json) return printJson({ jobs, runs });
  if (jobs.length + runs.length === 0) return say('the bin is empty');
  printTable([
    ['KIND', 'ID', 'NAME', 'OF', 'RUNS', 'SINCE'],
    ...jobs.map(({ id, name, projectName, runCount, binnedAt }) => [
      ...['job', id, shortName(name), shortName(projectName), String(runCount)],
      dateTime(binnedAt!),
    ]),
    ...runs.map(({ id, name, jobName, versionNumber, binnedAt }) => [
      ...['run', id, shortName(name), versionName(jobName, versionNumber), '-'],
      dateTime(binnedAt!),
    ]),
  ]);
  if (runs.length === LISTED) say(`... and perhaps more runs: the newest ${LISTED} are listed`);
}

async function empty(
  core: Core,
  { json }: Globals,
  options: { yes?: boolean },
  signal: AbortSignal,
): Promise<void> {
  if (!(await agree('Delete everything in the bin for good?', options, signal))) {
    return say('nothing was deleted');
  }
  const deleted = { jobs: 0, runs: 0 };
  for (;;) {
    checkCancelled(signal, 'Emptying the bin');
    const runs = core.bin.binnedRuns(AT_ONCE);
    if (runs.length === 0) break;
    deleted.runs += await core.remover.deleteRuns(runs.map(({ id }) => id));
  }
  for (const { id } of core.bin.binnedJobs()) {
    checkCancelled(signal, 'Emptying the bin');
    deleted.jobs += await core.remover.deleteJobs([id]);
  }
  if (json) return printJson(deleted);
  say(`deleted ${plural(deleted.jobs, 'job')} and ${plural(deleted.runs, 'run')}`);
}
