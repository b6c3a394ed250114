import { Command } from 'commander';
import { versionLabel } from '../../shared/domain/job.ts';
import type { Core } from '../../core/create-core.ts';
import { formatEntryPoint } from '../../core/detect/entry-point.ts';
import { findJobVersion, projectId } from '../find.ts';
import { dateTime, printFields, printJson, printTable, size } from '../output.ts';
import { withCore, type Globals } from '../with-core.ts';

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
  return job;
}

function list(core: Core, globals: Globals, options: ProjectOption): void {
  const jobs = core.repos.jobs.list(projectId(core, options.project));
  if (globals.json) return printJson(jobs);
  printTable([
    ['NAME', 'PROJECT', 'VERSIONS', 'RUNS', 'CREATED'],
    ...jobs.map((job) => [
      job.name,
      job.projectName,
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
    ['source', `${version.source.kind} from ${version.source.folder}`],
    ['tree', version.source.tree],
    ['files', `${version.source.files} (${size(version.source.bytes)})`],
    ['entry point', formatEntryPoint(version.entryPoint)],
    ['dependencies', version.environment.dependencies?.path ?? 'none'],
    ['digest', version.digest],
  ]);
}
