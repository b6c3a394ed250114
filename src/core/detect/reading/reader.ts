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
import { evaluated } from './evaluation.ts';
import type { Findings, Knowledge, Machine } from './machine.ts';
import type { Module, Modules } from './modules.ts';
import { truth } from './plain.ts';
import { Call, constant, external, native, NONE, Scope, UNKNOWN } from './values.ts';
import type { ClassValue, FunctionValue, InstanceValue, Value } from './values.ts';

/** Expressions and statements that are looked at in all; code that needs more is read in part. */
const STEP_LIMIT = 400_000;
const CALL_DEPTH = 24;
/** How often one function is read, and one loop is gone through. */
const REPEATS = 40;
const LOOP_LIMIT = 60;

/** Thrown when the limits are reached; what was found until then stays. */
export class EnoughRead extends Error {}

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
  readonly #knowledge: Required<Knowledge>;
  readonly #until: number;
  readonly #scopes = new Map<Module, Scope>();
  readonly #classScopes = new Map<ClassStatement, Scope>();
  readonly #readings = new Map<FunctionStatement, number>();
  readonly #active: FunctionStatement[] = [];
  readonly #pending: FunctionValue[] = [];
  readonly #scopeModules = new WeakMap<Scope, Module>();
  readonly #objects = new Map<string, Value>();
  #frame: Frame;
  #steps = 0;

  constructor(
    entry: Module,
    modules: Modules,
    knowledge: Required<Knowledge>,
    findings: Findings,
    until: number,
  ) {
    this.entry = entry;
    this.#modules = modules;
    this.#knowledge = knowledge;
    this.findings = findings;
    this.#until = until;
    this.#frame = { module: entry, returned: null };
  }

  /** Reads the entry script and all that follows of it; gives the names at its top level. */
  read(): Scope {
    const scope = this.#moduleScope(this.entry);
    for (let value = this.#pending.shift(); value; value = this.#pending.shift()) {
      if (!this.#readings.has(value.statement)) this.#function(value, null);
    }
    return scope;
  }

  evaluate(expression: Expression, scope: Scope): Value {
    this.#step();
    const { module } = this.#frame;
    const at = (line: number): Evidence => ({ file: module.path, line });
    const value = evaluated(expression, { machine: this, scope, at });
    if (value.kind === 'function' && expression.kind !== 'call') this.later(value);
    return value;
  }

  later(value: FunctionValue): void {
    if (!this.#readings.has(value.statement) && this.#pending.length < STEP_LIMIT) {
      this.#pending.push(value);
    }
  }

  invoke(value: Value, call: Call): Value {
    this.#step();
    switch (value.kind) {
      case 'function':
        return this.#function(value, call);
      case 'class':
        return this.#instantiate(value, call);
      case 'external':
        return this.#external(value, call);
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
      return found.kind === 'unknown' ? this.#method(value, name) : found;
    }
    if (value.kind === 'native') {
      return value.native.attribute?.(name, evidence) ?? this.#method(value, name);
    }
    const plain = plainAttribute(value, name);
    if (plain.kind === 'external') return this.#object(plain.name) ?? plain;
    return plain.kind === 'unknown' ? this.#method(value, name) : plain;
  }

  member(value: ClassValue, name: string): Value | null {
    return classMember(value, name, (each) => this.#classScope(each));
  }

  newInstance(of: ClassValue): InstanceValue {
    return { kind: 'instance', of, fields: new Map(), native: null };
  }

  #step(): void {
    this.#steps += 1;
    if (this.#steps > STEP_LIMIT) throw new EnoughRead();
    if (this.#steps % 1024 === 0 && performance.now() > this.#until) throw new EnoughRead();
  }

  /** A method of an object: of a package's object, or known by its name alone. */
  #method(of: Value, name: string): Value {
    const object = of.kind === 'native' ? of.native : of.kind === 'instance' ? of.native : null;
    const handler = Object.hasOwn(this.#knowledge.methods, name)
      ? this.#knowledge.methods[name]
      : undefined;
    if (!object?.method && !handler) return UNKNOWN;
    const call = (given: Call): Value =>
      object?.method?.(name, given) ?? handler?.(this, given, of) ?? UNKNOWN;
    return native({ call });
  }

  #object(name: string): Value | null {
    const known = this.#objects.get(name);
    if (known) return known;
    if (!Object.hasOwn(this.#knowledge.objects, name)) return null;
    const make = this.#knowledge.objects[name];
    const value = make ? native(make(this)) : UNKNOWN;
    this.#objects.set(name, value);
    return value;
  }

  #external(value: Value & { kind: 'external' }, call: Call): Value {
    const { functions, methods } = this.#knowledge;
    const handler = Object.hasOwn(functions, value.name) ? functions[value.name] : undefined;
    if (handler) return handler(this, call, value) ?? UNKNOWN;
    const last = value.name.slice(value.name.lastIndexOf('.') + 1);
    const byName = Object.hasOwn(methods, last) ? methods[last] : undefined;
    return byName?.(this, call, value) ?? UNKNOWN;
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
    const returned = this.#inModule(value.module, () => this.#run(statement.body, scope));
    this.#active.pop();
    return returned ?? NONE;
  }

  #inModule(module: Module, work: () => void): Value | null {
    const outer = this.#frame;
    const frame: Frame = { module, returned: null };
    this.#frame = frame;
    work();
    this.#frame = outer;
    return frame.returned;
  }

  #instantiate(of: ClassValue, call: Call): Value {
    const instance = this.newInstance(of);
    for (const base of externalBases(of)) {
      const handler = Object.hasOwn(this.#knowledge.functions, base)
        ? this.#knowledge.functions[base]
        : undefined;
      const made = handler?.(this, call, instance);
      if (made?.kind === 'native') instance.native = made.native;
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
    this.#scopeModules.set(scope, module);
    const name = module === this.entry ? '__main__' : module.name;
    scope.names.set('__name__', constant(name)).set('__file__', path(module.path));
    this.#inModule(module, () => this.#run(module.body, scope));
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
    this.#step();
    switch (statement.kind) {
      case 'assign':
        this.#assign(statement, scope);
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
        this.#define(statement, scope);
        break;
      case 'class':
        this.#defineClass(statement, scope);
        break;
      case 'import':
        this.#import(statement, scope);
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

  #assign(statement: Statement & { kind: 'assign' }, scope: Scope): void {
    if (!statement.value) return;
    const value = this.evaluate(statement.value, scope);
    for (const target of statement.targets) this.#put(target, value, scope);
  }

  #put(target: Expression, value: Value, scope: Scope): void {
    assign(this, target, value, scope, (line) => ({ file: this.#frame.module.path, line }));
  }

  #define(statement: FunctionStatement, scope: Scope): void {
    const { module } = this.#frame;
    const value: FunctionValue = { kind: 'function', module, statement, scope, self: null };
    scope.names.set(statement.name, this.#decorated(value, statement, scope));
  }

  #decorated<T extends Value>(
    value: T,
    statement: { decorators: Expression[]; line: number },
    scope: Scope,
  ): Value {
    let result: Value = value;
    for (const expression of statement.decorators.toReversed()) {
      const call = new Call({ file: this.#frame.module.path, line: statement.line });
      call.positional.push(result);
      const made = this.invoke(this.evaluate(expression, scope), call);
      if (made.kind === 'native') result = made;
    }
    return result;
  }

  #defineClass(statement: ClassStatement, scope: Scope): void {
    const bases = statement.bases.map((base) => this.evaluate(base.value, scope));
    const decorators = statement.decorators.map((each) =>
      this.evaluate(each.kind === 'call' ? each.callee : each, scope),
    );
    const { module } = this.#frame;
    scope.names.set(statement.name, { kind: 'class', module, statement, bases, decorators, scope });
  }

  #import(statement: Statement & { kind: 'import' }, scope: Scope): void {
    for (const { local, module: name, member } of statement.names) {
      const module = this.#modules.find(this.#frame.module, statement.level, name);
      if (member === '*') {
        if (module)
          for (const [each, value] of this.#moduleScope(module).names) {
            if (!each.startsWith('_')) scope.names.set(each, value);
          }
        continue;
      }
      scope.names.set(local, this.#imported(module, statement.level, name, member, local));
    }
  }

  #imported(
    module: Module | null,
    level: number,
    name: string,
    member: string | null,
    local: string,
  ): Value {
    const from = this.#frame.module;
    if (member === null) {
      // `import a.b` binds `a`, of which `b` is a member.
      const [top = ''] = name.split('.');
      const start = local === top ? this.#modules.find(from, level, top) : module;
      if (module) this.#moduleScope(module);
      return start ? { kind: 'module', module: start } : external(local === top ? top : name);
    }
    const inner = this.#modules.find(from, level, name ? `${name}.${member}` : member);
    if (module && module !== from) {
      const value = this.#moduleScope(module).names.get(member);
      if (value) return value;
    }
    if (inner) {
      this.#moduleScope(inner);
      return { kind: 'module', module: inner };
    }
    if (module || level > 0) return UNKNOWN;
    return this.#object(`${name}.${member}`) ?? external(`${name}.${member}`);
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
    scope.names = new Map(before);
    this.#run(statement.otherwise, scope);
    for (const [name, value] of after) {
      const other = scope.names.get(name);
      if (!other || other.kind === 'unknown' || other === NONE) scope.names.set(name, value);
      else if (other !== value && other.kind === 'constant') scope.names.set(name, UNKNOWN);
    }
  }
}

const path = (text: string): Value => ({ kind: 'text', text, path: false, known: false });
