import type { Queue, QueueVariable } from '../../shared/domain/queue.ts';
import { AppError } from '../../shared/errors.ts';
import { nearNames } from '../near-names.ts';
import type { VariableValues } from './template.ts';

/** Not what an object has anyway: such a name is lost on the way. */
const NAME = /^(?!__proto__$)\w{1,100}$/;

/** @throws AppError `E_PARAM_VALUE` for variables that no value could ever be given */
export function checkVariables(variables: Queue['variables']): void {
  for (const [name, variable] of Object.entries(variables)) {
    const wrong = NAME.test(name) ? faultOf(variable) : 'has a name that is none';
    if (wrong === null) continue;
    throw new AppError('E_PARAM_VALUE', `The variable "${name.slice(0, 100)}" ${wrong}.`, {
      next: 'Names have letters, digits and _; a default is a value that may be given.',
    });
  }
}

function faultOf({ type, minimum, maximum, ...variable }: QueueVariable): string | null {
  if (type === 'string' && (minimum ?? maximum) !== undefined)
    return 'is text: it has no minimum or maximum';
  if (type !== 'string' && variable.enum) return 'is a number: it has no list of values';
  if (variable.enum?.length === 0) return 'has an empty list of values';
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    return 'has a minimum above its maximum';
  }
  if (variable.default === undefined) return null;
  const refused = refusal({ type, minimum, maximum, ...variable }, variable.default);
  return refused && `has a default that may not be given: it must be ${refused}`;
}

/**
 * The values of the variables of a queue for one launch: those given, else the defaults.
 * @throws AppError as W&B Launch refuses them: a name that is none, a value of another type or out of bounds
 * (`E_PARAM_UNKNOWN`, `E_PARAM_TYPE`, `E_PARAM_VALUE`), one that is needed and missing (`E_PARAM_REQUIRED`)
 */
export function valuesOf(
  { name: queue, variables }: Pick<Queue, 'name' | 'variables'>,
  given: VariableValues,
  needed: readonly string[],
): VariableValues {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(variables, name)) throw unknown(queue, name, Object.keys(variables));
    refuseValue(name, variables[name]!, value);
  }
  const defaults = Object.entries(variables).flatMap(([name, { default: value }]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const values: VariableValues = { ...Object.fromEntries(defaults), ...given };
  const missing = needed.find((name) => !Object.hasOwn(values, name));
  if (missing !== undefined) throw required(queue, missing, variables[missing]);
  return values;
}

function refuseValue(name: string, variable: QueueVariable, value: string | number): void {
  const refused = refusal(variable, value);
  if (refused === null) return;
  const isType = refused === typeText(variable.type);
  throw new AppError(
    isType ? 'E_PARAM_TYPE' : 'E_PARAM_VALUE',
    isType
      ? `Value for ${name} must be of type ${variable.type}.`
      : `Value for ${name} must be ${refused}.`,
    { next: variable.description ?? `It was ${JSON.stringify(value).slice(0, 100)}.` },
  );
}

/** What a value would have to be; null for one that may be given. */
function refusal(variable: QueueVariable, value: string | number): string | null {
  const { type, minimum = -Infinity, maximum = Infinity, enum: list } = variable;
  if (type === 'string') {
    if (typeof value !== 'string') return typeText(type);
    return !list || list.includes(value) ? null : `one of ${list.join(', ')}`;
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return typeText(type);
  if (type === 'integer' && !Number.isSafeInteger(value)) return typeText(type);
  if (value < minimum) return `${minimum} or more`;
  return value > maximum ? `${maximum} or less` : null;
}

const typeText = (type: QueueVariable['type']): string => `of type ${type}`;

function unknown(queue: string, name: string, names: readonly string[]): AppError {
  const shown = name.slice(0, 100);
  const [near] = nearNames(shown, names);
  const known = names.length > 0 ? `It has: ${names.join(', ')}.` : 'It has no variables.';
  return new AppError('E_PARAM_UNKNOWN', `Queue ${queue} does not support overriding ${shown}.`, {
    next: near === undefined ? known : `Did you mean "${near}"?`,
  });
}

const required = (queue: string, name: string, variable: QueueVariable | undefined): AppError =>
  new AppError('E_PARAM_REQUIRED', `Queue ${queue} needs a value for ${name}.`, {
    next: variable?.description ?? `Give it: --set-var ${name}=...`,
  });
