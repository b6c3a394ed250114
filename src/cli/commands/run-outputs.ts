import { cp, mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { fileSize } from '../../shared/units.ts';
import { AppError } from '../../shared/errors.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { Core } from '../../core/create-core.ts';
import { findRun } from '../find.ts';
import { printJson, printTable, say } from '../output.ts';
import { withCore, type Globals } from '../with-core.ts';

/** `run outputs`: what a run left behind. */
export function runOutputsCommand(): Command {
  return new Command('outputs')
    .description('Show the files that a run left behind, and where they are kept.')
    .argument('<run>', 'id or name')
    .option('--copy <folder>', 'copy them there')
    .action(async (text: string, options: { copy?: string }, command: Command) => {
      await withCore(command, (core, globals) => show(core, globals, findRun(core, text), options));
    });
}

async function show(
  core: Core,
  globals: Globals,
  run: Run,
  options: { copy?: string },
): Promise<void> {
  const outputs = core.outputs.of(run.id);
  const folder = core.outputs.folderOf(run.id);
  if (options.copy !== undefined) await copy(folder, resolve(options.copy));
  if (globals.json) return printJson({ folder, outputs });
  printTable([
    ['OUTPUT', 'FILES', 'SIZE', 'PROBLEM'],
    ...outputs.map(({ path, files, bytes, problem }) => [
      path,
      String(files),
      fileSize(bytes),
      problem ?? '-',
    ]),
  ]);
  say(`in ${options.copy === undefined ? folder : resolve(options.copy)}`);
}

/** Into a folder that may be there; nothing in it is replaced. @throws AppError `E_TARGET_EXISTS` */
async function copy(from: string, to: string): Promise<void> {
  const rules = { recursive: true, force: false, errorOnExist: true, verbatimSymlinks: true };
  try {
    await mkdir(to, { recursive: true });
    for (const name of await readdir(from)) await cp(join(from, name), join(to, name), rules);
  } catch (error) {
    throw new AppError('E_TARGET_EXISTS', `The outputs cannot be copied to ${to}.`, {
      next: 'Choose a folder that is new or empty.',
      detail: String(error),
    });
  }
}
