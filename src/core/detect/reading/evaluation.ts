import type { Evidence } from '../../../shared/domain/detection.ts';
import type { CallExpression, Expression } from '../python/ast.ts';
import type { Machine } from './machine.ts';
import { binary, unary } from './operators.ts';
import { joinedText, textOf, truth } from './plain.ts';
import { Call, constant, external, native, UNKNOWN } from './values.ts';
import type { DictEntry, Scope, Value } from './values.ts';

/** What the evaluation of one expression needs to know of where it stands. */
export interface Place {
  machine: Machine;
  scope: Scope;
  at: (line: number) => Evidence;
}

/** What is known of an expression's value. Parts that are not needed for it are looked into as well. */
export function evaluated(expression: Expression, place: Place): Value {
  const inner = (each: Expression) => place.machine.evaluate(each, place.scope);
  switch (expression.kind) {
    case 'constant':
      return constant(expression.value, expression.float);
    case 'name':
      return place.scope.get(expression.name) ?? external(`builtins.${expression.name}`);
    case 'attribute':
      return place.machine.attribute(
        inner(expression.of),
        expression.name,
        place.at(expression.line),
      );
    case 'subscript':
      return item(inner(expression.of), inner(expression.index), place.at(expression.line));
    case 'call':
      return place.machine.invoke(inner(expression.callee), callOf(expression, place));
    case 'format':
      return joinedText(
        expression.parts.map((part) => (typeof part === 'string' ? constant(part) : inner(part))),
        '',
        false,
      );
    case 'sequence':
      return { kind: 'list', items: spread(expression.items, inner), tuple: isTuple(expression) };
    case 'dict':
      return dict(expression, place);
    case 'unary':
      return unary(expression.operator, inner(expression.of));
    case 'binary':
      return binary(expression.operator, inner(expression.left), inner(expression.right));
    case 'conditional':
      return conditional(
        inner(expression.test),
        inner(expression.chosen),
        inner(expression.otherwise),
      );
    case 'starred':
      return inner(expression.of);
    case 'lambda':
      return native({ call: () => inner(expression.body) });
    case 'other':
      for (const part of expression.parts) inner(part);
      return UNKNOWN;
  }
}

const isTuple = (expression: { type: string }): boolean => expression.type === 'tuple';

/** Of two values of which none is sure, the kind alone is known. */
function conditional(test: Value, then: Value, otherwise: Value): Value {
  const known = truth(test);
  if (known !== undefined) return known ? then : otherwise;
  if (then.kind === 'native') return then;
  if (textOf(then) !== undefined && textOf(otherwise) !== undefined) {
    return { kind: 'text', text: '*', path: false, known: false };
  }
  return then.kind === 'constant' ? UNKNOWN : then;
}

/** Longest list that is put together of others. */
const LIST_LIMIT = 10_000;

function spread(items: readonly Expression[], inner: (each: Expression) => Value): Value[] {
  const all = items.flatMap((each) => {
    const value = inner(each);
    if (each.kind !== 'starred') return [value];
    return value.kind === 'list' ? value.items : [UNKNOWN];
  });
  return all.slice(0, LIST_LIMIT);
}

function dict(expression: Expression & { kind: 'dict' }, place: Place): Value {
  const entries = new Map<string, DictEntry>();
  for (const { key, value } of expression.entries) {
    const known = place.machine.evaluate(value, place.scope);
    if (key === null) {
      if (known.kind === 'dict')
        for (const [name, entry] of known.entries) entries.set(name, entry);
      continue;
    }
    const name = keyOf(place.machine.evaluate(key, place.scope));
    const evidence = place.at(key.line);
    if (name !== undefined) entries.set(name, { key: name, value: known, evidence });
  }
  return { kind: 'dict', entries };
}

function keyOf(value: Value): string | undefined {
  if (value.kind === 'text' && !value.known) return value.text;
  return value.kind === 'constant' ? String(value.value) : textOf(value);
}

/** The call with its arguments; `*` and `**` are spread as far as they are known. */
export function callOf(expression: CallExpression, place: Place): Call {
  const call = new Call(place.at(expression.line));
  for (const argument of expression.arguments) {
    const value = place.machine.evaluate(argument.value, place.scope);
    if (argument.star === '*') {
      if (value.kind === 'list') call.positional.push(...value.items);
    } else if (argument.star === '**') {
      if (value.kind === 'dict') {
        for (const entry of value.entries.values()) call.named.set(entry.key, entry.value);
      }
    } else if (argument.name === null) {
      call.positional.push(value);
    } else {
      call.named.set(argument.name, value);
    }
  }
  return call;
}

function item(of: Value, index: Value, evidence: Evidence): Value {
  const key = index.kind === 'constant' ? index.value : textOf(index);
  if (of.kind === 'list' && typeof key === 'number') return of.items.at(key) ?? UNKNOWN;
  if (key === undefined || key === null) return of.kind === 'external' ? generic(of) : UNKNOWN;
  if (of.kind === 'dict') return of.entries.get(String(key))?.value ?? UNKNOWN;
  const object = of.kind === 'instance' ? of.native : of.kind === 'native' ? of.native : null;
  return object?.item?.(String(key), evidence) ?? (of.kind === 'external' ? generic(of) : UNKNOWN);
}

/** `List[int]` is still a type. */
const generic = (of: Value & { kind: 'external' }): Value => of;
