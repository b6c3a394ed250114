import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Detection, Parameter } from '../../../shared/domain/detection.ts';
import type { Json } from '../reading/plain.ts';
import { detect } from '../detect.ts';
import { entriesOf, readerOf } from '../test-tree.ts';

/** A name (behind its command, if any), the type, and the default if there is one. */
export type Label = [name: string, type: string, value?: Json];

export interface LabelledCase {
  name: string;
  entry: string;
  /** Written with the others, but not looked at while detection was made to fit. */
  holdout: boolean;
  labels: Label[];
  files: Record<string, string>;
}

const FOLDER = join(import.meta.dirname, 'cases');

/** The labelled scripts beside this file: what a person says that they take. */
export function labelledCases(): LabelledCase[] {
  return readdirSync(FOLDER).map((name) => {
    const folder = join(FOLDER, name);
    const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile() && each.name !== 'labels.json')
      .map((each) => join(each.parentPath, each.name));
    const files = Object.fromEntries(
      paths.map((path) => [
        relative(folder, path).split(sep).join('/'),
        readFileSync(path, 'utf8'),
      ]),
    );
    const said = JSON.parse(readFileSync(join(folder, 'labels.json'), 'utf8')) as {
      entry: string;
      holdout?: boolean;
      parameters: Label[];
    };
    const { entry, holdout = false, parameters } = said;
    return { name, entry, holdout, labels: parameters, files };
  });
}

export const detectCase = ({ files, entry }: LabelledCase): Promise<Detection> =>
  detect(entriesOf(files), readerOf(files), { entryPoint: ['python', entry] });

export interface Score {
  labels: number;
  found: number;
  right: number;
  rightTypes: number;
  rightDefaults: number;
  defaults: number;
  /** What was missed, found without being one, or found with another type or default. */
  faults: string[];
}

const nameOf = ({ command, name }: Parameter): string =>
  command === null ? name : `${command} ${name}`;

/** Compares what was found with the labels. */
export function score({ name: at, labels }: LabelledCase, found: readonly Parameter[]): Score {
  const byName = new Map(found.map((each) => [nameOf(each), each]));
  const names = new Set(labels.map(([name]) => name));
  const faults = [...byName.keys()].filter((name) => !names.has(name)).map((name) => `+ ${name}`);
  const total = { right: 0, rightTypes: 0, rightDefaults: 0, defaults: 0 };
  for (const [name, type, ...rest] of labels) {
    const parameter = byName.get(name);
    if (!parameter) faults.push(`- ${name}`);
    if (!parameter) continue;
    total.right += 1;
    if (parameter.type === type) total.rightTypes += 1;
    else faults.push(`type of ${name}: ${parameter.type}, not ${type}`);
    if (rest.length === 0) continue;
    total.defaults += 1;
    if (JSON.stringify(parameter.default) === JSON.stringify(rest[0])) total.rightDefaults += 1;
    else faults.push(`default of ${name}: ${JSON.stringify(parameter.default)}`);
  }
  const prefixed = faults.map((fault) => `${at}: ${fault}`);
  return { labels: labels.length, found: byName.size, ...total, faults: prefixed };
}

/** The scores of several cases as one. */
export const sum = (scores: readonly Score[]): Score => ({
  labels: add(scores.map((each) => each.labels)),
  found: add(scores.map((each) => each.found)),
  right: add(scores.map((each) => each.right)),
  rightTypes: add(scores.map((each) => each.rightTypes)),
  rightDefaults: add(scores.map((each) => each.rightDefaults)),
  defaults: add(scores.map((each) => each.defaults)),
  faults: scores.flatMap((each) => each.faults),
});

const add = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
