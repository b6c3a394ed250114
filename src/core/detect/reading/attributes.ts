import type { Evidence } from '../../../shared/domain/detection.ts';
import type { Machine } from './machine.ts';
import { constant, external, UNKNOWN } from './values.ts';
import type { ClassValue, FunctionValue, InstanceValue, Scope, Value } from './values.ts';

/** Reads `value.name` of a class: its own bodies, then those of its bases that are of the code. */
export function classMember(
  value: ClassValue,
  name: string,
  bodyOf: (value: ClassValue) => Scope,
  seen = new Set<ClassValue>(),
): Value | null {
  if (seen.has(value)) return null;
  seen.add(value);
  const own = bodyOf(value).names.get(name);
  if (own) return own;
  for (const base of value.bases) {
    const found = base.kind === 'class' ? classMember(base, name, bodyOf, seen) : null;
    if (found) return found;
  }
  return null;
}

/** Names of all packages' classes that a class inherits from, through those of the code. */
export function externalBases(value: ClassValue, seen = new Set<ClassValue>()): string[] {
  if (seen.has(value)) return [];
  seen.add(value);
  return value.bases.flatMap((base) => {
    if (base.kind === 'external') return [base.name];
    return base.kind === 'class' ? externalBases(base, seen) : [];
  });
}

export function instanceAttribute(
  machine: Machine,
  value: InstanceValue,
  name: string,
  evidence: Evidence,
): Value {
  const field = value.fields.get(name);
  if (field) return field;
  const member = machine.member(value.of, name);
  if (member?.kind === 'function') return bound(member, value);
  if (member) return member;
  return value.native?.attribute?.(name, evidence) ?? UNKNOWN;
}

export const bound = (value: FunctionValue, self: InstanceValue | ClassValue): Value => ({
  ...value,
  self,
});

/** Members of an enumeration stand for their values. */
export function classAttribute(machine: Machine, value: ClassValue, name: string): Value {
  const member = machine.member(value, name);
  if (member?.kind !== 'function') return member ?? UNKNOWN;
  const isClassMethod = member.statement.decorators.some(
    (each) => each.kind === 'name' && each.name === 'classmethod',
  );
  return isClassMethod ? bound(member, value) : member;
}

/** Attributes of texts and lists that matter; all else of a package has its name put behind. */
export function plainAttribute(value: Value, name: string): Value {
  if (value.kind === 'external') return external(`${value.name}.${name}`);
  if (value.kind === 'text' && value.path && name === 'parent') {
    const text = value.text.replace(/\/?[^/]*$/, '');
    return { ...value, text: text === '' ? '.' : text };
  }
  if (name === 'value' && value.kind === 'constant') return value;
  if (name === '__dict__' && value.kind !== 'unknown') return value;
  return name === '__name__' && value.kind === 'function'
    ? constant(value.statement.name)
    : UNKNOWN;
}
