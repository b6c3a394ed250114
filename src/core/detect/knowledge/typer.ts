import type { Draft, Handler, Knowledge, Machine } from '../reading/machine.ts';
import { textOf } from '../reading/plain.ts';
import { constant, native, NONE, UNKNOWN } from '../reading/values.ts';
import type { Call, FunctionValue, Native, Value } from '../reading/values.ts';
import { optionNames } from './click-parameter.ts';
import { argument, draft, helpOf, numberOf } from './draft.ts';
import { functionFields, type Field } from './fields.ts';

/** `typer.Option(...)` and `typer.Argument(...)`. */
class Declared implements Native {
  readonly kind: 'option' | 'argument';
  readonly given: Call;

  constructor(kind: 'option' | 'argument', given: Call) {
    this.kind = kind;
    this.given = given;
  }

  attribute(): null {
    return null;
  }
}

const declaredOf = (value: Value | null | undefined): Declared | null =>
  value?.kind === 'native' && value.native instanceof Declared ? value.native : null;

/** `typer.Typer()`: commands and further groups by name. */
class App implements Native {
  readonly machine: Machine;
  name: string | null;
  isCalled = false;
  isPart = false;
  callback: FunctionValue | null = null;
  readonly commands: { name: string; of: FunctionValue | App }[] = [];

  constructor(machine: Machine, name: string | null) {
    this.machine = machine;
    this.name = name;
  }

  call(): Value {
    this.isCalled = true;
    return NONE;
  }

  method(name: string, call: Call): Value | null {
    if (name === 'command' || name === 'callback') {
      return native({ call: (inner) => this.#decorate(name, call, inner) });
    }
    if (name !== 'add_typer') return null;
    const app = call.get(0, 'typer_instance');
    if (app?.kind === 'native' && app.native instanceof App) this.#addApp(app.native, call);
    return NONE;
  }

  #addApp(app: App, call: Call): void {
    app.isPart = true;
    const name = textOf(call.named.get('name')) ?? app.name;
    if (name !== null) this.commands.push({ name, of: app });
  }

  #decorate(kind: string, call: Call, inner: Call): Value {
    const [of] = inner.positional;
    if (of?.kind !== 'function') return UNKNOWN;
    const stated = textOf(call.get(0, 'name'));
    const name = stated ?? of.statement.name.toLowerCase().replaceAll('_', '-');
    if (kind === 'callback') this.callback = of;
    else this.commands.push({ name, of });
    this.machine.later(of);
    return of;
  }

  drafts(command: string | null, outer: readonly App[] = []): Draft[] {
    if (outer.includes(this)) return [];
    const own = this.callback ? functionDrafts(this.machine, this.callback, command) : [];
    const [only] = this.commands;
    // An app of a single command is that command.
    const isSingle = this.commands.length === 1 && !this.callback && command === null;
    if (isSingle && only && !(only.of instanceof App)) {
      return functionDrafts(this.machine, only.of, null);
    }
    const inner = this.commands.flatMap(({ name, of }) => {
      const path = command === null ? name : `${command} ${name}`;
      if (of instanceof App) return of.drafts(path, [...outer, this]);
      return functionDrafts(this.machine, of, path);
    });
    return [...own, ...inner];
  }
}

function functionDrafts(machine: Machine, of: FunctionValue, command: string | null): Draft[] {
  const fields = functionFields(machine, of);
  return fields.flatMap((field) => {
    const made = parameter(field);
    return made ? [{ ...made, command }] : [];
  });
}

/** A parameter of a command's function; null for the context. */
function parameter(field: Field): Draft | null {
  const name = field.path.at(-1) ?? '';
  if (isContext(field)) return null;
  const declared =
    declaredOf(field.value) ?? field.notes.map(declaredOf).find((each) => each !== null);
  const value = declaredOf(field.value) ? classicDefault(declared) : field.value;
  const kind = declared?.kind ?? (field.value === null ? 'argument' : 'option');
  const given = declared?.given;
  return draft(
    { name, target: targetOf(field, name, kind, declared), via: 'typer', evidence: field.evidence },
    {
      type: field.type,
      value,
      required: value === null,
      choices: field.choices,
      minimum: numberOf(given?.named.get('min')),
      maximum: numberOf(given?.named.get('max')),
      help: helpOf(given?.named.get('help')) ?? field.help,
    },
  );
}

const isContext = ({ path, type, fields }: Field & { fields?: unknown }): boolean =>
  type === null && fields === undefined && /^_?(?:ctx|context)$/.test(path.join('.'));

/** `typer.Option(default, "--name")`: the default comes first, `...` for none. */
function classicDefault(declared: Declared | null | undefined): Value | null {
  const value = declared?.given.get(0, 'default') ?? null;
  const isEllipsis =
    value?.kind === 'unknown' || (value?.kind === 'constant' && value.value === '...');
  return isEllipsis ? null : value;
}

function targetOf(
  field: Field,
  name: string,
  kind: 'option' | 'argument',
  declared: Declared | null | undefined,
): Draft['target'] {
  const isList = field.type === 'list';
  if (kind === 'argument') {
    return argument(null, 'positional', { multiple: isList ? 'words' : null });
  }
  const words = (declared?.given.positional ?? []).flatMap((each) => textOf(each) ?? []);
  const names = optionNames(words);
  const flag = names?.flag ?? `--${name.replaceAll('_', '-')}`;
  if (field.type !== 'boolean') {
    return argument(flag, 'space', { multiple: isList ? 'repeat' : null });
  }
  if (names) {
    const { negative } = names;
    return negative === null
      ? argument(flag, 'flag')
      : argument(flag, 'negatable-flag', { negative });
  }
  return argument(flag, 'negatable-flag', { negative: flag.replace(/^--/, '--no-') });
}

function finish(machine: Machine, apps: readonly App[]): void {
  const roots = apps.filter((app) => !app.isPart);
  const called = roots.filter((app) => app.isCalled);
  machine.findings.drafts.push(
    ...(called.length > 0 ? called : roots).flatMap((app) => app.drafts(null)),
  );
}

/** What is known of typer; each reading of code has its own. */
export function typerKnowledge(): Knowledge {
  const apps: App[] = [];
  const declared =
    (kind: 'option' | 'argument'): Handler =>
    (_machine, call) =>
      native(new Declared(kind, call));
  const make = (machine: Machine, call: Call): App => {
    if (apps.length === 0) machine.findings.last.push(() => finish(machine, apps));
    const app = new App(machine, textOf(call.named.get('name')) ?? null);
    apps.push(app);
    return app;
  };
  return {
    functions: {
      'typer.Typer': (machine, call) => native(make(machine, call)),
      'typer.Option': declared('option'),
      'typer.Argument': declared('argument'),
      'typer.run': (machine, call) => {
        const [of] = call.positional;
        const app = make(machine, call);
        if (of?.kind === 'function') app.commands.push({ name: of.statement.name, of });
        app.isCalled = true;
        return constant(null);
      },
    },
  };
}
