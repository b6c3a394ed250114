import { Command } from 'commander';
import type { InputPreset } from '../../shared/domain/inputs.ts';
import type { Core } from '../../core/create-core.ts';
import { findJob, findJobVersion } from '../find.ts';
import { assembleValid } from '../launch/assemble.ts';
import { addInputOptions, type InputOptions } from '../launch/input-options.ts';
import { givenConfig } from '../launch/given-config.ts';
import { extraWords } from '../launch/extra-words.ts';
import { addSettingOptions, type SettingOptions } from '../launch/setting-options.ts';
import { printJson, printTable, say } from '../output.ts';
import { withCore, type Globals } from '../with-core.ts';

interface ProjectOption {
  project?: string;
}

type SaveOptions = ProjectOption & InputOptions & SettingOptions;

/** What launches are given, kept under a name of the job. */
export function presetCommand(): Command {
  const preset = new Command('preset').description('Values for launches, kept under a name.');
  preset
    .command('list')
    .description('List the presets of a job: those that are kept, and config files of the code.')
    .argument('<job>', '[project/]name[:vN or alias]')
    .option('-p, --project <project>', 'project of the job')
    .action(async (text: string, options: ProjectOption, command: Command) => {
      await withCore(command, async (core, globals) => {
        const { version } = findJobVersion(core, text, options.project);
        report(globals, (await core.inputs.schema(version)).presets);
      });
    });
  preset.addCommand(saveCommand());
  preset
    .command('remove')
    .description('Forget a preset that was kept.')
    .argument('<job>', '[project/]name')
    .argument('<name>', 'of the preset')
    .option('-p, --project <project>', 'project of the job')
    .action(async (text: string, name: string, options: ProjectOption, command: Command) => {
      await withCore(command, async (core, globals) => {
        report(globals, core.presets.remove(findJob(core, text, options.project).id, name));
      });
    });
  return preset;
}

function saveCommand(): Command {
  const save = new Command('save')
    .description('Keep what a launch is given under a name, in place of what had it.')
    .argument('<job>', '[project/]name[:vN or alias], whose inputs the values are read as')
    .argument('<name>', 'of the preset')
    .argument('[words...]', 'behind --: words for the program')
    .option('-p, --project <project>', 'project of the job');
  return addSettingOptions(addInputOptions(save)).action(
    async (job: string, name: string, words: string[], options: SaveOptions, self: Command) => {
      const extra = extraWords(words, process.argv);
      await withCore(self, (core, globals) => keep(core, globals, { job, name, options, extra }));
    },
  );
}

interface Keep {
  job: string;
  name: string;
  options: SaveOptions;
  extra: string[];
}

async function keep(
  core: Core,
  globals: Globals,
  { job: text, name, options, extra }: Keep,
): Promise<void> {
  const config = givenConfig(options);
  const { job, version } = findJobVersion(core, text, options.project);
  const { spec, notes } = await assembleValid(core, version, options, { words: extra, config });
  for (const note of notes) say(`  ${note}`);
  report(globals, core.presets.save(job.id, name, spec));
}

function report(globals: Globals, presets: readonly InputPreset[]): void {
  if (globals.json) return printJson(presets);
  printTable([
    ['NAME', 'KIND', 'VALUES', 'FILE'],
    ...presets.map(({ name, kind, keys, path }) => [name, kind, String(keys), path ?? '-']),
  ]);
}
