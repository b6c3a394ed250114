import { Argument, Command, InvalidArgumentError } from 'commander';
import { versionLabel } from '../../shared/domain/job.ts';
import { DEFAULT_PROJECT } from '../../shared/domain/project.ts';
import type { Core } from '../../core/create-core.ts';
import type { MadeJob, SourceRequest } from '../../core/jobs/job-request.ts';
import { checkEntity } from '../entity.ts';
import { withInterrupt } from '../interrupt.ts';
import { givenJobName } from '../job-name.ts';
import { givenDocument } from '../launch/given-document.ts';
import { printJson, say } from '../output.ts';
import { operationReporter } from '../report-operation.ts';
import { reportMade } from '../report-made.ts';
import {
  addBuildOptions,
  buildOf,
  folderSource,
  gitSource,
  type BuildOptions,
} from '../source-options.ts';
import { withCore, type Globals } from '../with-core.ts';

const KINDS = ['git', 'code', 'image'] as const;

interface CreateOptions extends BuildOptions {
  project?: string;
  entity?: string;
  name?: string;
  description?: string;
  alias?: string[];
  entryPoint?: string;
  runtime?: string;
  schema?: string;
}

/** `job create git|code|image`, with the flags of `wandb job create`. */
export function jobCreateCommand(): Command {
  const command = new Command('create')
    .description('Make a job, or a new version of one, without running it.')
    .addArgument(new Argument('<kind>', 'what the source is').choices(KINDS))
    .argument('<source>', 'address of a repository, folder, or image')
    .option('-p, --project <project>', 'project of the job (also WANDB_PROJECT)')
    .option('-e, --entity <entity>', 'owner of the job: the local user')
    .option('-n, --name <name>', 'name of the job')
    .option('-d, --description <text>', 'description of the job')
    .option('-a, --alias <alias...>', 'aliases of the version')
    .option('-E, --entry-point <command>', 'command that starts the code')
    .option('-r, --runtime <version>', 'Python version, such as 3.11', pythonVersion)
    .option('--schema <file>', 'JSON Schema of the inputs, JSON or YAML; kept by later versions');
  return addBuildOptions(command).action(
    async (kind: (typeof KINDS)[number], path: string, options: CreateOptions, self: Command) => {
      await withCore(self, (core, globals) => create(core, globals, kind, path, options));
    },
  );
}

function pythonVersion(text: string): string {
  if (/^3\.\d{1,2}$/.test(text)) return text;
  throw new InvalidArgumentError('It is not a version such as 3.11.');
}

async function create(
  core: Core,
  globals: Globals,
  kind: (typeof KINDS)[number],
  path: string,
  options: CreateOptions,
): Promise<void> {
  checkEntity(options.entity);
  if (kind === 'image' && options.runtime !== undefined) {
    say('  an image brings its own Python: --runtime changes nothing');
  }
  const { schema } = options;
  const made = await withInterrupt((signal) =>
    core.maker.make(
      {
        source: sourceOf(kind, path, options),
        project: options.project ?? (process.env['WANDB_PROJECT'] || DEFAULT_PROJECT),
        name: givenJobName(options.name),
        description: options.description,
        aliases: options.alias,
        schema: schema === undefined ? undefined : givenDocument(schema, '--schema').text,
        entryPoint: options.entryPoint,
        build: buildOf(options),
        runtime: kind === 'image' ? undefined : options.runtime,
      },
      { signal, onProgress: operationReporter() },
    ),
  );
  if (globals.json) return printJson(made);
  reportMade(made);
  process.stdout.write(`${outcome(made)}\n`);
}

function sourceOf(
  kind: (typeof KINDS)[number],
  path: string,
  options: CreateOptions,
): SourceRequest {
  if (kind === 'image') return { kind: 'image', reference: path };
  return kind === 'git' ? gitSource(path, options) : folderSource(path, options);
}

/** In the words of `wandb job create`. */
function outcome({ job, version, created }: MadeJob): string {
  const what = created ? (version.number === 0 ? 'Created' : 'Updated') : 'No changes detected for';
  const aliases = version.aliases.length > 0 ? version.aliases.join(', ') : 'none';
  return `${what} job: ${job.fullName}:${versionLabel(version)}, with aliases: ${aliases}`;
}
