import { Command } from 'commander';
import { fileSize } from '../../shared/units.ts';
import { versionLabel, type JobVersion, type Source } from '../../shared/domain/job.ts';
import type { Core } from '../../core/create-core.ts';
import { formatEntryPoint } from '../../core/detect/entry-point.ts';
import { findJob, findJobVersion, projectId } from '../find.ts';
import { dateTime, printFields, printJson, printTable } from '../output.ts';
import { withCore, type Globals } from '../with-core.ts';
import { jobCreateCommand } from './job-create.ts';
import { jobDiffCommand } from './job-diff.ts';
import { jobExportCommand, jobImportCommand } from './job-transfer.ts';
import { jobMarkCommands } from './job-marks.ts';
import { jobInputsCommand } from './job-inputs.ts';
import { jobWriteCommand } from './job-write.ts';

interface ProjectOption {
  project?: string;
}

export function jobCommand(): Command {
  const job = new Command('job').description('Jobs and their versions.');
  job
    .command('list')
    .description('List the jobs.')
    .option('-p, --project <project>', 'only of this project')
    .action(async (options: ProjectOption, command: Command) => {
      await withCore(command, async (core, globals) => list(core, globals, options));
    });
  job
    .command('describe')
    .description('Show a version of a job.')
    .argument('<job>', '[project/]name[:vN or alias]')
    .option('-p, --project <project>', 'project of the job')
    .action(async (text: string, options: ProjectOption, command: Command) => {
      await withCore(command, (core, globals) => describe(core, globals, text, options));
    });
  job
    .command('edit')
    .description('Change the description of a job.')
    .argument('<job>', '[project/]name')
    .requiredOption('-d, --description <text>', 'what the job is for')
    .option('-p, --project <project>', 'project of the job')
    .action(async (text: string, options: EditOptions, command: Command) => {
      await withCore(command, async (core, globals) => edit(core, globals, text, options));
    });
  job
    .command('alias')
    .description('Put an alias on a version; it leaves the one that had it.')
    .argument('<job>', '[project/]name[:vN or alias]')
    .argument('<alias>', 'name such as "stable"')
    .option('--remove', 'take it off instead')
    .option('-p, --project <project>', 'project of the job')
    .action(async (text: string, alias: string, options: AliasOptions, command: Command) => {
      await withCore(command, async (core, globals) =>
        setAlias(core, globals, text, alias, options),
      );
    });
  for (const command of jobMarkCommands()) job.addCommand(command);
  for (const command of [
    jobCreateCommand,
    jobInputsCommand,
    jobDiffCommand,
    jobWriteCommand,
    jobExportCommand,
    jobImportCommand,
  ]) {
    job.addCommand(command());
  }
  return job;
}

interface EditOptions extends ProjectOption {
  description: string;
}

interface AliasOptions extends ProjectOption {
  remove?: boolean;
}

function edit(core: Core, globals: Globals, text: string, options: EditOptions): void {
  const job = core.jobs.describe(findJob(core, text, options.project).id, options.description);
  if (globals.json) printJson(job);
}

function setAlias(
  core: Core,
  globals: Globals,
  text: string,
  alias: string,
  options: AliasOptions,
): void {
  const { job, version } = findJobVersion(core, text, options.project);
  const changed = options.remove
    ? core.jobs.removeAlias(version, alias)
    : core.jobs.setAlias(version, alias);
  if (globals.json) return printJson(changed);
  const aliases = changed.aliases.join(', ') || 'none';
  process.stdout.write(`${job.fullName}:${versionLabel(changed)}, with aliases: ${aliases}\n`);
}

function list(core: Core, globals: Globals, options: ProjectOption): void {
  const jobs = core.repos.jobs.list(projectId(core, options.project));
  if (globals.json) return printJson(jobs);
  printTable([
    ['NAME', 'PROJECT', 'SOURCE', 'VERSIONS', 'RUNS', 'CREATED'],
    ...jobs.map((job) => [
      job.name,
      job.projectName,
      job.sourceKind,
      `${job.latestVersion + 1} (latest: v${job.latestVersion})`,
      String(job.runCount),
      dateTime(job.createdAt),
    ]),
  ]);
}

async function describe(
  core: Core,
  globals: Globals,
  text: string,
  options: ProjectOption,
): Promise<void> {
  const { job, version } = findJobVersion(core, text, options.project);
  const files = await core.jobs.entries(version);
  if (globals.json) return printJson({ job, version, files });
  printFields([
    ['job', job.fullName],
    ['description', job.description || '-'],
    ['version', [versionLabel(version), ...version.aliases].join(', ')],
    ['created', dateTime(version.createdAt)],
    ...sourceFields(version.source),
    ['entry point', formatEntryPoint(version.entryPoint) || "the image's own"],
    ...(version.source.kind === 'image' ? [] : buildFields(version)),
    ['digest', version.digest],
  ]);
}

type Field = [string, string];

function sourceFields(source: Source): Field[] {
  if (source.kind === 'image') {
    return [
      ['source', `image ${source.reference}`],
      ['image', `${source.digest}${source.local ? ' (only on this machine)' : ''}`],
      ['platform', source.platform],
    ];
  }
  const tree: Field[] = [
    ['tree', source.tree],
    ['files', `${source.files} (${fileSize(source.bytes)})`],
  ];
  if (source.kind === 'code') return [['source', `folder ${source.folder ?? '-'}`], ...tree];
  return [
    ['source', `git ${source.remote}`],
    ['ref', source.ref ?? 'default branch'],
    ['commit', `${source.commit}${source.dirty ? ', with changes that are not committed' : ''}`],
    ...tree,
  ];
}

function buildFields({ build, environment }: JobVersion): Field[] {
  const { context, dockerfile, target, args } = build;
  return [
    ['build context', context || '.'],
    ['dockerfile', dockerfile ?? 'generated'],
    ...(target === null ? [] : [['target', target] satisfies Field]),
    ...Object.entries(args).map(([name, value]): Field => ['build argument', `${name}=${value}`]),
    ['python', environment.python?.version ?? 'as the setting says'],
    ['dependencies', environment.dependencies?.path ?? 'none'],
    ...environment.notes.map((note): Field => ['note', note]),
  ];
}
