import type { InputField } from '../../../shared/domain/inputs.ts';
import { isRecord } from '../../../shared/is-record.ts';
import type { Json } from '../../../shared/domain/json.ts';

export type Read = { value: Json } | { problem: string };

function readJson(word: string): Json | undefined {
  try {
    return JSON.parse(word) as Json;
  } catch {
    return undefined;
  }
}

function readNumber(word: string, integer: boolean): Read {
  const value = Number(word);
  if (word === '' || !Number.isFinite(value))
    return { problem: `${word || 'Nothing'} is no number` };
  if (integer && !Number.isInteger(value)) return { problem: `${word} is no whole number` };
  if (integer && !Number.isSafeInteger(value))
    return { problem: `${word} is too large to be exact` };
  return { value };
}

const quoted = (word: string): Json | undefined =>
  word.startsWith('"') ? readJson(word) : undefined;

/** Reads one word of a list of values as the type that the input has. Nothing is rounded or guessed. */
export function readValue(type: InputField['type'], word: string): Read {
  const json = readJson(word);
  switch (type) {
    case 'number':
      return readNumber(word, false);
    case 'integer':
      return readNumber(word, true);
    case 'boolean':
      return typeof json === 'boolean'
        ? { value: json }
        : { problem: `${word} is not true or false` };
    case 'list':
      return Array.isArray(json)
        ? { value: json }
        : { problem: `${word} is no list: write [1, 2]` };
    case 'object':
      return isRecord(json) ? { value: json } : { problem: `${word} is no object: write {"a": 1}` };
    case 'string':
    case 'path':
      return { value: quoted(word) ?? word };
    case 'unknown':
      return { value: json === undefined ? word : json };
  }
}
