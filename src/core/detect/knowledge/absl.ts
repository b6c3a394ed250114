import type { Parameter } from '../../../shared/domain/detection.ts';
import type { Draft, Handler, Knowledge, Machine } from '../reading/machine.ts';
import { textOf } from '../reading/plain.ts';
import { native, NONE } from '../reading/values.ts';
import type { Native, Value } from '../reading/values.ts';
import { argument, choicesOf, draft, helpOf, numberOf, ParameterValue } from './draft.ts';

const TYPES: Readonly<Record<string, Parameter['type']>> = {
  string: 'string',
  integer: 'integer',
  float: 'number',
  bool: 'boolean',
  boolean: 'boolean',
  enum: 'string',
  enum_class: 'string',
  list: 'list',
  spaceseplist: 'list',
  multi_string: 'list',
  multi_integer: 'list',
  multi_float: 'list',
  multi_enum: 'list',
  config_file: 'string',
};

const PACKAGES = ['absl.flags', 'tensorflow.flags', 'tensorflow.app.flags'];

/** `flags.FLAGS`. */
class Flags implements Native {
  readonly #drafts: ReadonlyMap<string, Draft>;

  constructor(drafts: ReadonlyMap<string, Draft>) {
    this.#drafts = drafts;
  }

  attribute(name: string): Value | null {
    const found = this.#drafts.get(name);
    return found ? native(new ParameterValue(found)) : null;
  }
}

/** What is known of absl's flags; each reading of code has its own. */
export function abslKnowledge(): Knowledge {
  const drafts = new Map<string, Draft>();
  const define =
    (kind: string, type: Parameter['type']): Handler =>
    (machine, call) => {
      const name = textOf(call.get(0, 'name'));
      if (name === undefined) return null;
      const isEnum = kind.endsWith('enum');
      const target = argument(`--${name}`, 'equals', {
        multiple: kind.startsWith('multi') ? 'repeat' : null,
      });
      const made = draft(
        { name, target, via: 'absl', evidence: call.evidence },
        {
          type,
          value: call.get(1, 'default') ?? NONE,
          choices: isEnum ? choicesOf(call.get(2, 'enum_values')) : null,
          minimum: numberOf(call.named.get('lower_bound')),
          maximum: numberOf(call.named.get('upper_bound')),
          help: helpOf(call.get(isEnum ? 3 : 2, 'help', 'help_string')),
        },
      );
      drafts.set(name, made);
      machine.findings.drafts.push(made);
      return native({
        attribute: (each) => (each === 'value' ? native(new ParameterValue(made)) : null),
      });
    };
  const functions: Record<string, Handler> = {};
  const objects: Record<string, (machine: Machine) => Native> = {};
  for (const name of PACKAGES) {
    for (const [kind, type] of Object.entries(TYPES)) {
      functions[`${name}.DEFINE_${kind}`] = define(kind, type);
    }
    functions[`${name}.mark_flag_as_required`] = (_machine, call) =>
      required(drafts, call.positional);
    functions[`${name}.mark_flags_as_required`] = (_machine, call) => {
      const [list] = call.positional;
      return required(drafts, list?.kind === 'list' ? list.items : []);
    };
    objects[`${name}.FLAGS`] = () => new Flags(drafts);
  }
  functions['ml_collections.config_flags.DEFINE_config_file'] = define('config_file', 'string');
  return { functions, objects };
}

function required(drafts: ReadonlyMap<string, Draft>, names: readonly Value[]): Value {
  for (const name of names) {
    const found = drafts.get(textOf(name) ?? '');
    if (found) Object.assign(found, { required: true, value: null });
  }
  return NONE;
}
