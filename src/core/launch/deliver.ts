import type { InputField, InputTarget } from '../../shared/domain/inputs.ts';
import type { LaunchSpec, SecretUse } from '../../shared/domain/launch-spec.ts';
import { noValues, type Json, type JsonValues } from '../../shared/domain/json.ts';
import { mergeJson, putAll, putValue } from '../delivery/json.ts';
import { secretNameOf } from './check-secrets.ts';
import { configWithValues } from './config-with-values.ts';
import type { Findings } from '../delivery/findings.ts';

/** Where the values go that are no arguments. */
export interface Sent {
  config: JsonValues;
  env: Record<string, string>;
  secrets: SecretUse[];
  /** Values by path of the file, from the folder of the code. */
  files: Map<string, JsonValues>;
}

/**
 * Sends each value to its targets, and what the spec says outright behind that. `context` is the folder
 * of the code in its tree: paths that detection found begin with it.
 */
export function deliver(
  spec: LaunchSpec,
  fields: readonly InputField[],
  context: string,
  findings: Findings,
): Sent {
  const config = configWithValues(spec, fields, findings);
  const sender = new Sender({ ...spec, config }, context, findings);
  for (const field of fields) {
    const value = Object.hasOwn(spec.values, field.name) ? spec.values[field.name] : undefined;
    if (value === undefined) continue;
    for (const target of field.targets) sender.send(field, target, value);
  }
  return sender.all();
}

const WORDS: Readonly<Record<InputTarget['kind'], string>> = {
  argument: 'an argument',
  config: 'a part of its config',
  file: 'a value of a file',
  environment: 'a plain variable',
  constant: 'a constant',
  secret: 'a secret',
};

class Sender {
  readonly #spec: LaunchSpec;
  readonly #context: string;
  readonly #findings: Findings;
  readonly #env: Record<string, string> = {};
  readonly #secrets: SecretUse[] = [];
  readonly #files = new Map<string, JsonValues>();
  readonly #config = noValues();

  constructor(spec: LaunchSpec, context: string, findings: Findings) {
    this.#spec = spec;
    this.#context = context;
    this.#findings = findings;
  }

  send(field: InputField, target: InputTarget, value: Json): void {
    if (field.secret && target.kind !== 'secret') this.#refuseOpenly(field, target);
    else this.#sendTo(field, target, value);
  }

  #refuseOpenly({ name }: InputField, { kind }: InputTarget): void {
    this.#findings.problem(
      'E_PARAM_VALUE',
      `values.${name}`,
      `"${name}" is a secret, and the code takes it as ${WORDS[kind]}, where it could be seen.`,
      'Let the code read it from an environment variable.',
    );
  }

  #sendTo(field: InputField, target: InputTarget, value: Json): void {
    switch (target.kind) {
      case 'config':
        putValue(this.#config, target.path, value);
        return;
      case 'file':
        putValue(this.#file(this.#fromContext(target.path)), target.key, value);
        return;
      case 'environment':
        this.#toEnvironment(field, target.variable, value);
        return;
      case 'secret':
        this.#toSecret(field, target.variable, value);
        return;
      case 'argument':
      case 'constant':
    }
  }

  all(): Sent {
    const { config, env, secrets, files } = this.#spec;
    for (const [path, values] of Object.entries(files)) putAll(this.#file(path), values);
    return {
      config: mergeJson(config, this.#config),
      env: { ...this.#env, ...env },
      secrets: [...this.#secrets, ...secrets.map(kept)],
      files: this.#files,
    };
  }

  #file(path: string): JsonValues {
    const known = this.#files.get(path) ?? noValues();
    this.#files.set(path, known);
    return known;
  }

  #fromContext(path: string): string {
    const before = this.#context === '' ? '' : `${this.#context}/`;
    return path.startsWith(before) ? path.slice(before.length) : path;
  }

  #toEnvironment(field: InputField, variable: string, value: Json): void {
    if (value === null) return;
    if (Object.hasOwn(this.#spec.env, variable)) {
      this.#findings.note(
        `${variable} is given as a variable: that is what the program gets, not the input "${field.name}".`,
      );
      return;
    }
    this.#env[variable] = typeof value === 'string' ? value : JSON.stringify(value);
  }

  #toSecret(field: InputField, variable: string, value: Json): void {
    if (typeof value !== 'string' || value === '') return;
    if (this.#spec.secrets.some((each) => each.variable === variable)) {
      this.#findings.note(
        `${variable} is given among the secrets: that is what the program gets, not the input "${field.name}".`,
      );
      return;
    }
    this.#secrets.push({ variable, secret: secretNameOf(value) });
  }
}

const kept = ({ variable, secret }: SecretUse): SecretUse => ({
  variable,
  secret: secretNameOf(secret),
});
