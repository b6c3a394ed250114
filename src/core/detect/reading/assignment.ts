import type { Evidence } from '../../../shared/domain/detection.ts';
import type { Expression } from '../python/ast.ts';
import type { Machine } from './machine.ts';
import { textOf } from './plain.ts';
import { UNKNOWN } from './values.ts';
import type { Scope, Value } from './values.ts';

/** Binds a target of an assignment: a name, an attribute, an item, or several of them. */
export function assign(
  machine: Machine,
  target: Expression,
  value: Value,
  scope: Scope,
  at: (line: number) => Evidence,
): void {
  if (target.kind === 'name') {
    scope.names.set(target.name, value);
  } else if (target.kind === 'sequence') {
    const whole = value.kind === 'list' && value.items.length === target.items.length;
    for (const [index, each] of target.items.entries()) {
      assign(machine, each, (whole ? value.items[index] : null) ?? part(value, index), scope, at);
    }
  } else if (target.kind === 'attribute') {
    setAttribute(machine.evaluate(target.of, scope), target.name, value, at(target.line));
  } else if (target.kind === 'subscript') {
    const index = textOf(machine.evaluate(target.index, scope));
    const of = containerOf(machine, target.of, scope);
    if (index !== undefined) setItem(of, index, value, at(target.line));
  }
}

/** `args, rest = parser.parse_known_args()`: the parts of an object know themselves. */
function part(value: Value, index: number): Value {
  if (value.kind !== 'native') return UNKNOWN;
  return value.native.item?.(String(index), { file: '', line: 1 }) ?? UNKNOWN;
}

const containerOf = (machine: Machine, of: Expression, scope: Scope): Value =>
  machine.evaluate(of, scope);

function setAttribute(of: Value, name: string, value: Value, evidence: Evidence): void {
  if (of.kind === 'instance') of.fields.set(name, value);
  else if (of.kind === 'native') of.native.assign?.(name, value, evidence);
}

function setItem(of: Value, key: string, value: Value, evidence: Evidence): void {
  if (of.kind === 'dict') of.entries.set(key, { key, value, evidence });
  else if (of.kind === 'native') of.native.assign?.(key, value, evidence);
}
