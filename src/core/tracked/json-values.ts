import { randomUUID } from 'node:crypto';
import { noValues } from '../../shared/domain/json.ts';
import type { TrackedValue } from './tracked-run.ts';

/** Levels of nesting that are taken. */
const DEPTH_LIMIT = 64;
/** Values inside one value that are taken: aliases of YAML can make few bytes very many. */
const COUNT_LIMIT = 1_000_000;

const TOKENS = ['NaN', '-Infinity', 'Infinity'] as const;
// JSON has no word for NaN. Nobody can have written this text, since it is new with every start.
const NAN_TEXT = `NaN ${randomUUID()}`;
// 1e999 is valid JSON, and infinity.
const WORDS = { NaN: JSON.stringify(NAN_TEXT), Infinity: '1e999', '-Infinity': '-1e999' };

/**
 * Reads JSON as Python writes it: with the bare words `NaN`, `Infinity` and `-Infinity`. Throws for
 * what is no JSON, or nested too deeply.
 */
export function parseValue(text: string): TrackedValue {
  return toValue(parseJson(text));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!TOKENS.some((token) => text.includes(token))) throw error;
    return JSON.parse(replaceTokens(text));
  }
}

/** Puts JSON in the place of the bare words, outside of strings. */
function replaceTokens(text: string): string {
  let result = '';
  let kept = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') at = stringEnd(text, at);
    const token = TOKENS.find((word) => text.startsWith(word, at));
    if (token === undefined) continue;
    result += text.slice(kept, at) + WORDS[token];
    at += token.length - 1;
    kept = at + 1;
  }
  return result + text.slice(kept);
}

/** Where the string that begins at `start` ends. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

/**
 * Plain data as values: objects lose their prototype, what is no value of JSON becomes null.
 * Throws for data that is nested too deeply or far too large.
 */
export function toValue(data: unknown): TrackedValue {
  let count = 0;
  const convert = (item: unknown, depth: number): TrackedValue => {
    if (depth > DEPTH_LIMIT) throw new Error(`nested more than ${DEPTH_LIMIT} levels deep`);
    if (++count > COUNT_LIMIT) throw new Error(`more than ${COUNT_LIMIT} values`);
    if (Array.isArray(item)) return item.map((element) => convert(element, depth + 1));
    if (typeof item !== 'object' || item === null) return scalar(item);
    const values = noValues();
    for (const [name, value] of Object.entries(item)) values[name] = convert(value, depth + 1);
    return values;
  };
  return convert(data, 0);
}

function scalar(item: unknown): TrackedValue {
  if (item === NAN_TEXT) return Number.NaN;
  if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean')
    return item;
  return null;
}

/** The value if it is a text that says something. */
export const textValue = (value: TrackedValue | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
