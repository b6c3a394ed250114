import { Command } from 'commander';
import type { RunMarks } from '../../shared/domain/run-marks.ts';
import type { Run } from '../../shared/domain/run.ts';
import { plural } from '../../shared/format.ts';
import type { Core } from '../../core/create-core.ts';
import { agree } from '../agree.ts';
import { findBinnedRuns, findRuns } from '../find-many.ts';
import { withInterrupt } from '../interrupt.ts';
import { printJson, printLine, say } from '../output.ts';
import { marksText } from '../report-marks.ts';
import { settle } from '../settle.ts';
import { withCore, type Globals } from '../with-core.ts';

const RUNS = ['<run...>', 'ids, beginnings of ids, or names'] as const;

interface MarkOptions {
  tag: string[];
  message: string;
}

/** What a person notes about runs: `run star`, `tag`, `note`, `rename` and their reverse. */
export const markCommands = (): Command[] => [
  marking('star', 'Mark runs with a star.', () => ({ starred: true })),
  marking('unstar', 'Take the star off runs.', () => ({ starred: false })),
  marking('tag', 'Add tags to runs.', ({ tag }) => ({ addTags: tag })).requiredOption(
    '-t, --tag <tag>',
    'a tag; may be given more than once',
    collect,
  ),
  marking('untag', 'Remove tags from runs.', ({ tag }) => ({
    removeTags: tag,
  })).requiredOption('-t, --tag <tag>', 'a tag; may be given more than once', collect),
  marking('note', 'Write notes on runs, in place of those they have.', ({ message }) => ({
    notes: message,
  })).requiredOption('-m, --message <text>', 'the notes; empty for none'),
  renaming(),
];

function marking(
  name: string,
  description: string,
  marks: (options: MarkOptions) => RunMarks,
): Command {
  return new Command(name)
    .description(description)
    .argument(...RUNS)
    .action(async (texts: string[], options: MarkOptions, command: Command) => {
      await withCore(command, async (core, globals) => {
        const ids = findRuns(core, texts).map(({ id }) => id);
        core.marks.markRuns(ids, marks(options));
        report(core, globals, ids, marksText);
      });
    });
}

const renaming = (): Command =>
  new Command('rename')
    .description('Give a run another name.')
    .argument('<run>', 'id, beginning of an id, or name')
    .argument('<name>', 'any line of text')
    .action(async (text: string, name: string, _options: unknown, command: Command) => {
      await withCore(command, async (core, globals) => {
        const ids = findRuns(core, [text]).map(({ id }) => id);
        core.marks.markRuns(ids, { name });
        report(core, globals, ids, () => 'is its name now');
      });
    });

/** The bin of runs: `run bin`, `restore`, `delete`. */
export const binCommands = (): Command[] => [
  new Command('bin')
    .description('Put runs into the bin; `run restore` brings them back.')
    .argument(...RUNS)
    .action(async (texts: string[], _options: unknown, command: Command) => {
      await withCore(command, async (core, globals) => {
        // What has ended while nobody looked is not under way.
        await settle(core);
        const ids = findRuns(core, texts).map(({ id }) => id);
        core.bin.binRuns(ids);
        report(core, globals, ids, () => 'is in the bin');
      });
    }),
  new Command('restore')
    .description('Bring runs back from the bin.')
    .argument(...RUNS)
    .action(async (texts: string[], _options: unknown, command: Command) => {
      await withCore(command, async (core, globals) => {
        const ids = findBinnedRuns(core, texts).map(({ id }) => id);
        core.bin.restoreRuns(ids);
        report(core, globals, ids, () => 'is back');
      });
    }),
  new Command('delete')
    .description('Delete runs in the bin for good, with their logs, metrics and outputs.')
    .argument(...RUNS)
    .option('-y, --yes', 'without asking')
    .action(async (texts: string[], options: { yes?: boolean }, command: Command) => {
      await withCore(command, (core, globals) => remove(core, globals, texts, options));
    }),
];

async function remove(
  core: Core,
  globals: Globals,
  texts: readonly string[],
  options: { yes?: boolean },
): Promise<void> {
  const runs = findBinnedRuns(core, texts);
  const which = runs.length === 1 ? `"${runs[0]!.name}"` : plural(runs.length, 'run');
  const question = `Delete ${which} for good, with logs, metrics and outputs?`;
  if (!(await withInterrupt((signal) => agree(question, options, signal)))) {
    return say('nothing was deleted');
  }
  const deleted = await core.remover.deleteRuns(runs.map(({ id }) => id));
  if (globals.json) printJson({ deleted });
  else say(`deleted ${plural(deleted, 'run')}`);
}

/** Prints runs as they are after a change. */
function report(
  core: Core,
  { json }: Globals,
  ids: readonly string[],
  text: (run: Run) => string,
): void {
  const runs = ids.map((id) => core.runs.get(id));
  if (json) return printJson(runs);
  for (const run of runs) printLine(`${run.name} (${run.id}): ${text(run)}`);
}

const collect = (tag: string, before: string[] = []): string[] => [...before, tag];
