import { parseArgs } from 'node:util';
import { SCENARIOS } from './scenarios/all.ts';
import type { Scenario } from './scenarios/scenario.ts';

export interface Options {
  chosen: readonly Scenario[];
  quick: boolean;
  seed: number;
  /** Where the figures are kept as JSON. */
  json: string | undefined;
  /** Whether all scenarios are done. */
  whole: boolean;
}

/** @throws Error for a scenario that there is not, or a seed that is no number */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      json: { type: 'string' },
    },
  });
  const wanted = values.only?.split(',') ?? SCENARIOS.map(({ name }) => name);
  const unknown = wanted.filter((name) => !SCENARIOS.some((known) => known.name === name));
  if (unknown.length > 0) {
    const known = SCENARIOS.map(({ name }) => name).join(', ');
    throw new Error(`no such scenario: ${unknown.join(', ')} (there are: ${known})`);
  }
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new Error(`--seed ${values.seed} is no whole number`);
  return {
    chosen: SCENARIOS.filter(({ name }) => wanted.includes(name)),
    ...{ quick: values.quick, seed, json: values.json },
    whole: values.only === undefined,
  };
}
