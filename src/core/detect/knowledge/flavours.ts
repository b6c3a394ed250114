import type { Draft } from '../reading/machine.ts';
import { argument, draft } from './draft.ts';
import type { Field } from './fields.ts';

/** Packages that turn the fields of a class into arguments, each in its own way of writing them. */
export type Flavour =
  'hf' | 'simple-parsing' | 'tyro' | 'draccus' | 'jsonargparse' | 'fire' | 'tap';

/** The argument that a package makes of a field. */
export function optionFlavour(field: Field, flavour: Flavour, prefix = ''): Draft {
  const path = prefix ? [prefix, ...field.path] : field.path;
  // simple_parsing and transformers name nested fields by their last part alone.
  const flat = flavour === 'simple-parsing' || flavour === 'hf';
  const name = flat ? (path.at(-1) ?? '') : path.join('.');
  return fieldDraft(field, name, targetOf(field, name, flavour), viaOf(flavour));
}

const viaOf = (flavour: Flavour): string => (flavour === 'hf' ? 'dataclass' : flavour);

export const fieldDraft = (
  field: Field,
  name: string,
  target: Draft['target'],
  via: string,
): Draft =>
  draft(
    { name, target, via, evidence: field.evidence },
    {
      type: field.type,
      value: field.value,
      required: field.value === null,
      choices: field.choices,
      minimum: field.minimum,
      maximum: field.maximum,
      help: field.help,
    },
  );

function targetOf(field: Field, name: string, flavour: Flavour): Draft['target'] {
  const isBoolean = field.type === 'boolean';
  const multiple = field.type === 'list' ? 'words' : null;
  if (flavour === 'fire') return argument(`--${name}`, 'equals');
  if (flavour === 'tyro') {
    const flag = `--${name.replaceAll('_', '-')}`;
    const cut = flag.lastIndexOf('.') + 1 || 2;
    const negative = `${flag.slice(0, cut)}no-${flag.slice(cut)}`;
    return isBoolean
      ? argument(flag, 'negatable-flag', { negative })
      : argument(flag, 'space', { multiple });
  }
  if (flavour === 'tap' && isBoolean) return argument(`--${name}`, 'flag');
  // draccus and jsonargparse take a list as one word.
  const words = flavour === 'draccus' || flavour === 'jsonargparse' ? null : multiple;
  return argument(`--${name}`, 'space', { multiple: words });
}
