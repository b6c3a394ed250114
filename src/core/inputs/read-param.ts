import type { InputField } from '../../shared/domain/inputs.ts';
import { isRecord } from '../../shared/is-record.ts';
import type { Json } from '../../shared/domain/json.ts';
import { isOptional, type ValueFault } from './check-value.ts';
import { checkDocument } from './documents/read-document.ts';
import { wordFor, WORDS_OF_TYPES } from './words.ts';

/** What a text on the command line says. */
export type ReadParam =
  { value: Json; note: string | null } | { fault: Pick<ValueFault, 'code' | 'text' | 'next'> };

/**
 * Reads what a person typed for an input, by the type of the input, and only where nothing is lost:
 * `1e3` is 1000 for an integer, and told. Lists are JSON or separated by commas, objects JSON. An empty
 * text is a text, and an empty list. `null` is null for what may be left away.
 */
export function readParam(field: InputField, text: string): ReadParam {
  if (field.secret) return plain(text);
  if (text === 'null' && takesNull(field)) return plain(null);
  if (field.type === 'list') return readList(field, text);
  return readAs(field.type, text);
}

/** For a text, `null` could be one: it is only where the code itself has null. */
const takesNull = (field: InputField): boolean => {
  const isText = field.type === 'string' || field.type === 'path';
  return isText ? field.hasDefault && field.default === null : isOptional(field);
};

function readAs(type: InputField['type'], text: string): ReadParam {
  switch (type) {
    case 'integer':
      return readInteger(text);
    case 'number':
      return readNumber(text);
    case 'boolean':
      return readSwitch(text);
    case 'string':
    case 'path':
      return plain(text);
    case 'list':
    case 'object':
      return readJsonText(type, text);
    case 'unknown':
      return readAny(text);
  }
}

/** Entries that were given one by one: each is one, commas and all, or a list of JSON. */
export function readEntries(field: InputField, texts: readonly string[]): ReadParam {
  const entries: Json[] = [];
  for (const text of texts) {
    const read = isJsonList(text) ? readJsonText('list', text) : readAs(typeOfItems(field), text);
    if ('fault' in read) return read;
    entries.push(...(isJsonList(text) && Array.isArray(read.value) ? read.value : [read.value]));
  }
  return plain(entries);
}

function readList(field: InputField, text: string): ReadParam {
  if (isJsonList(text)) return readJsonText('list', text);
  return text === '' ? plain([]) : readEntries(field, text.split(','));
}

const isJsonList = (text: string): boolean => /^\s*\[/.test(text);
const typeOfItems = (field: InputField): InputField['type'] => field.items?.type ?? 'unknown';

const NUMBER = /^([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,4}))?$/;

function readInteger(text: string): ReadParam {
  const whole = wholeOf(text);
  if (whole === null) return mistyped('integer', text);
  const number = Number(whole);
  if (!Number.isSafeInteger(number)) return beyond(text);
  return { value: number, note: /^[+-]?\d+$/.test(text) ? null : `${text} is read as ${number}.` };
}

/** Exactly: `1.50e1` is 15, `1.0000000000000000001` is no integer. */
function wholeOf(text: string): bigint | null {
  const [, sign, digits, exponent = '0'] = NUMBER.exec(text) ?? [];
  if (digits === undefined || text.length > 400) return null;
  const [before = '', after = ''] = digits.split('.');
  const shift = Number(exponent) - after.length;
  if (shift > 400) return null;
  const all = BigInt(`${before}${after}` || '0') * 10n ** BigInt(Math.max(0, shift));
  const part = 10n ** BigInt(Math.max(0, -shift));
  if (all % part !== 0n) return null;
  return (all / part) * (sign === '-' ? -1n : 1n);
}

function readNumber(text: string): ReadParam {
  if (!NUMBER.test(text)) return mistyped('number', text);
  const number = Number(text);
  const isRounded = /^[+-]?\d+$/.test(text) && !Number.isSafeInteger(number);
  return Number.isFinite(number) && !isRounded ? plain(number) : beyond(text);
}

const SWITCHES: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  yes: true,
  no: false,
  on: true,
  off: false,
  1: true,
  0: false,
};

function readSwitch(text: string): ReadParam {
  const word = text.toLowerCase();
  const value = Object.hasOwn(SWITCHES, word) ? SWITCHES[word] : undefined;
  if (value === undefined) return mistyped('boolean', text);
  const isPlain = word === 'true' || word === 'false';
  return { value, note: isPlain ? null : `${text} is read as ${value}.` };
}

function readJsonText(type: 'list' | 'object', text: string): ReadParam {
  const { value, why } = jsonIn(text);
  if (value === undefined) {
    const next = type === 'list' ? 'Write it as JSON, [1, 2], or as 1,2.' : 'Write it as JSON.';
    return { fault: { code: 'E_PARAM_TYPE', text: `is no JSON: ${why}`, next } };
  }
  const fits = type === 'list' ? Array.isArray(value) : isRecord(value);
  return fits ? plain(value) : mistyped(type, text);
}

/** The one value of JSON in a text. */
function jsonIn(text: string): { value?: Json; why: string } {
  const { values, problem } = checkDocument(`{"":${text}\n}`, 'json');
  const [value, ...others] = Object.values(values ?? {});
  const why = problem?.message.replace(/^Line \d+, column \d+: |\.$/g, '') ?? 'it is more than one';
  return value === undefined || others.length > 0 ? { why } : { value, why };
}

/** JSON where it is, else the text: what cannot be kept exactly stays text, too. */
function readAny(text: string): ReadParam {
  const { value } = jsonIn(text);
  return plain(value === undefined || text.trim() === '' ? text : value);
}

const plain = (value: Json): ReadParam => ({ value, note: null });

const EXAMPLES: Readonly<Partial<Record<InputField['type'], string>>> = {
  integer: 'Write it in digits, as in 3.',
  number: 'Write it as 0.1 or 1e-3.',
  boolean: 'Write true or false.',
  list: 'Write it as [1, 2] or 1,2.',
  object: 'Write it as JSON, {"name": 1}.',
};

const mistyped = (type: InputField['type'], text: string): ReadParam => ({
  fault: {
    code: 'E_PARAM_TYPE',
    text: `takes ${WORDS_OF_TYPES[type]}, not ${wordFor(text)}`,
    next: EXAMPLES[type] ?? null,
  },
});

const beyond = (text: string): ReadParam => ({
  fault: {
    code: 'E_PARAM_VALUE',
    text: `cannot be ${text.slice(0, 60)}: a number is kept exactly up to 2^53`,
    next: 'Give a smaller number.',
  },
});
