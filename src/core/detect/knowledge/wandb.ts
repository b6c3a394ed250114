import type { Evidence } from '../../../shared/domain/detection.ts';
import type { Draft, Handler, Knowledge, Machine } from '../reading/machine.ts';
import { textOf, toJson } from '../reading/plain.ts';
import { native, NONE, UNKNOWN } from '../reading/values.ts';
import type { Call, ClassValue, InstanceValue, Native, Value } from '../reading/values.ts';
import { Namespace } from './argparse.ts';
import { draft, ParameterValue, parameterOf } from './draft.ts';
import { classFields } from './fields.ts';
import { fieldDraft } from './flavours.ts';
import { metrics } from './metrics.ts';

const DEPTH = 8;
/** Values taken over in all, so that a dict that holds itself comes to an end. */
const LIMIT = 3000;
const METHODS =
  /^(?:get|update|setdefaults?|items|keys|values|as_dict|persist|user_items|update_locked)$/;

/** `wandb.config`: what is put in, and what is read of it. */
class Config implements Native {
  readonly #machine: Machine;
  readonly #drafts = new Map<string, Draft>();
  readonly #spaces: Value[] = [];
  /** Keys that other parameters feed: they are no parameters of their own. */
  readonly #fed = new Map<string, Value>();
  #taken = 0;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  attribute(name: string, evidence: Evidence): Value | null {
    if (METHODS.test(name)) return null;
    return this.item(name, evidence);
  }

  item(name: string, evidence: Evidence): Value {
    if (name.startsWith('_')) return UNKNOWN;
    for (const space of this.#spaces) {
      const value = this.#machine.attribute(space, name, evidence);
      if (parameterOf(value)) return value;
    }
    return this.#fed.get(name) ?? this.#read(name, null, evidence);
  }

  assign(name: string, value: Value, evidence: Evidence): void {
    this.#put([name], value, evidence, true);
  }

  method(name: string, call: Call): Value | null {
    if (name === 'update' || name === 'setdefaults') {
      const [given] = call.positional;
      if (given) this.merge(given);
      return NONE;
    }
    if (name === 'setdefault' || name === 'get') {
      const key = textOf(call.positional[0]);
      if (key === undefined) return null;
      const known = this.#fed.get(key) ?? this.#known(key);
      return known ?? this.#read(key, call.positional[1] ?? NONE, call.evidence);
    }
    return /^(?:items|keys|values|as_dict)$/.test(name) ? UNKNOWN : null;
  }

  /** What `wandb.init(config=...)` and `config.update(...)` are given. */
  merge(given: Value): void {
    if (given.kind === 'dict') {
      for (const { key, value, evidence } of given.entries.values()) {
        this.#put([key], value, evidence, true);
      }
    } else if (given.kind === 'native' && given.native instanceof Namespace) {
      this.#spaces.push(given);
    } else if (given.kind === 'native') {
      this.#spaces.push(given);
    } else if (given.kind === 'instance' || given.kind === 'class') {
      this.#mergeFields(given);
    }
  }

  #mergeFields(given: InstanceValue | ClassValue): void {
    for (const field of classFields(this.#machine, given)) {
      if (parameterOf(field.value ?? undefined)) continue;
      const target = { kind: 'config' as const, path: field.path };
      const made = fieldDraft(field, field.path.join('.'), target, 'wandb');
      this.#add({ ...made, required: false });
    }
  }

  #known(key: string): Value | null {
    const found = this.#drafts.get(key);
    return found ? native(new ParameterValue(found)) : null;
  }

  #read(name: string, value: Value | null, evidence: Evidence): Value {
    const target = { kind: 'config' as const, path: [name] };
    const made = draft({ name, target, via: 'wandb', evidence }, { value, confidence: 0.7 });
    const kept = this.#add(made);
    if ([...this.#drafts.keys()].some((key) => key.startsWith(`${name}.`))) return UNKNOWN;
    return native(new ParameterValue(kept));
  }

  /** Constants are parameters; what is computed of others is not. */
  #put(path: string[], value: Value, evidence: Evidence, isTop: boolean): void {
    this.#taken += 1;
    if (this.#taken > LIMIT) return;
    if (parameterOf(value)) {
      if (isTop) this.#fed.set(path.join('.'), value);
      return;
    }
    if (value.kind === 'dict' && path.length < DEPTH && value.entries.size > 0) {
      for (const entry of value.entries.values()) {
        this.#put([...path, entry.key], entry.value, entry.evidence, false);
      }
      return;
    }
    const name = path.join('.');
    const isKnown = toJson(value) !== undefined || value.kind === 'text';
    if (!isKnown) {
      if (isTop && !this.#drafts.has(name)) this.#fed.set(name, UNKNOWN);
      return;
    }
    const target = { kind: 'config' as const, path };
    this.#add(draft({ name, target, via: 'wandb', evidence }, { value, confidence: 0.9 }));
  }

  /** The first that tells of a default stays. */
  #add(made: Draft): Draft {
    const isGroup = [...this.#drafts.keys()].some((key) => key.startsWith(`${made.name}.`));
    const known = this.#drafts.get(made.name);
    if (isGroup) return known ?? made;
    if (known && (known.value !== null || made.value === null)) return known;
    if (known) return Object.assign(known, made);
    this.#drafts.set(made.name, made);
    this.#machine.findings.drafts.push(made);
    return made;
  }
}

/** A run, as `wandb.init` gives it. */
class Run implements Native {
  readonly #machine: Machine;
  readonly config: Config;

  constructor(machine: Machine, config: Config) {
    this.#machine = machine;
    this.config = config;
  }

  attribute(name: string): Value | null {
    if (name === 'config') return native(this.config);
    return name === 'summary' ? native(new Summary(this.#machine)) : null;
  }

  method(name: string, call: Call): Value | null {
    if (name !== 'log') return null;
    metrics(this.#machine, call.get(0, 'data'), call.evidence);
    return NONE;
  }
}

/** `wandb.summary`: every key that is put in is an output. */
class Summary implements Native {
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  assign(name: string, _value: Value, evidence: Evidence): void {
    this.#machine.findings.outputs.push({ kind: 'metric', name, evidence, confidence: 0.9 });
  }

  method(name: string, call: Call): Value | null {
    if (name !== 'update') return null;
    metrics(this.#machine, call.positional[0], call.evidence);
    return NONE;
  }
}

/** What is known of wandb; each reading of code has its own configuration. */
export function wandbKnowledge(): Knowledge {
  let config: Config | null = null;
  const configOf = (machine: Machine): Config => (config ??= new Config(machine));
  const init: Handler = (machine, call) => {
    const given = call.get(99, 'config');
    if (given) configOf(machine).merge(given);
    return native(new Run(machine, configOf(machine)));
  };
  const log: Handler = (machine, call) => {
    metrics(machine, call.get(0, 'data'), call.evidence);
    return NONE;
  };
  return {
    functions: { 'wandb.init': init, 'wandb.log': log },
    objects: {
      'wandb.config': configOf,
      'wandb.run': (machine) => new Run(machine, configOf(machine)),
      'wandb.summary': (machine) => new Summary(machine),
    },
  };
}
