import type { Evidence } from '../../../shared/domain/detection.ts';
import type { ClassStatement, FunctionStatement } from '../python/ast.ts';
import type { Module } from './modules.ts';

export type Scalar = number | string | boolean | null;

/** What is known of a value without running the code. */
export type Value =
  | Constant
  /** A text or path of which parts are not known: `{name}` is a parameter, `*` anything. */
  | { kind: 'text'; text: string; path: boolean; known: boolean }
  | { kind: 'list'; items: Value[]; tuple: boolean }
  | DictValue
  /** Something of a package, by its full name: `argparse.ArgumentParser`, `builtins.int`. */
  | { kind: 'external'; name: string }
  | { kind: 'module'; module: Module }
  | FunctionValue
  | ClassValue
  | InstanceValue
  | { kind: 'native'; native: Native }
  | { kind: 'unknown' };

export interface Constant {
  kind: 'constant';
  value: Scalar;
  float: boolean;
}

export interface DictEntry {
  key: string;
  value: Value;
  evidence: Evidence;
}

/** Entries in order; a later one replaces an earlier one of the same key. */
export interface DictValue {
  kind: 'dict';
  entries: Map<string, DictEntry>;
}

export interface FunctionValue {
  kind: 'function';
  module: Module;
  statement: FunctionStatement;
  scope: Scope;
  /** What a method is called on. */
  self: InstanceValue | ClassValue | null;
}

export interface ClassValue {
  kind: 'class';
  module: Module;
  statement: ClassStatement;
  bases: Value[];
  scope: Scope;
}

export interface InstanceValue {
  kind: 'instance';
  of: ClassValue;
  fields: Map<string, Value>;
  /** The object of a package that it inherits from. */
  native: Native | null;
}

/** An object of a package whose behaviour is known to a part of detection. */
export interface Native {
  attribute?(name: string, evidence: Evidence): Value | null;
  /** Null when the method is not one that matters. */
  method?(name: string, call: Call): Value | null;
  call?(call: Call): Value;
  item?(key: string, evidence: Evidence): Value | null;
  assign?(name: string, value: Value, evidence: Evidence): void;
  /** How it is written in a path, without braces. */
  text?: string;
}

/** A call with what is known of its arguments. */
export class Call {
  readonly positional: Value[] = [];
  readonly named = new Map<string, Value>();
  readonly evidence: Evidence;

  constructor(evidence: Evidence) {
    this.evidence = evidence;
  }

  /** The argument at a position (from 0) or of a name. */
  get(position: number, ...names: string[]): Value | undefined {
    for (const name of names) {
      const value = this.named.get(name);
      if (value) return value;
    }
    return this.positional[position];
  }
}

/** Names and what they stand for, inner ones first. */
export class Scope {
  names = new Map<string, Value>();
  readonly parent: Scope | null;

  constructor(parent: Scope | null) {
    this.parent = parent;
  }

  get(name: string): Value | undefined {
    return this.names.get(name) ?? this.parent?.get(name);
  }
}

export const UNKNOWN: Value = { kind: 'unknown' };
export const NONE: Value = { kind: 'constant', value: null, float: false };

export const native = (object: Native): Value => ({ kind: 'native', native: object });
export const external = (name: string): Value => ({ kind: 'external', name });
export const constant = (value: Scalar, float = false): Constant => ({
  kind: 'constant',
  value,
  float,
});
