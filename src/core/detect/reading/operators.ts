import type { Scalar, Value } from './values.ts';
import { constant, UNKNOWN } from './values.ts';
import { joinedText, toJson, truth } from './plain.ts';

/** Longest list that is put together. */
const LENGTH_LIMIT = 10_000;

/** What a binary operator gives for known values. */
export function binary(operator: string, left: Value, right: Value): Value {
  if (operator === 'or') return either(left, right);
  if (operator === 'and') return truth(left) === false ? left : right;
  if (operator === '/' && isPath(left)) return joinedText([left, right], '/', true);
  if (operator === '+') return plus(left, right);
  if (operator === '|' && left.kind === 'dict' && right.kind === 'dict') {
    return { kind: 'dict', entries: new Map([...left.entries, ...right.entries]) };
  }
  if (left.kind === 'list' && operator === '*') return repeated(left, right);
  if (operator === 'in' || operator === 'not in') return UNKNOWN;
  if (left.kind === 'constant' && right.kind === 'constant') {
    return compared(operator, left.value, right.value) ?? computed(operator, left, right);
  }
  if (operator === '%' && toJson(left) !== undefined) return { ...text(), text: '*' };
  return UNKNOWN;
}

const text = () => ({ kind: 'text', text: '', path: false, known: false }) as const;
const isPath = (value: Value): boolean => value.kind === 'text' && value.path;

/** Of an unknown value and a known one, the known one is the default. */
function either(left: Value, right: Value): Value {
  const known = truth(left);
  if (known !== undefined) return known ? left : right;
  return left.kind === 'unknown' ? right : left;
}

function plus(left: Value, right: Value): Value {
  if (left.kind === 'list' && right.kind === 'list') {
    if (left.items.length + right.items.length > LENGTH_LIMIT) return UNKNOWN;
    return { ...left, items: [...left.items, ...right.items] };
  }
  const textual = [left, right].some(
    (each) => each.kind === 'text' || (each.kind === 'constant' && typeof each.value === 'string'),
  );
  if (textual) return joinedText([left, right], '', false);
  if (left.kind !== 'constant' || right.kind !== 'constant') return UNKNOWN;
  return computed('+', left, right);
}

function repeated(list: Value & { kind: 'list' }, times: Value): Value {
  const count = times.kind === 'constant' ? Number(times.value) : Number.NaN;
  if (!(count * list.items.length <= 1000)) return UNKNOWN;
  const items = Array.from({ length: Math.max(0, count) }, () => list.items).flat();
  return { ...list, items };
}

function compared(operator: string, left: Scalar, right: Scalar): Value | null {
  switch (operator) {
    case '==':
    case 'is':
      return constant(left === right);
    case '!=':
    case 'is not':
      return constant(left !== right);
    case '<':
      return both(left, right) ? constant(Number(left) < Number(right)) : null;
    case '>':
      return both(left, right) ? constant(Number(left) > Number(right)) : null;
    case '<=':
      return both(left, right) ? constant(Number(left) <= Number(right)) : null;
    case '>=':
      return both(left, right) ? constant(Number(left) >= Number(right)) : null;
    default:
      return null;
  }
}

const both = (left: Scalar, right: Scalar): boolean =>
  typeof left === 'number' && typeof right === 'number';

type Number2 = (a: number, b: number) => number;

const ARITHMETIC: ReadonlyMap<string, Number2> = new Map<string, Number2>([
  ['+', (a, b) => a + b],
  ['-', (a, b) => a - b],
  ['*', (a, b) => a * b],
  ['/', (a, b) => a / b],
  ['//', (a, b) => Math.floor(a / b)],
  ['%', (a, b) => a - b * Math.floor(a / b)],
  ['**', (a, b) => a ** b],
  ['<<', (a, b) => a * 2 ** b],
  ['>>', (a, b) => Math.floor(a / 2 ** b)],
]);

function computed(
  operator: string,
  left: Value & { kind: 'constant' },
  right: Value & { kind: 'constant' },
): Value {
  const work = ARITHMETIC.get(operator);
  if (!work || !both(left.value, right.value)) return UNKNOWN;
  const result = work(Number(left.value), Number(right.value));
  const float = left.float || right.float || operator === '/' || !Number.isInteger(result);
  return Number.isFinite(result) ? constant(result, float) : UNKNOWN;
}

export function unary(operator: string, value: Value): Value {
  if (operator === 'not') {
    const known = truth(value);
    return known === undefined ? UNKNOWN : constant(!known);
  }
  if (value.kind !== 'constant' || typeof value.value !== 'number') return UNKNOWN;
  if (operator === '-') return constant(0 - value.value, value.float);
  if (operator === '~') return constant(-value.value - 1);
  return value;
}
