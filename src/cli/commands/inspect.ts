import { Command } from 'commander';
import { fileSize } from '../../shared/units.ts';
import type { Parameter } from '../../shared/domain/detection.ts';
import type { Inspection } from '../../shared/domain/inspection.ts';
import { plural } from '../../shared/format.ts';
import { formatEntryPoint } from '../../core/detect/entry-point.ts';
import { withInterrupt } from '../interrupt.ts';
import { printFields, printJson, printTable } from '../output.ts';
import { operationReporter } from '../report-operation.ts';
import { sourceOfUri } from '../source-options.ts';
import { withCore } from '../with-core.ts';

interface InspectOptions {
  gitHash?: string;
  buildContext?: string;
  entryPoint?: string;
}

/** `inspect`: what can be told of code without running any of it. */
export function inspectCommand(): Command {
  return new Command('inspect')
    .description('Find out about a folder or repository, without running anything of it.')
    .argument('<source>', 'folder, or address of a repository')
    .option('-g, --git-hash <ref>', 'branch, tag or commit of the repository')
    .option('-b, --build-context <folder>', 'sub-folder to look at')
    .option('-E, --entry-point <command>', 'the command whose parameters are wanted')
    .action(async (text: string, options: InspectOptions, self: Command) => {
      await withCore(self, async (core, globals) => {
        const source = sourceOfUri(text, { ...(options.gitHash && { gitHash: options.gitHash }) });
        const { buildContext: context, entryPoint } = options;
        const found = await withInterrupt((signal) =>
          core.inspector.inspect(
            { source, context, entryPoint },
            { signal, onProgress: operationReporter() },
          ),
        );
        if (globals.json) return printJson(found);
        report(found);
      });
    });
}

function report({ detection, environment, problem, git, notes }: Inspection): void {
  if (git) {
    printFields([
      ['repository', git.remote],
      ['commit', git.commit],
      ['files', `${plural(git.files, 'file')}, ${fileSize(git.bytes)}`],
    ]);
  }
  section('Entry points', [
    ...detection.entryPoints.map(({ words, evidence, confidence }) => [
      formatEntryPoint(words),
      percent(confidence),
      evidence,
    ]),
  ]);
  section('Environment', [
    ['python', environment?.python?.version ?? 'not said', environment?.python?.evidence ?? ''],
    [
      'dependencies',
      environment?.dependencies?.path ?? 'none',
      environment?.locked ? 'locked' : '',
    ],
    ...(problem === null ? [] : [['problem', problem, '']]),
  ]);
  section('Parameters', detection.parameters.map(parameterRow));
  section(
    'Presets',
    detection.presets.map(({ path, keys }) => [path, plural(keys, 'value')]),
  );
  section(
    'Outputs',
    detection.outputs.map(({ kind, name, evidence }) => [kind, name, at(evidence)]),
  );
  section(
    'Jobs in sub-folders',
    detection.jobs.map(({ folder, dockerfile, entryPoints }) => [
      folder,
      formatEntryPoint(entryPoints[0]?.words ?? []),
      dockerfile ?? '',
    ]),
  );
  section(
    'Notes',
    [...notes, ...(environment?.notes ?? []), ...detection.notes].map((note) => [note]),
  );
}

function section(title: string, rows: string[][]): void {
  if (rows.length === 0) return;
  process.stdout.write(`\n${title}\n`);
  printTable(rows.map((row) => ['', ...row]));
}

function parameterRow(parameter: Parameter): string[] {
  const { name, type, via, evidence, confidence } = parameter;
  const value = parameter.required ? 'required' : JSON.stringify(parameter.default);
  return [name, type, value, wayOf(parameter), via, at(evidence), percent(confidence)];
}

/** How the value reaches the code. */
function wayOf({ target, name }: Parameter): string {
  switch (target.kind) {
    case 'argument':
      return target.flag ?? `<${name}>`;
    case 'config':
      return `config ${target.path.join('.')}`;
    case 'file':
      return `${target.path} ${target.key.join('.')}`;
    case 'environment':
      return `$${target.variable}`;
    case 'constant':
      return 'constant';
  }
}

const at = ({ file, line }: { file: string; line: number }): string => `${file}:${line}`;

const percent = (share: number): string => `${Math.round(share * 100)} %`;
