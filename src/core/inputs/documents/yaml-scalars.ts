import { isScalar, visit, type Document, type Scalar, type YAMLMap } from 'yaml';
import { DocumentFault, type Place } from './fault.ts';

const NOTED = 5;

/**
 * What Python's usual reader, which has YAML 1.1, makes something else of. `here` is the type that the
 * word has for us, after https://yaml.org/spec/1.2.2/ext/changes/ and PyYAML's resolver.
 */
const ELSEWHERE: readonly { word: RegExp; here: 'number' | 'bigint' | 'string'; text: string }[] = [
  {
    word: /^[-+]?(?:\d+|\d*\.\d*)[eE]\d+$/,
    here: 'number',
    text: 'a number here; PyYAML reads it as text',
  },
  { word: /^[-+]?\d+[eE][-+]\d+$/, here: 'number', text: 'a number here; PyYAML reads it as text' },
  { word: /^0o[0-7]+$/, here: 'bigint', text: 'a number here; PyYAML reads it as text' },
  {
    word: /^[-+]?0[0-7]+$/,
    here: 'bigint',
    text: 'a decimal number here; PyYAML reads it as an octal one',
  },
  {
    word: /^(?:yes|no|on|off)$/i,
    here: 'string',
    text: 'text here; PyYAML reads it as true or false',
  },
  {
    word: /^[-+]?\d[\d_]*_[\d_]*$/,
    here: 'string',
    text: 'text here; PyYAML reads it as a number',
  },
  {
    word: /^[-+]?\d+(?::[0-5]?\d)+$/,
    here: 'string',
    text: 'text here; PyYAML reads it as a number',
  },
  {
    word: /^\d{4}-\d\d?-\d\d?(?:$|[tT\s])/,
    here: 'string',
    text: 'text here; PyYAML reads it as a date',
  },
];

/** Refuses names that are there twice and numbers that would be changed; gives what to know of others. */
export function lookThrough(
  document: Document.Parsed,
  placeAt: (offset: number) => Place,
): string[] {
  const notes: string[] = [];
  visit(document, {
    Map: (_, map) => refuseTwice(map, placeAt),
    Scalar(_, node) {
      const place = placeAt(node.range?.[0] ?? 0);
      refuseChanged(node, place);
      const note = notes.length < NOTED ? noteOf(node, place) : null;
      if (note !== null) notes.push(note);
    },
  });
  return notes;
}

function refuseTwice(map: YAMLMap, placeAt: (offset: number) => Place): void {
  const names = new Set<string>();
  for (const { key } of map.items) {
    if (!isScalar(key)) continue;
    const name = String(key.value);
    if (!names.has(name)) {
      names.add(name);
      continue;
    }
    const place = placeAt(key.range?.[0] ?? 0);
    const text = `"${name}" is there twice.`;
    throw new DocumentFault('E_JSON', { place, text, next: 'Remove one of them.' });
  }
}

function refuseChanged({ value, source }: Scalar, place: Place): void {
  const word = (source ?? String(value)).slice(0, 40);
  const fail = (text: string, next: string): never => {
    throw new DocumentFault('E_JSON', { place, text, next });
  };
  if (typeof value === 'number' && !Number.isFinite(value)) {
    fail(`${word} is no number of JSON.`, 'Give a finite number, or null.');
  }
  if (typeof value === 'bigint' && !Number.isSafeInteger(Number(value))) {
    fail(`${word} is beyond 2^53 and would be rounded.`, 'Put it in quotes.');
  }
  if (typeof value === 'string' && !value.isWellFormed()) {
    fail('half a character (a lone surrogate) stands in a text.', 'Remove it.');
  }
}

function noteOf({ type, value, source }: Scalar, { line }: Place): string | null {
  if (type !== 'PLAIN' || source === undefined) return null;
  const rule = ELSEWHERE.find(({ word, here }) => typeof value === here && word.test(source));
  return rule ? `Line ${line}: ${source} is ${rule.text}.` : null;
}
