import { Command } from 'commander';
import type { InputField, InputSchema, InputTarget } from '../../shared/domain/inputs.ts';
import { plural } from '../../shared/format.ts';
import { findJobVersion } from '../find.ts';
import { printJson, printTable, say } from '../output.ts';
import { withCore } from '../with-core.ts';

/** `job inputs`: what can be given to a version, and where it goes. */
export function jobInputsCommand(): Command {
  return new Command('inputs')
    .description('Show what can be given to a version of a job when it is launched.')
    .argument('<job>', '[project/]name[:vN or alias]')
    .option('-p, --project <project>', 'project of the job')
    .action(async (text: string, options: { project?: string }, command: Command) => {
      await withCore(command, async (core, globals) => {
        const { version } = findJobVersion(core, text, options.project);
        const schema = await core.inputs.schema(version);
        if (globals.json) return printJson(schema);
        printInputs(schema);
      });
    });
}

function printInputs({ fields, presets, notes }: InputSchema): void {
  if (fields.length === 0) say('no inputs are known of this version');
  else {
    printTable([
      ['NAME', 'TYPE', 'DEFAULT', 'GOES TO', 'KNOWN FROM'],
      ...fields.map((field) => [
        field.name,
        typeOf(field),
        defaultOf(field),
        field.targets.map(targetText).join(', ') || 'nowhere: a constant',
        field.origins.map(({ text }) => text).join('; '),
      ]),
    ]);
  }
  for (const { name, path, keys } of presets) {
    say(`  preset ${name}: ${plural(keys, 'value')}${path === null ? '' : ` of ${path}`}`);
  }
  for (const note of notes) say(`  ${note}`);
}

function typeOf({ type, items, choices, secret, minimum, maximum }: InputField): string {
  if (secret) return 'secret';
  if (choices) return choices.map((choice) => JSON.stringify(choice)).join(' | ');
  const of = items ? ` of ${items.type}` : '';
  const limits =
    minimum === null && maximum === null ? '' : ` (${minimum ?? ''}..${maximum ?? ''})`;
  return `${type}${of}${limits}`;
}

function defaultOf({ hasDefault, required, default: value }: InputField): string {
  if (hasDefault) return JSON.stringify(value);
  return required ? 'required' : '-';
}

/** `--lr`, `wandb.config lr`, `config.yaml: model.width`, `$DATA_ROOT`. */
function targetText(target: InputTarget): string {
  switch (target.kind) {
    case 'argument': {
      if (target.style === 'hydra') return `${target.flag}=...`;
      if (target.style === 'sacred') return `with ${target.flag}=...`;
      return target.flag ?? 'argument by place';
    }
    case 'config':
      return `wandb.config ${target.path.join('.')}`;
    case 'file':
      return `${target.path}: ${target.key.join('.')}`;
    case 'environment':
      return `$${target.variable}`;
    case 'secret':
      return `$${target.variable} (secret)`;
    case 'constant':
      return `nowhere: the constant ${target.name}`;
  }
}
