import type { InputField, InputSchema } from '../../shared/domain/inputs.ts';
import type { JsonValues } from '../../shared/domain/json.ts';
import type { LaunchProblem, LaunchSpec } from '../../shared/domain/launch-spec.ts';
import { nearNames } from '../near-names.ts';
import { faultsOf, type ValueFault } from './check-value.ts';
import { DocumentFault } from './documents/fault.ts';
import { checkLimits } from './documents/limits.ts';

/** Unknown names for which near ones are looked for, and the longest of them. */
const SUGGESTED = 10;
const LONGEST = 100;

/**
 * Everything that is wrong with the values given for the inputs of a version, those left away that have
 * to be given included. Values beyond the limits of a launch are one problem, and not looked at.
 */
export function checkValues(schema: InputSchema, values: JsonValues): LaunchProblem[] {
  const beyond = limitProblem({ values, config: {}, files: {} });
  if (beyond) return [beyond];
  const fields = new Map(schema.fields.map((field) => [field.name, field]));
  let unknown = 0;
  const problems = Object.keys(values).flatMap((name) => {
    const field = fields.get(name);
    return field ? problemsOf(field, values) : [unknownName(name, schema, unknown++ < SUGGESTED)];
  });
  return [...problems, ...missing(schema, values)];
}

/** What of a spec is together more than a launch may be given: 64 levels, 5,000 names, 1 MB. */
export function limitProblem(
  spec: Pick<LaunchSpec, 'values' | 'config' | 'files'>,
): LaunchProblem | null {
  try {
    checkLimits([spec.config]);
    checkLimits([spec.values, withoutCopies(spec), ...Object.values(spec.files)]);
    return null;
  } catch (error) {
    if (!(error instanceof DocumentFault)) throw error;
    const { code, message, next } = error.problem;
    return { code, path: 'values', message, next };
  }
}

function problemsOf(field: InputField, values: JsonValues): LaunchProblem[] {
  const { name } = field;
  if (field.targets.length === 0) return [constantProblem(name)];
  return faultsOf(field, values[name] ?? null).map((fault) => problemOf(name, fault));
}

export const problemOf = (name: string, { code, path, text, next }: ValueFault): LaunchProblem => ({
  code,
  path: ['values', name, ...path].join('.'),
  message: path.length === 0 ? `"${name}" ${text}.` : `Entry ${path[0]} of "${name}" ${text}.`,
  next,
});

export const constantProblem = (name: string): LaunchProblem => ({
  code: 'E_PARAM_VALUE',
  path: `values.${name}`,
  message: `"${name}" is fixed in the code and cannot be set from outside.`,
  next: 'Change it in the code, and make a new version.',
});

/** With near names, unless there are very many of these. */
export function unknownName(name: string, schema: InputSchema, suggest = true): LaunchProblem {
  const near = suggest && name.length <= LONGEST ? nearNames(name, settable(schema)) : [];
  const meant = near.map((each) => `"${each}"`).join(', ');
  return {
    code: 'E_PARAM_UNKNOWN',
    path: `values.${name}`,
    message: `There is no input "${name.length <= LONGEST ? name : `${name.slice(0, LONGEST)}…`}".`,
    next: near.length > 0 ? `Did you mean ${meant}?` : 'List the inputs to see what there is.',
  };
}

const settable = ({ fields }: InputSchema): string[] =>
  fields.filter(({ targets }) => targets.length > 0).map(({ name }) => name);

/** Those of a sub-command are only needed when something of it is set. */
function missing({ fields }: InputSchema, values: JsonValues): LaunchProblem[] {
  const isSet = ({ name }: InputField): boolean => Object.hasOwn(values, name);
  const commands = new Set(fields.filter(isSet).map(({ command }) => command));
  return fields
    .filter((field) => field.required && !field.hasDefault && field.targets.length > 0)
    .filter((field) => field.command === null || commands.has(field.command))
    .filter((field) => !isSet(field))
    .map(({ name, help }) => ({
      code: 'E_PARAM_REQUIRED',
      path: `values.${name}`,
      message: `"${name}" has to be given.`,
      next: help,
    }));
}

/** What `run_config` says of inputs is in both: it counts once. */
const withoutCopies = ({ values, config }: Pick<LaunchSpec, 'values' | 'config'>): JsonValues =>
  Object.fromEntries(Object.entries(config).filter(([name]) => !Object.hasOwn(values, name)));
