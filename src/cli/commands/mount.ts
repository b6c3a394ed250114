import { realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { Core } from '../../core/create-core.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { withCore, type Globals } from '../with-core.ts';

/** The grant list of folders that runs may mount. */
export function mountCommand(): Command {
  const mount = new Command('mount').description('Folders of this machine that runs may mount.');
  mount
    .command('list', { isDefault: true })
    .description('List the folders that runs may mount.')
    .action(async (_options: unknown, command: Command) => {
      await withCore(command, async (core, globals) => {
        const folders = core.settings.get().mountFolders;
        if (globals.json) return printJson(folders);
        printTable([['FOLDER'], ...folders.map((folder) => [folder])]);
      });
    });
  mount
    .command('allow')
    .description('Let runs mount a folder, and whatever is in it, with --mount.')
    .argument('<folder>', 'an existing folder')
    .action(withFolder(allow));
  mount
    .command('forbid')
    .description('Take a folder off the list. Runs that have started keep what they mounted.')
    .argument('<folder>', 'as "slipway mount list" shows it')
    .action(withFolder(forbid));
  return mount;
}

const withFolder =
  (change: (folders: readonly string[], folder: string) => string[]) =>
  async (folder: string, _options: unknown, command: Command): Promise<void> => {
    await withCore(command, async (core, globals) => save(core, globals, change, folder));
  };

function save(
  core: Core,
  globals: Globals,
  change: (folders: readonly string[], folder: string) => string[],
  folder: string,
): void {
  const settings = core.settings.get();
  const mountFolders = change(settings.mountFolders, folder);
  const saved = core.settings.save({ ...settings, mountFolders }).mountFolders;
  if (globals.json) return printJson(saved);
  for (const allowed of saved) printLine(allowed);
}

/** @throws AppError `E_MOUNT` for what is no folder, or holds more than anybody means to share */
function allow(folders: readonly string[], text: string): string[] {
  const folder = existing(text);
  if (folder === '/' || folder === realpathSync(homedir())) {
    throw new AppError('E_MOUNT', `"${folder}" is not to be shared with runs as a whole.`, {
      next: 'Allow the folder in it that the runs need.',
    });
  }
  return folders.includes(folder) ? [...folders] : [...folders, folder];
}

function existing(text: string): string {
  if (statSync(text, { throwIfNoEntry: false })?.isDirectory()) return realpathSync(text);
  throw new AppError('E_MOUNT', `"${text}" is not an existing folder.`, {
    next: 'Give an existing folder, such as `slipway mount allow ~/datasets`.',
  });
}

/** A folder that is gone since can be taken off too. @throws AppError `E_NOT_FOUND` */
function forbid(folders: readonly string[], text: string): string[] {
  const absolute = resolve(text);
  const real = statSync(text, { throwIfNoEntry: false }) ? realpathSync(text) : absolute;
  const rest = folders.filter((folder) => folder !== absolute && folder !== real);
  if (rest.length < folders.length) return rest;
  throw new AppError('E_NOT_FOUND', `"${text}" is not on the list.`, {
    next: 'See `slipway mount list`.',
  });
}
