import type { Parameter } from '../../shared/domain/detection.ts';
import type { InputField } from '../../shared/domain/inputs.ts';
import { isGivenToRuns } from '../delivery/wandb-environment.ts';
import { joined, type Fields } from './fields.ts';
import { fieldOfParameter } from './from-detection.ts';

/**
 * Adds what was found in the code. An argument and a key of `wandb.config` of one name are one input
 * with two targets. What only has its name in common (a key of a config file, a variable, an argument
 * of another sub-command) is an input of its own, called after where it is: `config.yaml:lr`. A variable
 * that every run is given is nobody's to fill in.
 */
export function addParameters(fields: Fields, parameters: readonly Parameter[]): void {
  for (const parameter of parameters.filter(isAsked)) {
    const field = fieldOfParameter(parameter);
    const known = fields.named(field.name);
    if (!known) fields.put(field);
    else if (isSame(known, field)) fields.put(both(known, field));
    else if (field.targets.length > 0) fields.put(renamed(field, nameOf(field, fields)));
  }
}

const isAsked = ({ target }: Parameter): boolean =>
  target.kind !== 'environment' || !isGivenToRuns(target.variable);

const isSame = (a: InputField, b: InputField): boolean =>
  a.command === b.command && b.targets.every(isShared) && a.targets.every(isShared);

const isShared = ({ kind }: InputField['targets'][number]): boolean =>
  kind === 'argument' || kind === 'config';

function both(a: InputField, b: InputField): InputField {
  // What the code reads last decides, and arguments are always read: their words are the better ones.
  const [first, second] = isArgument(b) && !isArgument(a) ? [b, a] : [a, b];
  return {
    ...first,
    ...joined(first, second),
    type: first.type === 'unknown' ? second.type : first.type,
    help: first.help ?? second.help,
    choices: first.choices ?? second.choices,
    ...(!first.hasDefault && { default: second.default, hasDefault: second.hasDefault }),
    required: first.required && !second.hasDefault,
  };
}

const isArgument = ({ targets }: InputField): boolean =>
  targets.some(({ kind }) => kind === 'argument');

/** A name that no other has. */
function nameOf(field: InputField, fields: Fields): string {
  const base = `${placeOf(field)}:${field.name}`;
  let name = base;
  for (let again = 2; fields.named(name); again++) name = `${base}:${again}`;
  return name;
}

function placeOf({ targets, command }: InputField): string {
  if (command !== null) return command;
  const [target] = targets;
  if (target?.kind === 'file') return target.path;
  if (target?.kind === 'environment' || target?.kind === 'secret') return 'env';
  return target?.kind ?? 'code';
}

/** It stays in its groups. */
const renamed = (field: InputField, name: string): InputField => ({ ...field, name });
