import type { FunctionStatement } from '../python/ast.ts';
import type { Draft, Handler, Knowledge, Machine } from '../reading/machine.ts';
import { textOf } from '../reading/plain.ts';
import { Call, native, NONE, UNKNOWN } from '../reading/values.ts';
import type { FunctionValue, Native, Value } from '../reading/values.ts';
import { clickParameter } from './click-parameter.ts';
import { CLICK_TYPES } from './click-types.ts';
import { typeOfValue } from './draft.ts';

/** What `click.option(...)` gives: a decorator. */
class Option implements Native {
  readonly #draft: Draft | null;
  readonly #given: Map<FunctionStatement, Draft[]>;

  constructor(made: Draft | null, given: Map<FunctionStatement, Draft[]>) {
    this.#draft = made;
    this.#given = given;
  }

  call(call: Call): Value {
    const [of] = call.positional;
    const statement = of?.kind === 'function' ? of.statement : commandOf(of)?.function.statement;
    if (statement && this.#draft) {
      // Decorators are applied from the last to the first.
      this.#given.set(statement, [this.#draft, ...(this.#given.get(statement) ?? [])]);
    }
    return of?.kind === 'native' ? of : (of ?? UNKNOWN);
  }
}

const commandOf = (value: Value | undefined): Command | null =>
  value?.kind === 'native' && value.native instanceof Command ? value.native : null;

/** A command or a group of them. */
class Command implements Native {
  readonly #state: State;
  readonly machine: Machine;
  readonly function: FunctionValue;
  readonly name: string;
  readonly commands = new Map<string, Command>();
  isPart = false;
  isCalled = false;

  constructor(state: State, machine: Machine, of: FunctionValue, name: string) {
    this.#state = state;
    this.machine = machine;
    this.function = of;
    this.name = name;
  }

  call(): Value {
    this.isCalled = true;
    return NONE;
  }

  attribute(name: string): Value | null {
    if (name === 'main') return native(this);
    return name === 'callback' ? this.function : null;
  }

  method(name: string, call: Call): Value | null {
    if (name === 'command' || name === 'group') {
      return native(new CommandMaker(this.#state, this.machine, call, this));
    }
    if (name !== 'add_command') return null;
    const command = commandOf(call.get(0, 'cmd'));
    if (command) this.add(command, textOf(call.get(1, 'name')) ?? command.name);
    return NONE;
  }

  add(command: Command, name: string): void {
    command.isPart = true;
    this.commands.set(name, command);
  }

  drafts(command: string | null, outer: readonly Command[] = []): Draft[] {
    if (outer.includes(this)) return [];
    const own = this.#state.options.get(this.function.statement) ?? [];
    const inner = [...this.commands].flatMap(([name, each]) =>
      each.drafts(command === null ? name : `${command} ${name}`, [...outer, this]),
    );
    return [...own.map((each) => ({ ...each, command })), ...inner];
  }
}

/** `@click.command()` and `@group.command("name")`, with or without brackets. */
class CommandMaker implements Native {
  readonly #state: State;
  readonly #machine: Machine;
  readonly #call: Call;
  readonly #parent: Command | null;

  constructor(state: State, machine: Machine, call: Call, parent: Command | null) {
    this.#state = state;
    this.#machine = machine;
    this.#call = call;
    this.#parent = parent;
  }

  call(call: Call): Value {
    const [of] = call.positional;
    if (of?.kind !== 'function') return UNKNOWN;
    const name = textOf(this.#call.get(0, 'name')) ?? commandName(of.statement.name);
    const command = new Command(this.#state, this.#machine, of, name);
    this.#state.commands.push(command);
    this.#machine.later(of);
    this.#parent?.add(command, name);
    return native(command);
  }
}

const commandName = (name: string): string => name.toLowerCase().replaceAll('_', '-');

interface State {
  options: Map<FunctionStatement, Draft[]>;
  commands: Command[];
}

/** Of commands that are called only those count; else all that belong to no group. */
function finish(machine: Machine, { commands }: State): void {
  const roots = commands.filter((command) => !command.isPart);
  const called = roots.filter((command) => command.isCalled);
  const inEntry = roots.filter((each) => each.function.module === machine.entry);
  const chosen = called.length > 0 ? called : inEntry;
  machine.findings.drafts.push(...chosen.flatMap((command) => merged(command.drafts(null))));
}

/** Several flags may set one parameter: `--fast` and `--slow` for `mode`. */
function merged(drafts: readonly Draft[]): Draft[] {
  const byName = new Map<string, Draft>();
  for (const each of drafts) {
    const key = `${each.command ?? ''} ${each.name}`;
    const known = byName.get(key);
    if (!known?.choices || !each.choices) {
      byName.set(key, known ?? each);
      continue;
    }
    const value = typeOfValue(known.value) === null ? each.value : known.value;
    byName.set(key, { ...known, value, choices: [...known.choices, ...each.choices] });
  }
  return [...byName.values()];
}

/** What is known of click; each reading of code has its own. */
export function clickKnowledge(): Knowledge {
  const state: State = { options: new Map(), commands: [] };
  let isFinishing = false;
  const started = (machine: Machine) => {
    if (!isFinishing) machine.findings.last.push(() => finish(machine, state));
    isFinishing = true;
  };
  const command: Handler = (machine, call) => {
    started(machine);
    const [of] = call.positional;
    const bare = of?.kind === 'function';
    const maker = new CommandMaker(state, machine, bare ? new Call(call.evidence) : call, null);
    return bare ? maker.call(call) : native(maker);
  };
  const option =
    (kind: 'option' | 'argument'): Handler =>
    (machine, call) =>
      native(new Option(clickParameter(machine, call, kind), state.options));
  const functions: Record<string, Handler> = {};
  for (const name of ['click', 'rich_click', 'asyncclick']) {
    functions[`${name}.command`] = command;
    functions[`${name}.group`] = command;
    functions[`${name}.option`] = option('option');
    functions[`${name}.argument`] = option('argument');
    for (const [type, make] of Object.entries(CLICK_TYPES)) functions[`${name}.${type}`] = make;
  }
  return { functions };
}
