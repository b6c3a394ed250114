import type { Evidence, Output, Parameter } from '../../../shared/domain/detection.ts';
import type { Expression } from '../python/ast.ts';
import type { Module } from './modules.ts';
import type { Call, FunctionValue, InstanceValue, Native, Scope, Value } from './values.ts';

/** A parameter while it is put together: its default is a value that may not be known wholly. */
export interface Draft {
  name: string;
  type: Parameter['type'] | null;
  value: Value | null;
  required: boolean;
  choices: Parameter['choices'];
  minimum: number | null;
  maximum: number | null;
  help: string | null;
  target: Parameter['target'];
  via: string;
  evidence: Evidence;
  confidence: number;
  command: string | null;
}

/** What was found, in the order in which the code does it. */
export interface Findings {
  drafts: Draft[];
  outputs: Output[];
  notes: Set<string>;
  /** Config files that are read by name, with the folder of the module that reads them. */
  files: { path: string; evidence: Evidence; via: string; overrides: boolean }[];
  hydra: { path: string | null; name: string; evidence: Evidence }[];
  /** `OmegaConf.from_cli` is there: keys of config files can be set on the command line. */
  fromCli: boolean;
  /** Run when everything else was read. */
  last: (() => void)[];
}

/** The reader of code, as parts that know a package see it. */
export interface Machine {
  readonly findings: Findings;
  readonly entry: Module;
  evaluate(expression: Expression, scope: Scope): Value;
  /** Reads a function's or a class's body as if it were called; gives what comes back. */
  invoke(value: Value, call: Call): Value;
  attribute(value: Value, name: string, evidence: Evidence): Value;
  /** The parts of an instance or class, own bases included: fields and methods by name. */
  member(value: Value & { kind: 'class' }, name: string): Value | null;
  newInstance(value: Value & { kind: 'class' }): InstanceValue;
  /** Notes a function to be read at the end, if nothing has read it by then. */
  later(value: FunctionValue): void;
}

/** A function of a package: called with the machine and what it was called with. */
export type Handler = (machine: Machine, call: Call, receiver: Value) => Value | null;

/** What is known of packages. */
export interface Knowledge {
  /** By full name: `argparse.ArgumentParser`. */
  functions: Readonly<Record<string, Handler>>;
  /** By name alone, for objects of which nothing is known: `to_csv`. */
  methods?: Readonly<Record<string, Handler>>;
  /** Attributes of packages that are objects: `os.environ`, `wandb.config`. */
  objects?: Readonly<Record<string, (machine: Machine) => Native>>;
}
