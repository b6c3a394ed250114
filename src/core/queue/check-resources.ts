import type { JsonValues } from '../../shared/domain/json.ts';
import { DEFAULT_RUN_SETTINGS, type RunSettings } from '../../shared/domain/launch-spec.ts';
import type { Queue, QueueVariable } from '../../shared/domain/queue.ts';
import { isRecord } from '../../shared/is-record.ts';
import { AppError } from '../../shared/errors.ts';
import { variablesIn } from '../../shared/resource-template.ts';
import { Findings } from '../delivery/findings.ts';
import { checkRun } from '../engines/process/check-run.ts';
import { checkSettings } from '../launch/check-settings.ts';
import { refuseProblems } from '../launch/refuse-problems.ts';
import { settingsFromResourceArgs } from '../launch/resource-args.ts';
import { nearNames } from '../near-names.ts';
import { originsOf, withOrigins } from './origins.ts';
import { fillIn, type VariableValues } from './template.ts';

/** Values of one list that are looked at: a person wrote no more. */
const LISTED = 100;

/**
 * Whether every launch could be given the resources of a queue. Flags with a variable that may be any text
 * are looked at when it is known.
 * @throws AppError `E_PARAM_UNKNOWN` for a variable that is not there; for the first flag that cannot be used
 */
export function checkResources({
  resourceArgs: args,
  variables,
  engine,
}: Pick<Queue, 'resourceArgs' | 'variables' | 'engine'>): void {
  for (const name of variablesIn(args)) {
    if (!Object.hasOwn(variables, name)) throw noVariable(name, Object.keys(variables));
  }
  const usual = usualValues(variables);
  for (const values of [usual, ...otherValues(variables, usual)]) {
    const run = settingsWith(args, values);
    // The other engine has to be asked: see `QueueMaker`.
    if (engine === 'process') refuseProblems(checkRun(run));
  }
}

/** What a launch with these values would have; flags that no value is known for are left out. */
function settingsWith(args: JsonValues, values: VariableValues): RunSettings {
  const { settings, problems } = settingsFromResourceArgs(withoutOpen(fillIn(args, values)));
  const origins = originsOf(null, args, values);
  refuseProblems(withOrigins(problems, origins));
  const findings = new Findings();
  const run = { ...DEFAULT_RUN_SETTINGS, ...settings };
  checkSettings(run, findings);
  refuseProblems(withOrigins(findings.problems, origins));
  return run;
}

/** A value that a launch may have, of each variable where one is known. */
function usualValues(variables: Queue['variables']): VariableValues {
  const examples = Object.entries(variables).flatMap(([name, variable]) => {
    const value = exampleOf(variable);
    return value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(examples);
}

/** The others of the lists that variables have. */
const otherValues = (variables: Queue['variables'], usual: VariableValues): VariableValues[] =>
  Object.entries(variables).flatMap(([name, variable]) =>
    (variable.enum ?? [])
      .slice(0, LISTED)
      .filter((value) => value !== usual[name])
      .map((value) => ({ ...usual, [name]: value })),
  );

function exampleOf({ type, ...variable }: QueueVariable): string | number | null {
  if (variable.default !== undefined) return variable.default;
  if (type === 'string') return variable.enum?.[0] ?? null;
  return variable.minimum ?? variable.maximum ?? null;
}

/** Without the flags whose values cannot be told yet. */
export const withoutOpen = (args: JsonValues): JsonValues =>
  Object.fromEntries(
    Object.entries(args)
      .map(([name, value]) => [name, isRecord(value) ? withoutOpen(value) : value] as const)
      .filter(([, value]) => variablesIn(value).length === 0),
  );

/**
 * Whether the resources use every variable: a launch would be asked for one in vain. `before`: as it was, with those
 * that may stay as they are.
 * @throws AppError `E_PARAM_VALUE`
 */
export function checkUsed(
  queue: Pick<Queue, 'resourceArgs' | 'variables'>,
  before: Pick<Queue, 'resourceArgs' | 'variables'> | null,
): void {
  const old = before ? unusedIn(before) : [];
  const name = unusedIn(queue).find((each) => !old.includes(each));
  if (name === undefined) return;
  throw new AppError('E_PARAM_VALUE', `No resource of the queue uses {{${name}}}.`, {
    next: `Write {{${name}}} where the value is to stand in the resources, or leave the variable out.`,
  });
}

function unusedIn({ resourceArgs, variables }: Pick<Queue, 'resourceArgs' | 'variables'>) {
  const used = variablesIn(resourceArgs);
  return Object.keys(variables).filter((name) => !used.includes(name));
}

function noVariable(name: string, names: readonly string[]): AppError {
  const [near] = nearNames(name.slice(0, 100), names);
  return new AppError('E_PARAM_UNKNOWN', `The resources use {{${name}}}, which is no variable.`, {
    next: near === undefined ? 'Add it to the variables.' : `Did you mean {{${near}}}?`,
  });
}
