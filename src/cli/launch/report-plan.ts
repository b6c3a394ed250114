import type { ErrorCode } from '../../shared/errors.ts';
import type { LaunchPlan, LaunchProblem } from '../../shared/domain/launch-spec.ts';
import { formatEntryPoint } from '../../core/detect/entry-point.ts';
import { inTerminal } from '../next-step.ts';
import { indent, printFields, printLine, say } from '../output.ts';

/** Prints what a launch would do: `origins` says where the values of variables come from. */
export async function printPlan(
  plan: LaunchPlan,
  origins: ReadonlyMap<string, string>,
  patchOf: (file: { path: string; text: string }) => Promise<string>,
): Promise<void> {
  const { delivery, engine, environment, settings, notes } = plan;
  printFields([
    ['command', formatEntryPoint(delivery.argv) || "the image's own"],
    ['engine', engine ?? 'as the setting says'],
    ['runs in', environment || '-'],
    ...settings.map(
      ({ label, text }) => [label.toLowerCase(), text.replaceAll('\n', ', ')] as const,
    ),
  ]);
  printSection('config', configLines(delivery.config));
  printSection('environment', environmentLines(plan, origins));
  for (const file of delivery.files) printSection(`file ${file.path}`, [await patchOf(file)]);
  printSection('notes', notes);
  for (const problem of plan.problems) sayProblem(problem);
}

function printSection(title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  printLine(`${title}:`);
  for (const line of lines) printLine(indent(line.trimEnd()));
}

const configLines = (config: LaunchPlan['delivery']['config']): string[] =>
  Object.entries(config).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);

/** Secrets by name: their values are not read to make a plan. */
function environmentLines(
  { delivery: { env, secrets } }: LaunchPlan,
  origins: ReadonlyMap<string, string>,
): string[] {
  const from = (key: string): string => `(${origins.get(key) ?? 'Slipway'})`;
  return [
    ...Object.entries(env).map(([key, value]) => `${key}=${shortened(value)}  ${from(key)}`),
    ...secrets.map(({ variable, secret }) => `${variable}=<secret ${secret}>  ${from(variable)}`),
  ];
}

const MOST_CHARACTERS = 200;

const shortened = (text: string): string =>
  text.length <= MOST_CHARACTERS
    ? text
    : `${text.slice(0, MOST_CHARACTERS)}... (${text.length} characters)`;

export function sayProblem({ code, path, message, next }: LaunchProblem): void {
  say(`problem ${code} at ${path}: ${message}`);
  const error = { code: code as ErrorCode, message, ...(next !== null && { next }) };
  const told = inTerminal(error).next;
  if (told !== undefined) say(`  next: ${told}`);
}
