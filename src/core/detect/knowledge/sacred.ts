import type { Evidence } from '../../../shared/domain/detection.ts';
import type { Statement } from '../python/ast.ts';
import type { Knowledge, Machine } from '../reading/machine.ts';
import { Scope, native, NONE, UNKNOWN } from '../reading/values.ts';
import type { Call, FunctionValue, Native, Value } from '../reading/values.ts';
import { argument, draft } from './draft.ts';

/** `Experiment()`: the names set in functions under `@ex.config` are parameters. */
class Experiment implements Native {
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  attribute(name: string): Value | null {
    if (name === 'config') return native({ call: (call) => this.#config(call) });
    const isMain = ['main', 'automain', 'capture', 'command', 'named_config'].includes(name);
    return isMain ? native({ call: (call) => this.#main(call, name) }) : null;
  }

  method(name: string, call: Call): Value | null {
    if (name !== 'add_config') return null;
    const [given] = call.positional;
    const entries = given?.kind === 'dict' ? [...given.entries.values()] : [];
    for (const { key, value, evidence } of entries) this.#add(key, value, evidence);
    for (const [key, value] of call.named) this.#add(key, value, call.evidence);
    return NONE;
  }

  #main(call: Call, name: string): Value {
    const [of] = call.positional;
    if (of?.kind === 'function' && name !== 'named_config') this.#machine.later(of);
    return of ?? UNKNOWN;
  }

  #config(call: Call): Value {
    const [of] = call.positional;
    if (of?.kind !== 'function') return UNKNOWN;
    const scope = new Scope(of.scope);
    for (const statement of of.statement.body) this.#assigned(of, statement, scope);
    return of;
  }

  #assigned(of: FunctionValue, statement: Statement, scope: Scope): void {
    if (statement.kind !== 'assign' || !statement.value) return;
    const [target] = statement.targets;
    if (target?.kind !== 'name' || target.name.startsWith('_')) return;
    const value = this.#machine.evaluate(statement.value, scope);
    scope.names.set(target.name, value);
    this.#add(target.name, value, { file: of.module.path, line: statement.line });
  }

  #add(name: string, value: Value, evidence: Evidence): void {
    const target = argument(name, 'sacred');
    this.#machine.findings.drafts.push(
      draft({ name, target, via: 'sacred', evidence }, { value, confidence: 0.9 }),
    );
  }
}

export const SACRED: Knowledge = {
  functions: {
    'sacred.Experiment': (machine) => native(new Experiment(machine)),
    'sacred.experiment.Experiment': (machine) => native(new Experiment(machine)),
  },
};
