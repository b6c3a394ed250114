import type { InputField, InputSchema } from '../../shared/domain/inputs.ts';
import { isRecord } from '../../shared/is-record.ts';
import { noValues, type Json, type JsonValues } from '../../shared/domain/json.ts';
import { faultsOf } from './check-value.ts';

/** Values of inputs, and the nested rest that is none. */
export interface SplitConfig {
  values: JsonValues;
  config: JsonValues;
}

/** Which input a key of a config file or `run_config` is; null for none, or for a group of them. */
export type FieldAt = (path: readonly string[]) => InputField | null;

/**
 * Splits a `run_config` (or the config of a run): keys that are inputs become their values, the rest
 * stays config. What an input does not hand to `wandb.config` itself stays there too, since code may
 * read it in both places.
 */
export function valuesFromConfig(schema: InputSchema, runConfig: JsonValues): SplitConfig {
  const find = fieldFinder(schema, (field) => pathsIn(field, 'config'));
  const stays = (field: InputField, value: Json): boolean =>
    field.targets.every(isNotConfig) && faultsOf(field, value).length === 0;
  return splitBy(find, runConfig, stays);
}

const isNotConfig = ({ kind }: InputField['targets'][number]): boolean => kind !== 'config';

/** The paths of keys under which an input is found in `wandb.config`. */
export const pathsIn = (field: InputField, kind: 'config'): string[][] =>
  field.targets.flatMap((target) => (target.kind === kind ? [target.path] : []));

/**
 * Finds inputs by the paths they have (`pathsOf`), else by their names; `learning-rate` and
 * `learning_rate` are one name.
 */
export function fieldFinder(
  { fields }: InputSchema,
  pathsOf: (field: InputField) => string[][],
): FieldAt {
  const byPath = new Map<string, InputField>();
  const byName = new Map<string, InputField>();
  for (const field of fields.filter(({ targets }) => targets.length > 0)) {
    for (const path of pathsOf(field)) byPath.set(keyOf(path), field);
    byName.set(plainName(field.name), byName.get(plainName(field.name)) ?? field);
  }
  return (path) => byPath.get(keyOf(path)) ?? byName.get(plainName(path.join('.'))) ?? null;
}

const keyOf = (path: readonly string[]): string => JSON.stringify(path);
const plainName = (name: string): string => name.replaceAll('-', '_');

/** Takes the values of inputs out of nested values; with `stays`, a value is left there as well. */
export function splitBy(
  find: FieldAt,
  given: JsonValues,
  stays: (field: InputField, value: Json) => boolean,
): SplitConfig {
  const values = noValues();
  const take = (held: JsonValues, path: string[]): JsonValues => {
    const rest = noValues();
    for (const [name, value] of Object.entries(held)) {
      const left = leftOf(value, [...path, name]);
      if (left !== undefined) rest[name] = left;
    }
    return rest;
  };
  /** Undefined when nothing of it is left. */
  const leftOf = (value: Json, path: string[]): Json | undefined => {
    const field = find(path);
    if (field) {
      values[field.name] = value;
      return stays(field, value) ? value : undefined;
    }
    if (!isRecord(value)) return value;
    const rest = take(value, path);
    const hadSome = Object.keys(value).length > 0;
    return hadSome && Object.keys(rest).length === 0 ? undefined : rest;
  };
  return { config: take(given, []), values };
}
