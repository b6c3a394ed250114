import { isRecord } from '../../shared/is-record.ts';
import type { LineReader, LineValues } from './pattern.ts';
import { numberAt } from './printed-number.ts';

const DEPTH_LIMIT = 8;
const NAME_LIMIT = 128;
const VALUES_LIMIT = 500;
/** A name, with what may come before none of it, so that no part of a word is tried again. */
const KEY = /(?<![\w./-])([A-Za-z_][\w./-]{0,127})=/g;

/** `step=10 loss=0.5 acc=0.9`, wherever in the line. */
export const keyValueReader: LineReader = (line) => {
  const values: [string, number][] = [];
  for (const found of line.matchAll(KEY)) {
    const number = numberAt(line, found.index + found[0].length);
    if (number) values.push([found[1]!, number.value]);
  }
  return withStep(values);
};

/** A line that is one JSON object; what is nested is named with dots. */
export const jsonReader: LineReader = (line) => {
  const text = line.trim();
  if (!text.startsWith('{') || !text.endsWith('}')) return null;
  const values: [string, number][] = [];
  try {
    flatten(JSON.parse(text) as object, '', values, 0);
  } catch {
    return null;
  }
  return withStep(values);
};

function flatten(object: object, prefix: string, into: [string, number][], depth: number): void {
  for (const [key, value] of Object.entries(object) as [string, unknown][]) {
    const name = prefix + key;
    if (name.length > NAME_LIMIT || into.length >= VALUES_LIMIT) continue;
    if (typeof value === 'number') into.push([name, value]);
    if (isRecord(value) && depth < DEPTH_LIMIT) flatten(value, `${name}.`, into, depth + 1);
  }
}

const STEPS = new Set(['step', '_step', 'global_step']);

function withStep(all: [string, number][]): LineValues | null {
  const values = all.filter(([name]) => !STEPS.has(name));
  if (values.length === 0) return null;
  const step = all.find(([name, value]) => STEPS.has(name) && Number.isFinite(value))?.[1] ?? null;
  return { step, values };
}
