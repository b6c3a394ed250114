import { parseArgs } from 'node:util';
import { SCENARIOS } from './scenarios/all.ts';
import { SINGLE, singleFaults } from './scenarios/single-faults.ts';
import type { Scenario } from './scenarios/scenario.ts';

export interface Options {
  chosen: readonly Scenario[];
  /** Faults that are to be injected of those that are done once each; null for all. */
  faults: readonly string[] | null;
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
  const names = SCENARIOS.map(({ name }) => name);
  const single = SINGLE.map(({ id }) => id);
  const unknown = wanted.filter((name) => ![...names, ...single].includes(name));
  if (unknown.length > 0) {
    const known = [...names, ...single].join(', ');
    throw new Error(`no such scenario or fault: ${unknown.join(', ')} (there are: ${known})`);
  }
  const faults = wanted.filter((name) => single.includes(name));
  const needed = faults.length > 0 ? [...wanted, singleFaults.name] : wanted;
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new Error(`--seed ${values.seed} is no whole number`);
  return {
    chosen: SCENARIOS.filter(({ name }) => needed.includes(name)),
    faults: faults.length > 0 ? faults : null,
    ...{ quick: values.quick, seed, json: values.json },
    whole: values.only === undefined,
  };
}
