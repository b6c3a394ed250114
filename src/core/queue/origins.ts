import type { JsonValues } from '../../shared/domain/json.ts';
import type { LaunchProblem } from '../../shared/domain/launch-spec.ts';
import { isRecord } from '../../shared/is-record.ts';
import { variablesIn } from '../../shared/resource-template.ts';
import { settingsFromResourceArgs } from '../launch/resource-args.ts';
import { fillIn, type VariableValues } from './template.ts';

/** Where values come from, in a sentence, by the name of the setting or of the flag. */
export type Origins = Readonly<Record<string, string>>;

/**
 * Where settings come from that flags of a queue are made of; `queue`: its name, null for one that is being
 * made, where only variables are worth a word.
 */
export function originsOf(
  queue: string | null,
  resourceArgs: JsonValues,
  values: VariableValues,
): Origins {
  const origins: Record<string, string> = {};
  for (const [flag, value] of flagsIn(resourceArgs)) {
    const sentence = sentenceOf(queue, variablesIn(value));
    if (sentence === null) continue;
    const { settings } = settingsFromResourceArgs(fillIn({ [flag]: value }, values));
    for (const name of [flag, ...Object.keys(settings)]) origins[name] = sentence;
  }
  return origins;
}

/** Flags stand alone, or below the name of what runs here. */
const flagsIn = (args: JsonValues): [string, JsonValues[string]][] =>
  Object.entries(args).flatMap(([name, value]) =>
    name.startsWith('local-') && isRecord(value) ? flagsIn(value) : [[name, value]],
  );

function sentenceOf(queue: string | null, variables: readonly string[]): string | null {
  const names = variables.map((name) => `"${name}"`).join(' and ');
  const filled = variables.length === 1 ? `variable ${names}` : `variables ${names}`;
  if (queue === null) return variables.length === 0 ? null : `It comes from the ${filled}.`;
  return `It comes from the queue "${queue}"${variables.length === 0 ? '' : ` (${filled})`}.`;
}

/** The problems, with where the values come from that they are about. */
export const withOrigins = (
  problems: readonly LaunchProblem[],
  origins: Origins,
): LaunchProblem[] =>
  problems.map((problem) => {
    const [, name = ''] = SETTING.exec(problem.path) ?? FLAG.exec(problem.path) ?? [];
    if (!Object.hasOwn(origins, name)) return problem;
    return { ...problem, message: `${problem.message} ${origins[name]}` };
  });

const SETTING = /^settings\.(\w+)/;
const FLAG = /^resource_args\.(?:local-\w+\.)?(.+)$/;
