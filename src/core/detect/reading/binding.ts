import type { Expression, FunctionParameter } from '../python/ast.ts';
import type { Machine } from './machine.ts';
import { UNKNOWN } from './values.ts';
import type { Call, DictEntry, FunctionValue, Scope, Value } from './values.ts';

/** Gives a function's parameters the arguments of a call, else their defaults. */
export function bindParameters(
  machine: Machine,
  value: FunctionValue,
  call: Call | null,
  scope: Scope,
): void {
  const { parameters, decorators } = value.statement;
  const isStatic = decorators.some((each) => each.kind === 'name' && each.name === 'staticmethod');
  const given: Value[] = [...(call?.positional ?? [])];
  if (value.self && !isStatic) given.unshift(value.self);
  const named = new Map(call?.named);
  for (const parameter of parameters) {
    scope.names.set(parameter.name, take(parameter, given, named, call) ?? fallback(parameter));
  }
  function fallback(parameter: FunctionParameter): Value {
    return call && parameter.value ? machine.evaluate(parameter.value, value.scope) : UNKNOWN;
  }
}

function take(
  parameter: FunctionParameter,
  given: Value[],
  named: Map<string, Value>,
  call: Call | null,
): Value | undefined {
  if (parameter.kind === '*') return { kind: 'list', items: given.splice(0), tuple: true };
  if (parameter.kind === '**') return call ? rest(named, call) : UNKNOWN;
  const byName = named.get(parameter.name);
  named.delete(parameter.name);
  return byName ?? (parameter.kind === 'plain' ? given.shift() : undefined);
}

function rest(named: Map<string, Value>, { evidence }: Call): Value {
  const entries = [...named].map(([key, value]): [string, DictEntry] => [
    key,
    { key, value, evidence },
  ]);
  return { kind: 'dict', entries: new Map(entries) };
}

/** `a.b.c` of a chain of names and attributes; null for anything else. */
export function dotted(expression: Expression): string | null {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind !== 'attribute') return null;
  const of = dotted(expression.of);
  return of === null ? null : `${of}.${expression.name}`;
}
