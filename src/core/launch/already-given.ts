import type { InputField, InputTarget } from '../../shared/domain/inputs.ts';
import type { Json } from '../../shared/domain/json.ts';
import { valueAt } from '../delivery/json.ts';
import { isGivenToRuns } from '../delivery/wandb-environment.ts';
import { isArgument } from './command-line.ts';
import type { Sent } from './deliver.ts';
import { readEntryWords } from './entry-words.ts';

/**
 * Names of inputs that the code gets without a value of theirs: in the words of the entry point or of the
 * launch, or in config, variables and files that are given outright.
 */
export function alreadyGiven(
  fields: readonly InputField[],
  words: readonly string[],
  sent: Sent,
): ReadonlySet<string> {
  const inWords = namesInWords(fields, words);
  const isGiven = ({ name, targets }: InputField): boolean =>
    inWords.has(name) || targets.some((target) => isSent(target, sent));
  return new Set(fields.filter(isGiven).map(({ name }) => name));
}

function namesInWords(fields: readonly InputField[], words: readonly string[]): Set<string> {
  const known = fields.flatMap((field) =>
    field.targets.filter(isArgument).map((target) => ({ field, target })),
  );
  const names = new Set<string>();
  for (const { command, items } of readEntryWords(words, known).segments) {
    let places = items.filter(({ kind }) => kind === 'positional').length;
    for (const item of items) if (item.kind === 'argument') names.add(item.name);
    // Options have other names as well, which are not known: one of these may be it.
    const hasUnknown = items.some(({ kind }) => kind === 'other');
    for (const { field, target } of known) {
      if ((field.command ?? '') !== command.join(' ')) continue;
      const isThere = target.style === 'positional' ? places-- > 0 : hasUnknown;
      if (isThere) names.add(field.name);
    }
  }
  return names;
}

function isSent(target: InputTarget, { env, secrets, config, files }: Sent): boolean {
  switch (target.kind) {
    case 'environment':
    case 'secret':
      return (
        isGivenToRuns(target.variable) ||
        Object.hasOwn(env, target.variable) ||
        secrets.some(({ variable }) => variable === target.variable)
      );
    case 'config':
      return hasValue(config, target.path);
    case 'file':
      return hasValue(files.get(target.path), target.key);
    case 'argument':
    case 'constant':
      return false;
  }
}

const hasValue = (of: Json | undefined, path: readonly string[]): boolean =>
  valueAt(of, path) !== undefined;
