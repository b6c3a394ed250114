import type { JsonValues } from '../../shared/domain/json.ts';
import { DEFAULT_RUN_SETTINGS } from '../../shared/domain/launch-spec.ts';
import type { Queue, QueueVariable } from '../../shared/domain/queue.ts';
import { isRecord } from '../../shared/is-record.ts';
import { AppError } from '../../shared/errors.ts';
import { Findings } from '../delivery/findings.ts';
import { checkRun } from '../engines/process/check-run.ts';
import { checkSettings } from '../launch/check-settings.ts';
import { refuseProblems } from '../launch/refuse-problems.ts';
import { settingsFromResourceArgs } from '../launch/resource-args.ts';
import { nearNames } from '../near-names.ts';
import { fillIn, variablesIn } from './template.ts';

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
  const examples = Object.entries(variables).flatMap(([name, variable]) => {
    const value = exampleOf(variable);
    return value === null ? [] : [[name, value] as const];
  });
  const known = withoutOpen(fillIn(args, Object.fromEntries(examples)));
  const { settings, problems } = settingsFromResourceArgs(known);
  refuseProblems(problems);
  const findings = new Findings();
  const run = { ...DEFAULT_RUN_SETTINGS, ...settings };
  checkSettings(run, findings);
  refuseProblems(findings.problems);
  // The other engine has to be asked, which a launch does.
  if (engine === 'process') refuseProblems(checkRun(run));
}

function exampleOf({ type, ...variable }: QueueVariable): string | number | null {
  if (variable.default !== undefined) return variable.default;
  if (type === 'string') return variable.enum?.[0] ?? null;
  return variable.minimum ?? variable.maximum ?? null;
}

/** Without the flags whose values cannot be told yet. */
const withoutOpen = (args: JsonValues): JsonValues =>
  Object.fromEntries(
    Object.entries(args)
      .map(([name, value]) => [name, isRecord(value) ? withoutOpen(value) : value] as const)
      .filter(([, value]) => variablesIn(value).length === 0),
  );

function noVariable(name: string, names: readonly string[]): AppError {
  const [near] = nearNames(name.slice(0, 100), names);
  return new AppError('E_PARAM_UNKNOWN', `The resources use {{${name}}}, which is no variable.`, {
    next: near === undefined ? 'Add it to the variables.' : `Did you mean {{${near}}}?`,
  });
}
