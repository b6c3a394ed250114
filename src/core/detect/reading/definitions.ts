import type { ClassStatement, FunctionStatement } from '../python/ast.ts';
import type { Machine } from './machine.ts';
import type { Module } from './modules.ts';
import { Call } from './values.ts';
import type { FunctionValue, Scope, Value } from './values.ts';

/** Binds a function's name: to the function, or to what a decorator of a package makes of it. */
export function defineFunction(
  machine: Machine,
  module: Module,
  statement: FunctionStatement,
  scope: Scope,
): void {
  const value: FunctionValue = { kind: 'function', module, statement, scope, self: null };
  scope.names.set(statement.name, decorated(machine, module, value, scope));
}

function decorated(machine: Machine, module: Module, value: FunctionValue, scope: Scope): Value {
  let result: Value = value;
  for (const expression of value.statement.decorators.toReversed()) {
    const call = new Call({ file: module.path, line: value.statement.line });
    call.positional.push(result);
    const made = machine.invoke(machine.evaluate(expression, scope), call);
    if (made.kind === 'native') result = made;
  }
  return result;
}

export function defineClass(
  machine: Machine,
  module: Module,
  statement: ClassStatement,
  scope: Scope,
): void {
  const bases = statement.bases.map((base) => machine.evaluate(base.value, scope));
  scope.names.set(statement.name, { kind: 'class', module, statement, bases, scope });
}
