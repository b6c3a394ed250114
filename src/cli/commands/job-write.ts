import { resolve } from 'node:path';
import { Command } from 'commander';
import { treeOf, versionLabel } from '../../shared/domain/job.ts';
import { AppError } from '../../shared/errors.ts';
import { plural } from '../../shared/format.ts';
import type { Core } from '../../core/create-core.ts';
import { findJobVersion } from '../find.ts';
import { withInterrupt } from '../interrupt.ts';
import { printJson, say } from '../output.ts';
import { operationReporter } from '../report-operation.ts';
import { withCore, type Globals } from '../with-core.ts';

interface WriteOptions {
  project?: string;
}

/** `job write`: a version's files, byte for byte, in a folder of their own. */
export function jobWriteCommand(): Command {
  return new Command('write')
    .description('Write the files of a version into a new or empty folder.')
    .argument('<job>', '[project/]name[:vN or alias]')
    .argument('<folder>', 'a folder that is empty, or not there yet')
    .option('-p, --project <project>', 'project of the job')
    .action(async (text: string, folder: string, options: WriteOptions, self: Command) => {
      await withCore(self, (core, globals) => write(core, globals, text, folder, options));
    });
}

async function write(
  core: Core,
  globals: Globals,
  text: string,
  folder: string,
  options: WriteOptions,
): Promise<void> {
  const { job, version } = findJobVersion(core, text, options.project);
  const tree = treeOf(version.source);
  if (tree === null) {
    throw new AppError('E_NOT_FOUND', 'A version of an image has no files.', {
      next: 'Its files are in the image; see `docker cp`.',
    });
  }
  const target = resolve(folder);
  const files = await withInterrupt((signal) =>
    core.snapshots.writeTo(tree, target, { signal, onProgress: operationReporter() }),
  );
  if (globals.json) return printJson({ folder: target, files });
  say(`wrote ${plural(files, 'file')} of ${job.fullName}:${versionLabel(version)} to ${target}`);
}
