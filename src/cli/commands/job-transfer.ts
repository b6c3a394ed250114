import { Command } from 'commander';
import { fileSize } from '../../shared/units.ts';
import { versionLabel } from '../../shared/domain/job.ts';
import { plural } from '../../shared/format.ts';
import type { Core } from '../../core/create-core.ts';
import { findJobVersion } from '../find.ts';
import { withInterrupt } from '../interrupt.ts';
import { printJson, say } from '../output.ts';
import { operationReporter } from '../report-operation.ts';
import { withCore, type Globals } from '../with-core.ts';

interface ExportOptions {
  project?: string;
  all?: boolean;
  force?: boolean;
}

interface ImportOptions {
  project?: string;
  jobName?: string;
}

/** `job export`: versions as one file that another data folder takes in. */
export function jobExportCommand(): Command {
  return new Command('export')
    .description('Write a version, with all its files, into one file.')
    .argument('<job>', '[project/]name[:vN or alias]')
    .argument('[file]', 'where to (default: <name>-<version>.slipway here)')
    .option('-a, --all', 'all versions of the job')
    .option('-f, --force', 'replace a file that is there already')
    .option('-p, --project <project>', 'project of the job')
    .action(
      async (text: string, file: string | undefined, options: ExportOptions, self: Command) => {
        await withCore(self, (core, globals) => exportJob(core, globals, text, file, options));
      },
    );
}

async function exportJob(
  core: Core,
  globals: Globals,
  text: string,
  file: string | undefined,
  options: ExportOptions,
): Promise<void> {
  const { job, version } = findJobVersion(core, text, options.project);
  const versions = options.all ? core.repos.jobs.versions(job.id) : [version];
  const name = `${job.name}-${options.all ? 'all' : versionLabel(version)}.slipway`;
  const written = await withInterrupt((signal) =>
    core.transfer.export(
      versions,
      file ?? name,
      { force: options.force === true },
      { signal, onProgress: operationReporter() },
    ),
  );
  if (globals.json) return printJson(written);
  for (const note of written.notes) say(`  ${note}`);
  const what = `${plural(written.versions, 'version')}, ${plural(written.files, 'file')}`;
  say(`exported ${job.fullName} to ${written.file} (${what}, ${fileSize(written.size)})`);
}

/** `job import`: what `job export` wrote, on this data folder or another one. */
export function jobImportCommand(): Command {
  return new Command('import')
    .description('Add the versions of a file that "job export" wrote.')
    .argument('<file>', 'the file')
    .option('-p, --project <project>', 'project to add them to, instead of the one in the file')
    .option('-J, --job-name <name>', 'job to add them to, instead of the one in the file')
    .action(async (file: string, options: ImportOptions, self: Command) => {
      await withCore(self, (core, globals) => importJob(core, globals, file, options));
    });
}

async function importJob(
  core: Core,
  globals: Globals,
  file: string,
  { project, jobName }: ImportOptions,
): Promise<void> {
  const imported = await withInterrupt((signal) =>
    core.transfer.import(file, { project, jobName }, { signal, onProgress: operationReporter() }),
  );
  if (globals.json) return printJson(imported);
  const { job, versions, notes } = imported;
  for (const { number, version, created } of versions) {
    const label = versionLabel(version);
    const was = number === version.number ? '' : ` (v${number} where it comes from)`;
    say(`job ${job.fullName}:${label} ${created ? 'added' : 'was here already'}${was}`);
  }
  for (const note of notes) say(`  ${note}`);
}
