import type { InputField, InputSchema } from '../../shared/domain/inputs.ts';
import type { LaunchProblem, LaunchSpec } from '../../shared/domain/launch-spec.ts';
import { checkValues } from '../inputs/check-values.ts';
import { alreadyGiven } from './already-given.ts';
import type { Sent } from './deliver.ts';
import type { Findings } from '../delivery/findings.ts';

export interface InputCheck {
  schema: InputSchema;
  spec: LaunchSpec;
  sent: Sent;
  /** The entry point, and the words of the launch behind it. */
  words: readonly string[];
}

/** Tells of values that do not fit, and of those that are missing and not given in another way either. */
export function checkInputs(check: InputCheck, findings: Findings): void {
  const { schema, spec, sent, words } = check;
  const problems = checkValues(schema, spec.values);
  const missing = problems.filter(({ code }) => code === 'E_PARAM_REQUIRED');
  findings.problems.push(...problems.filter(({ code }) => code !== 'E_PARAM_REQUIRED'));
  if (missing.length === 0) return;
  const given = alreadyGiven(schema.fields, words, sent);
  for (const problem of missing) {
    const field = schema.fields.find(({ name }) => problem.path === `values.${name}`);
    if (field && given.has(field.name)) continue;
    if (field && isReadVariable(field)) findings.note(perhapsMissing(field));
    else findings.problems.push(problem);
  }
}

/**
 * A variable that the code reads in a way that fails without it. Whether it comes by that line, or has
 * the variable from its image, is not known: so nothing is kept from starting.
 */
const isReadVariable = ({ targets, origins }: InputField): boolean =>
  targets.every(({ kind }) => kind === 'environment' || kind === 'secret') &&
  origins.every(({ kind }) => kind === 'code');

const perhapsMissing = ({ name }: InputField): string =>
  `"${name}" is not given: the code reads the variable and may need it.`;

/** The spec without values that are refused, so that one fault is told once. */
export function withoutRefused(
  { fields }: InputSchema,
  spec: LaunchSpec,
  problems: readonly LaunchProblem[],
): LaunchSpec {
  const names = new Set(fields.map(({ name }) => name));
  const isRefused = (name: string): boolean =>
    problems.some(({ path }) => `${path}.`.startsWith(`values.${name}.`));
  const entries = Object.entries(spec.values).filter(
    ([name]) => names.has(name) && !isRefused(name),
  );
  return { ...spec, values: Object.fromEntries(entries) };
}
