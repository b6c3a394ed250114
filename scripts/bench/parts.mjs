/** The parts of the bench and what a person asked for on the command line. */
import { parseArgs } from 'node:util';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {('services' | 'electron' | 'display')[]} uses what it cannot be measured without
 * @property {URL} module exports `measure(bench)`, see `bench.mjs` beside this file
 */

/** @type {Part[]} In the order they run. */
const parts = [
  part('launch', 'services'),
  part('log', 'services'),
  part('snapshot'),
  part('sources', 'services'),
  part('detect'),
  part('tracked'),
  part('metrics', 'services', 'electron', 'display'),
  part('sweep', 'services'),
  part('app', 'services', 'electron', 'display'),
  part('form', 'electron', 'display'),
  part('run-list', 'electron', 'display'),
  part('queue', 'electron', 'display'),
  part('idle', 'electron', 'display'),
  part('log-view', 'services', 'electron', 'display'),
];

function part(name, ...uses) {
  return { name, uses, module: new URL(`./${name}.mjs`, import.meta.url) };
}

/**
 * @param {string[]} args
 * @returns {{ chosen: Part[], json: string | undefined, quick: boolean }}
 */
export function chosenParts(args) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      json: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const wanted = values.only?.split(',') ?? parts.map(({ name }) => name);
  const unknown = wanted.filter((name) => !parts.some((known) => known.name === name));
  if (unknown.length > 0) {
    const known = parts.map(({ name }) => name).join(', ');
    throw new Error(`no such part: ${unknown.join(', ')} (there are: ${known})`);
  }
  const chosen = parts.filter(({ name }) => wanted.includes(name));
  return { chosen, json: values.json, quick: values.quick };
}
