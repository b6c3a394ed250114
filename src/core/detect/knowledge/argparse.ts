import type { Draft, Knowledge, Machine } from '../reading/machine.ts';
import { textOf } from '../reading/plain.ts';
import { native, NONE, UNKNOWN } from '../reading/values.ts';
import type { Call, Native, Value } from '../reading/values.ts';
import { addArgument, FileType, type Added } from './argparse-argument.ts';
import { classFields, functionFields } from './fields.ts';
import { ParameterValue } from './draft.ts';
import { optionFlavour, type Flavour } from './flavours.ts';

/** A parser of arguments, a group of it (which is the parser itself), or the parser of a command. */
export class Parser implements Native {
  readonly machine: Machine;
  readonly via: string;
  readonly added: Added[] = [];
  readonly parents: Parser[] = [];
  readonly commands = new Map<string, Parser>();
  readonly defaults = new Map<string, Value>();
  isPart = false;
  isParsed = false;

  constructor(machine: Machine, via: string) {
    this.machine = machine;
    this.via = via;
  }

  method(name: string, call: Call): Value | null {
    switch (name) {
      case 'add_argument':
      case 'add':
      case 'add_arg':
      case 'add_option': {
        const added = addArgument(this.machine, call, this.via);
        if (added) this.added.push(added);
        return UNKNOWN;
      }
      case 'add_option_group':
      case 'add_argument_group':
      case 'add_mutually_exclusive_group':
        return native(this);
      case 'add_subparsers':
        return native(new Commands(this));
      case 'set_defaults':
        for (const [key, value] of call.named) this.defaults.set(key, value);
        return NONE;
      case 'add_arguments':
      case 'add_class_arguments':
      case 'add_dataclass_arguments':
      case 'add_function_arguments':
        return this.#addFields(name, call);
      default:
        return name.startsWith('parse_') ? this.#parsed(name) : null;
    }
  }

  #parsed(name: string): Value {
    this.isParsed = true;
    const space = native(new Namespace(this));
    return this.via === 'optparse' || /known|dataclass/.test(name)
      ? { kind: 'list', items: [space, UNKNOWN, UNKNOWN], tuple: true }
      : space;
  }

  #addFields(name: string, call: Call): Value {
    const of = call.get(0, 'dataclass', 'theclass', 'function');
    const prefix = name === 'add_arguments' ? '' : (textOf(call.get(1, 'nested_key')) ?? '');
    const flavour = name === 'add_arguments' ? 'simple-parsing' : 'jsonargparse';
    if (of) this.addFields(of, flavour, prefix);
    return UNKNOWN;
  }

  addFields(of: Value, flavour: Flavour, prefix = ''): void {
    const fields =
      of.kind === 'function' ? functionFields(this.machine, of) : classFields(this.machine, of);
    for (const field of fields) {
      const draft = optionFlavour(field, flavour, prefix);
      this.added.push({ dest: draft.name, draft });
    }
  }

  /** Everything of it, those of parents first, by where it goes in the namespace. */
  all(seen = new Set<Parser>()): Added[] {
    if (seen.has(this)) return [];
    seen.add(this);
    const all = [...this.parents.flatMap((parent) => parent.all(seen)), ...this.added];
    return all.map(({ dest, draft }) => {
      const value = this.defaults.get(dest);
      return { dest, draft: value ? { ...draft, value, required: false } : draft };
    });
  }

  find(dest: string): Draft | null {
    const own = this.all().find((added) => added.dest === dest)?.draft;
    if (own) return own;
    for (const parser of this.commands.values()) {
      const found = parser.find(dest);
      if (found) return found;
    }
    return null;
  }

  drafts(command: string | null): Draft[] {
    const own = this.all().map(({ draft }) => ({ ...draft, command }));
    const inner = [...this.commands].flatMap(([name, parser]) =>
      parser.drafts(command === null ? name : `${command} ${name}`),
    );
    return [...own, ...inner];
  }
}

/** What `add_subparsers` gives. */
class Commands implements Native {
  readonly #parser: Parser;

  constructor(parser: Parser) {
    this.#parser = parser;
  }

  method(name: string, call: Call): Value | null {
    if (name !== 'add_parser') return null;
    const parser = new Parser(this.#parser.machine, this.#parser.via);
    parser.isPart = true;
    takeParents(parser, call);
    this.#parser.commands.set(textOf(call.get(0, 'name')) ?? '*', parser);
    return native(parser);
  }
}

/** What `parse_args` gives. */
export class Namespace implements Native {
  readonly parser: Parser;

  constructor(parser: Parser) {
    this.parser = parser;
  }

  attribute(name: string): Value | null {
    if (name === '__dict__') return native(this);
    const draft = this.parser.find(name);
    return draft ? native(new ParameterValue(draft)) : UNKNOWN;
  }

  item(name: string): Value | null {
    // The parts of `args, rest = parser.parse_known_args()`.
    return name === '0' ? native(this) : this.attribute(name);
  }

  method(name: string, call: Call): Value | null {
    const key = textOf(call.get(0));
    return name === 'get' && key !== undefined ? this.attribute(key) : null;
  }

  assign(): void {}
}

function takeParents(parser: Parser, call: Call): void {
  const parents = call.get(99, 'parents');
  for (const each of parents?.kind === 'list' ? parents.items : []) {
    const parent = each.kind === 'native' ? each.native : null;
    if (!(parent instanceof Parser)) continue;
    parent.isPart = true;
    parser.parents.push(parent);
  }
}

/** A new parser, whose arguments are found when all code was read. */
export function newParser(machine: Machine, call: Call, via: string): Parser {
  const parser = new Parser(machine, via);
  takeParents(parser, call);
  machine.findings.last.push(() => {
    if (parser.isPart && !parser.isParsed) return;
    machine.findings.drafts.push(...parser.drafts(null));
  });
  return parser;
}

/** A parser of which nothing is known but that arguments are added to it. */
function addToUnknown(machine: Machine, call: Call): Value {
  const added = addArgument(machine, call, 'argparse');
  const first = textOf(call.get(0)) ?? '';
  if (added && first.startsWith('-')) {
    machine.findings.drafts.push({ ...added.draft, confidence: 0.6 });
  }
  return UNKNOWN;
}

const parserOf = (via: string) => (machine: Machine, call: Call) =>
  native(newParser(machine, call, via));

/** `HfArgumentParser((A, B))`. */
function fromDataclasses(machine: Machine, call: Call): Value {
  const parser = newParser(machine, call, 'dataclass');
  const given = call.get(0, 'dataclass_types');
  for (const each of given?.kind === 'list' ? given.items : given ? [given] : []) {
    if (each.kind === 'external') {
      machine.findings.notes.add(`The arguments of ${each.name} are accepted as well.`);
    }
    parser.addFields(each, 'hf');
  }
  return native(parser);
}

export const ARGPARSE: Knowledge = {
  functions: {
    'argparse.ArgumentParser': parserOf('argparse'),
    'optparse.OptionParser': parserOf('optparse'),
    'argparse.FileType': () => native(new FileType()),
    'configargparse.ArgParser': parserOf('argparse'),
    'configargparse.ArgumentParser': parserOf('argparse'),
    'jsonargparse.ArgumentParser': parserOf('argparse'),
    'simple_parsing.ArgumentParser': parserOf('argparse'),
    'rich_argparse.ArgumentParser': parserOf('argparse'),
    'transformers.HfArgumentParser': fromDataclasses,
    'trl.TrlParser': fromDataclasses,
    'argparse.Namespace': (_machine, call) => ({
      kind: 'dict',
      entries: new Map(
        [...call.named].map(([key, value]) => [key, { key, value, evidence: call.evidence }]),
      ),
    }),
  },
  methods: { add_argument: addToUnknown },
};
