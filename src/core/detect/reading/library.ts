import type { Knowledge, Machine } from './machine.ts';
import { native, UNKNOWN } from './values.ts';
import type { Call, InstanceValue, Value } from './values.ts';

/** What is known of packages, by names of the code: they may be any. */
export class Library {
  readonly #machine: Machine;
  readonly #knowledge: Required<Knowledge>;
  readonly #objects = new Map<string, Value>();

  constructor(machine: Machine, knowledge: Required<Knowledge>) {
    this.#machine = machine;
    this.#knowledge = knowledge;
  }

  /** Calls a function of a package by its full name, else by its last part. */
  call(value: Value & { kind: 'external' }, call: Call): Value {
    const { functions, methods } = this.#knowledge;
    const last = value.name.slice(value.name.lastIndexOf('.') + 1);
    const handler = own(functions, value.name) ?? own(methods, last);
    return handler?.(this.#machine, call, value) ?? UNKNOWN;
  }

  /** Tells a class of a package that an instance of a class that inherits from it was made. */
  inherit(base: string, call: Call, instance: InstanceValue): void {
    const made = own(this.#knowledge.functions, base)?.(this.#machine, call, instance);
    if (made?.kind === 'native') instance.native = made.native;
  }

  /** A method of an object: of a package's object, or known by its name alone. */
  method(of: Value, name: string): Value {
    const object = of.kind === 'native' || of.kind === 'instance' ? of.native : null;
    const handler = own(this.#knowledge.methods, name);
    if (!object?.method && !handler) return UNKNOWN;
    const call = (given: Call): Value =>
      object?.method?.(name, given) ?? handler?.(this.#machine, given, of) ?? UNKNOWN;
    return native({ call });
  }

  /** An attribute of a package that is an object, always the same one. */
  object(name: string): Value | null {
    const known = this.#objects.get(name);
    if (known) return known;
    const make = own(this.#knowledge.objects, name);
    if (!make) return null;
    const value = native(make(this.#machine));
    this.#objects.set(name, value);
    return value;
  }
}

const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
