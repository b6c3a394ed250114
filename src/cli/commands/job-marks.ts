import { Command } from 'commander';
import type { Job } from '../../shared/domain/job.ts';
import { plural } from '../../shared/format.ts';
import type { Core } from '../../core/create-core.ts';
import { agree } from '../agree.ts';
import { findJob } from '../find.ts';
import { findBinnedJobs, findJobs } from '../find-many.ts';
import { withInterrupt } from '../interrupt.ts';
import { printJson, printLine, say } from '../output.ts';
import { settle } from '../settle.ts';
import { withCore, type Globals } from '../with-core.ts';

const PROJECT = ['-p, --project <project>', 'project of the job'] as const;
const JOBS = ['<job...>', '[project/]name'] as const;
const BINNED = ['<job...>', '[project/]name, or the id that `bin list` shows'] as const;

interface Options {
  project?: string;
  rename?: boolean;
  yes?: boolean;
}

/** The name and the bin of jobs: `job rename`, `bin`, `restore`, `delete`. */
export const jobMarkCommands = (): Command[] => [
  new Command('rename')
    .description('Give a job another name; its versions, aliases and runs stay with it.')
    .argument('<job>', '[project/]name')
    .argument('<name>', 'letters, digits, "_", "." and "-"')
    .option(...PROJECT)
    .action(async (text: string, name: string, options: Options, command: Command) => {
      await withCore(command, async (core, globals) => {
        const { id } = findJob(core, text, options.project);
        report(globals, [core.marks.renameJob(id, name)], 'is its name now');
      });
    }),
  new Command('bin')
    .description('Put jobs into the bin with their runs; `job restore` brings them back.')
    .argument(...JOBS)
    .option(...PROJECT)
    .action(async (texts: string[], options: Options, command: Command) => {
      await withCore(command, async (core, globals) => {
        await settle(core);
        const ids = findJobs(core, texts, options.project).map(({ id }) => id);
        report(globals, core.bin.binJobs(ids), 'is in the bin');
      });
    }),
  new Command('restore')
    .description('Bring jobs and their runs back from the bin.')
    .argument(...BINNED)
    .option(...PROJECT)
    .option('--rename', 'under another name, where the name was taken meanwhile')
    .action(async (texts: string[], options: Options, command: Command) => {
      await withCore(command, async (core, globals) => {
        const ids = findBinnedJobs(core, texts, options.project).map(({ id }) => id);
        report(globals, core.bin.restoreJobs(ids, options.rename), 'is back');
      });
    }),
  new Command('delete')
    .description('Delete jobs in the bin for good, with their versions and all of their runs.')
    .argument(...BINNED)
    .option(...PROJECT)
    .option('-y, --yes', 'without asking')
    .action(async (texts: string[], options: Options, command: Command) => {
      await withCore(command, (core, globals) => remove(core, globals, texts, options));
    }),
];

async function remove(
  core: Core,
  globals: Globals,
  texts: readonly string[],
  options: Options,
): Promise<void> {
  const jobs = findBinnedJobs(core, texts, options.project);
  const which = jobs.length === 1 ? `"${jobs[0]!.name}"` : plural(jobs.length, 'job');
  const question = `Delete ${which} for good, with all versions and runs?`;
  if (!(await withInterrupt((signal) => agree(question, options, signal)))) {
    return say('nothing was deleted');
  }
  const deleted = await core.remover.deleteJobs(jobs.map(({ id }) => id));
  if (globals.json) printJson({ deleted });
  else say(`deleted ${plural(deleted, 'job')}`);
}

function report({ json }: Globals, jobs: readonly Job[], text: string): void {
  if (json) return printJson(jobs);
  for (const { fullName } of jobs) printLine(`${fullName}: ${text}`);
}
