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
  /** Whether what it runs in may set variables by itself: an image, a Dockerfile of the person's own. */
  hasOwnVariables: boolean;
}

/** Tells of values that do not fit, and of those that are missing and not given in another way either. */
export function checkInputs(check: InputCheck, findings: Findings): void {
  const { schema, spec, sent, words, hasOwnVariables } = check;
  const problems = checkValues(schema, spec.values);
  const missing = problems.filter(({ code }) => code === 'E_PARAM_REQUIRED');
  findings.problems.push(...problems.filter(({ code }) => code !== 'E_PARAM_REQUIRED'));
  if (missing.length === 0) return;
  const given = alreadyGiven(schema.fields, words, sent);
  for (const problem of missing) {
    const field = schema.fields.find(({ name }) => problem.path === `values.${name}`);
    if (field && given.has(field.name)) continue;
    if (field && hasOwnVariables && isVariable(field)) findings.note(fromImage(field));
    else findings.problems.push(problem);
  }
}

const isVariable = ({ targets }: InputField): boolean =>
  targets.every(({ kind }) => kind === 'environment' || kind === 'secret');

const fromImage = ({ name }: InputField): string =>
  `"${name}" is not given: the program needs it from its image.`;

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
