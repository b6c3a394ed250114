import type { Evidence } from '../../../shared/domain/detection.ts';
import type { ClassStatement, Expression, FunctionStatement, Statement } from '../python/ast.ts';
import { assign } from './assignment.ts';
import {
  classAttribute,
  classMember,
  externalBases,
  instanceAttribute,
  plainAttribute,
} from './attributes.ts';
import { bindParameters } from './binding.ts';
import { Budget } from './budget.ts';
import { defineClass, defineFunction } from './definitions.ts';
import { evaluated } from './evaluation.ts';
import { importNames, mergeBranch, type Importing } from './importing.ts';
import { Library } from './library.ts';
import type { Findings, Knowledge, Machine } from './machine.ts';
import type { Module, Modules } from './modules.ts';
import { truth } from './plain.ts';
import { constant, NONE, Scope, UNKNOWN } from './values.ts';
import type { Call, ClassValue, FunctionValue, InstanceValue, Value } from './values.ts';

const CALL_DEPTH = 24;
/** How often one function is read, and one loop is gone through. */
const REPEATS = 40;
const LOOP_LIMIT = 60;

interface Frame {
  module: Module;
  returned: Value | null;
}

/**
 * Reads code in the order in which it would run, with values as far as they are known, and calls
 * what is known of packages (`Knowledge`) for every call into them. Nothing is run: own functions are
 * read with the arguments of the call, branches that are not decided are read both.
 */
export class Reader implements Machine {
  readonly findings: Findings;
  readonly entry: Module;
  readonly #modules: Modules;
  readonly #library: Library;
  readonly #budget: Budget;
  readonly #scopes = new Map<Module, Scope>();
  readonly #classScopes = new Map<ClassStatement, Scope>();
  readonly #readings = new Map<FunctionStatement, number>();
  readonly #active: FunctionStatement[] = [];
  readonly #pending: FunctionValue[] = [];
  readonly #importing: Importing;
  #frame: Frame;

  constructor(
    entry: Module,
    modules: Modules,
    knowledge: Required<Knowledge>,
    findings: Findings,
    until: number,
  ) {
    this.entry = entry;
    this.#modules = modules;
    this.#library = new Library(this, knowledge);
    this.findings = findings;
    this.#budget = new Budget(until);
    this.#frame = { module: entry, returned: null };
    this.#importing = {
      modules,
      scopeOf: (module) => this.#moduleScope(module),
      objectOf: (name) => this.#library.object(name),
    };
  }

  /** Reads the entry script; gives the names at its top level. */
  read(): Scope {
    const scope = this.#moduleScope(this.entry);
    for (let value = this.#pending.shift(); value; value = this.#pending.shift()) {
      const { statement } = value;
      if (!this.#readings.has(statement)) this.#budget.bounded(() => this.#function(value, null));
    }
    return scope;
  }

  evaluate(expression: Expression, scope: Scope): Value {
    this.#budget.step();
    const { module } = this.#frame;
    const at = (line: number): Evidence => ({ file: module.path, line });
    const value = evaluated(expression, { machine: this, scope, at });
    if (value.kind === 'function' && expression.kind !== 'call') this.later(value);
    return value;
  }

  later(value: FunctionValue): void {
    if (!this.#readings.has(value.statement)) {
      this.#pending.push(value);
    }
  }

  invoke(value: Value, call: Call): Value {
    this.#budget.step();
    switch (value.kind) {
      case 'function':
        return this.#function(value, call);
      case 'class':
        return this.#instantiate(value, call);
      case 'external':
        return this.#library.call(value, call);
      case 'native':
        return value.native.call?.(call) ?? UNKNOWN;
      case 'instance': {
        const method = instanceAttribute(this, value, '__call__', call.evidence);
        return method.kind === 'function' ? this.#function(method, call) : UNKNOWN;
      }
      default:
        return UNKNOWN;
    }
  }

  attribute(value: Value, name: string, evidence: Evidence): Value {
    if (value.kind === 'module') return this.#moduleMember(value.module, name);
    if (value.kind === 'class') return classAttribute(this, value, name);
    if (value.kind === 'instance') {
      const found = instanceAttribute(this, value, name, evidence);
      return found.kind === 'unknown' ? this.#library.method(value, name) : found;
    }
    if (value.kind === 'native') {
      return value.native.attribute?.(name, evidence) ?? this.#library.method(value, name);
    }
    const plain = plainAttribute(value, name);
    if (plain.kind === 'external') return this.#library.object(plain.name) ?? plain;
    return plain.kind === 'unknown' ? this.#library.method(value, name) : plain;
  }

  member(value: ClassValue, name: string): Value | null {
    return classMember(value, name, (each) => this.#classScope(each));
  }

  newInstance(of: ClassValue): InstanceValue {
    return { kind: 'instance', of, fields: new Map(), native: null };
  }

  #function(value: FunctionValue, call: Call | null): Value {
    const { statement } = value;
    const read = this.#readings.get(statement) ?? 0;
    if (read >= REPEATS || this.#active.length >= CALL_DEPTH) return UNKNOWN;
    if (this.#active.includes(statement)) return UNKNOWN;
    this.#readings.set(statement, read + 1);
    const scope = new Scope(value.scope);
    bindParameters(this, value, call, scope);
    this.#active.push(statement);
    try {
      return this.#inModule(value.module, () => this.#run(statement.body, scope)) ?? NONE;
    } finally {
      this.#active.pop();
    }
  }

  #inModule(module: Module, work: () => void): Value | null {
    const outer = this.#frame;
    const frame: Frame = { module, returned: null };
    this.#frame = frame;
    try {
      work();
    } finally {
      this.#frame = outer;
    }
    return frame.returned;
  }

  #instantiate(of: ClassValue, call: Call): Value {
    const instance = this.newInstance(of);
    for (const base of externalBases(of)) {
      this.#library.inherit(base, call, instance);
    }
    const start = this.member(of, '__init__');
    if (start?.kind === 'function') this.#function({ ...start, self: instance }, call);
    else for (const [name, value] of call.named) instance.fields.set(name, value);
    for (const [name, value] of this.#classScope(of).names) {
      if (value.kind === 'function' && name !== '__init__')
        this.later({ ...value, self: instance });
    }
    return instance;
  }

  #moduleScope(module: Module): Scope {
    const known = this.#scopes.get(module);
    if (known) return known;
    const scope = new Scope(null);
    this.#scopes.set(module, scope);
    const name = module === this.entry ? '__main__' : module.name;
    scope.names.set('__name__', constant(name)).set('__file__', constant(module.path));
    const run = (): unknown => this.#inModule(module, () => this.#run(module.body, scope));
    if (module === this.entry) run();
    else this.#budget.bounded(run);
    return scope;
  }

  #moduleMember(module: Module, name: string): Value {
    const own = this.#moduleScope(module).names.get(name);
    if (own) return own;
    const inner = this.#modules.find(module, 1, name);
    return inner && inner !== module ? { kind: 'module', module: inner } : UNKNOWN;
  }

  #classScope(value: ClassValue): Scope {
    const known = this.#classScopes.get(value.statement);
    if (known) return known;
    const scope = new Scope(value.scope);
    this.#classScopes.set(value.statement, scope);
    this.#inModule(value.module, () => this.#run(value.statement.body, scope));
    return scope;
  }

  #run(body: readonly Statement[], scope: Scope): void {
    for (const statement of body) this.#statement(statement, scope);
  }

  #statement(statement: Statement, scope: Scope): void {
    this.#budget.step();
    switch (statement.kind) {
      case 'assign':
        if (statement.value) {
          const value = this.evaluate(statement.value, scope);
          for (const target of statement.targets) this.#put(target, value, scope);
        }
        break;
      case 'update': {
        const value = this.evaluate(statement.value, scope);
        const before = this.evaluate(statement.target, scope);
        const grows = before.kind === 'list' && value.kind === 'list';
        if (grows && before.items.length < 1000) before.items.push(...value.items);
        else this.#put(statement.target, UNKNOWN, scope);
        break;
      }
      case 'expression':
        this.evaluate(statement.value, scope);
        break;
      case 'return': {
        const value = statement.value ? this.evaluate(statement.value, scope) : NONE;
        const before = this.#frame.returned;
        if (!before || before.kind === 'unknown' || before === NONE) this.#frame.returned = value;
        break;
      }
      case 'function':
        defineFunction(this, this.#frame.module, statement, scope);
        break;
      case 'class':
        defineClass(this, this.#frame.module, statement, scope);
        break;
      case 'import':
        importNames(this.#importing, this.#frame.module, statement, scope);
        break;
      case 'for':
        this.#loop(statement, scope);
        break;
      case 'if':
        this.#branch(statement, scope);
        break;
      case 'block':
        this.#run(statement.body, scope);
    }
  }

  #put(target: Expression, value: Value, scope: Scope): void {
    assign(this, target, value, scope, (line) => ({ file: this.#frame.module.path, line }));
  }

  #loop(statement: Statement & { kind: 'for' }, scope: Scope): void {
    const over = this.evaluate(statement.iterable, scope);
    const items = over.kind === 'list' && over.items.length <= LOOP_LIMIT ? over.items : [UNKNOWN];
    for (const item of items) {
      this.#put(statement.target, item, scope);
      this.#run(statement.body, scope);
    }
  }

  /** What an undecided branch changes is not known behind it. */
  #branch(statement: Statement & { kind: 'if' }, scope: Scope): void {
    const decided = truth(this.evaluate(statement.test, scope));
    if (decided !== false && decided !== undefined) return this.#run(statement.body, scope);
    if (decided === false) return this.#run(statement.otherwise, scope);
    const before = new Map(scope.names);
    this.#run(statement.body, scope);
    const after = scope.names;
    scope.names = before;
    this.#run(statement.otherwise, scope);
    mergeBranch(scope, after);
  }
}
