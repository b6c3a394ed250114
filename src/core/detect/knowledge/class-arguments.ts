import type { Draft, Handler, Knowledge, Machine } from '../reading/machine.ts';
import { Call, native, UNKNOWN } from '../reading/values.ts';
import type { FunctionValue, Native, Value } from '../reading/values.ts';
import { ParameterValue } from './draft.ts';
import { classFields, functionFields } from './fields.ts';
import { optionFlavour, type Flavour } from './flavours.ts';

/** An instance that is filled from the command line: its fields are parameters. */
class Filled implements Native {
  readonly #drafts: Draft[];
  readonly #prefix: string;

  constructor(drafts: Draft[], prefix = '') {
    this.#drafts = drafts;
    this.#prefix = prefix;
  }

  attribute(name: string): Value | null {
    const path = `${this.#prefix}${name}`;
    const draft = this.#drafts.find((each) => each.name === path);
    if (draft) return native(new ParameterValue(draft));
    const isGroup = this.#drafts.some((each) => each.name.startsWith(`${path}.`));
    return isGroup ? native(new Filled(this.#drafts, `${path}.`)) : null;
  }
}

function fill(machine: Machine, of: Value | undefined, flavour: Flavour): Value {
  if (of?.kind === 'function') machine.later(of);
  const fields =
    of?.kind === 'function' ? functionFields(machine, of) : of ? classFields(machine, of) : [];
  const drafts = fields.map((field) => optionFlavour(field, flavour));
  machine.findings.drafts.push(...drafts);
  return native(new Filled(drafts));
}

/** `package.parse(Class)`, also with the class by name. */
const filling =
  (flavour: Flavour, ...names: string[]): Handler =>
  (machine, call) =>
    fill(machine, call.get(0, ...names), flavour);

/** `@package.wrap()` over `def main(config: Class)`. */
const wrapping =
  (flavour: Flavour): Handler =>
  (machine, given) => {
    const decorate = (call: Call): Value => {
      const [of] = call.positional;
      if (of?.kind !== 'function') return UNKNOWN;
      const fields = functionFields(machine, of).map((field) => ({
        ...field,
        path: field.path.slice(1),
      }));
      machine.findings.drafts.push(...fields.map((field) => optionFlavour(field, flavour)));
      machine.later(of);
      return of;
    };
    const [of] = given.positional;
    return of?.kind === 'function' ? decorate(given) : native({ call: decorate });
  };

/** `fire.Fire(what)`: a function, a class with commands for methods, or a dict of them. */
const fire: Handler = (machine, call) => {
  const what = call.get(0, 'component');
  for (const draft of fireDrafts(machine, what, null)) machine.findings.drafts.push(draft);
  return UNKNOWN;
};

function fireDrafts(machine: Machine, what: Value | undefined, command: string | null): Draft[] {
  if (what?.kind === 'function') return callDrafts(machine, what, command);
  if (what?.kind === 'dict') {
    return [...what.entries.values()].flatMap(({ key, value }) =>
      fireDrafts(machine, value, command === null ? key : `${command} ${key}`),
    );
  }
  const of = what?.kind === 'instance' ? what.of : what;
  if (of?.kind !== 'class') return [];
  const start = what?.kind === 'class' ? machine.member(of, '__init__') : null;
  const own = start?.kind === 'function' ? callDrafts(machine, start, command) : [];
  const methods = of.statement.body.flatMap((statement) => {
    const method =
      statement.kind === 'function' && !statement.name.startsWith('_')
        ? machine.member(of, statement.name)
        : null;
    if (method?.kind !== 'function') return [];
    const name = method.statement.name;
    return callDrafts(machine, method, command === null ? name : `${command} ${name}`);
  });
  return [...own, ...methods];
}

function callDrafts(machine: Machine, of: FunctionValue, command: string | null): Draft[] {
  machine.later(of);
  return functionFields(machine, of).map((field) => ({
    ...optionFlavour(field, 'fire'),
    command,
  }));
}

/** `LightningCLI(Model, Data)`: what their constructors take, under `model` and `data`. */
const lightning: Handler = (machine, call) => {
  const parts = [
    ['model', call.get(0, 'model_class')],
    ['data', call.get(1, 'datamodule_class')],
  ] as const;
  for (const [prefix, of] of parts) {
    if (of?.kind !== 'class') continue;
    const start = machine.member(of, '__init__');
    const fields = start?.kind === 'function' ? functionFields(machine, start) : [];
    const drafts = fields.map((field) => optionFlavour(field, 'jsonargparse', prefix));
    machine.findings.drafts.push(...drafts.map((each) => ({ ...each, command: 'fit' })));
    machine.invoke(of, new Call(call.evidence));
  }
  return UNKNOWN;
};

/** `class Args(Tap)`: an instance has the fields of its class as arguments. */
const tap: Handler = () => native({ method: () => null });

export const CLASS_ARGUMENTS: Knowledge = {
  functions: {
    'tyro.cli': filling('tyro', 'f'),
    'simple_parsing.parse': filling('simple-parsing', 'config_class'),
    'draccus.parse': filling('draccus', 'config_class'),
    'pyrallis.parse': filling('draccus', 'config_class'),
    'jsonargparse.CLI': filling('jsonargparse', 'components'),
    'jsonargparse.auto_cli': filling('jsonargparse', 'components'),
    'draccus.wrap': wrapping('draccus'),
    'pyrallis.wrap': wrapping('draccus'),
    'fire.Fire': fire,
    'lightning.pytorch.cli.LightningCLI': lightning,
    'pytorch_lightning.cli.LightningCLI': lightning,
    'tap.Tap': tap,
    'tap.tapify': filling('tap', 'class_or_function'),
  },
  methods: {
    parse_args: (machine, _call, of) =>
      of.kind === 'instance' && of.of.bases.some(isTap) ? fill(machine, of, 'tap') : null,
  },
};

const isTap = (base: Value): boolean =>
  base.kind === 'external' && /^(?:tap|tap\.tap)\.Tap$/.test(base.name);
