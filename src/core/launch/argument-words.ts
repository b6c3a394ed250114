import type { InputField, InputTarget } from '../../shared/domain/inputs.ts';
import type { Json } from '../../shared/domain/json.ts';
import { hydraText } from './hydra-text.ts';
import { plainDecimal } from './plain-decimal.ts';
import { pythonWord } from './python-text.ts';

export type ArgumentTarget = Extract<InputTarget, { kind: 'argument' }>;

/** More than that of one flag is no count any more. */
const COUNT_LIMIT = 1000;

/** What a value comes to: the words, or why there are none. */
export type Words = { words: string[] } | { problem: string };

/** What of the code reads an argument: `argparse`, `click`, ...; empty when that is not known. */
export const readerOf = (field: InputField): string =>
  field.origins.find(({ kind }) => kind === 'code')?.text.split(/[, ]/, 1)[0] ?? '';

/** Readers that take words by `literal_eval`, so that text that looks like a number needs quotes. */
const LITERAL_READERS = new Set(['fire', 'global']);

/**
 * A value as one word that is no flag, by what reads it: text as it stands, lists of absl with commas,
 * other lists and objects as JSON, truth values as Python spells them.
 */
export function valueWord(field: InputField, value: Json): string {
  const reader = readerOf(field);
  if (LITERAL_READERS.has(reader)) return pythonWord(value);
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return plainDecimal(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value) && reader === 'absl') return value.map((each) => listed(each)).join(',');
  return JSON.stringify(value);
}

/** absl reads its lists as a line of CSV. */
function listed(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The words that give an argument a value. None for what is left to the code. */
export function argumentWords(field: InputField, target: ArgumentTarget, value: Json): Words {
  const flag = target.flag ?? '';
  switch (target.style) {
    case 'hydra':
      return { words: [`${flag}=${hydraText(value)}`] };
    case 'sacred':
      return { words: [`${flag}=${pythonWord(value)}`] };
    case 'flag':
    case 'negatable-flag':
      return flagWords(field, target, value);
    case 'positional':
      return { words: partsOf(target, value).map((each) => valueWord(field, each)) };
    case 'space':
    case 'equals':
      return value === null ? { words: [] } : optionWords(field, target, value);
  }
}

/** Of an argument that takes several values each as its own, else the value alone; none for null. */
function partsOf({ multiple }: ArgumentTarget, value: Json): Json[] {
  if (value === null) return [];
  return multiple !== null && Array.isArray(value) ? value : [value];
}

function flagWords(
  field: InputField,
  { flag, negative, multiple }: ArgumentTarget,
  value: Json,
): Words {
  const word = flag ?? '';
  if (value === null) return { words: [] };
  if (negative !== null) return { words: [value === true ? word : negative] };
  if (multiple === 'repeat') {
    const count = Array.isArray(value) ? value.length : Number(value);
    if (count > COUNT_LIMIT) return { problem: `can be given ${COUNT_LIMIT} times at most` };
    return { words: Array.from({ length: count }, () => word) };
  }
  // `--no-cuda` with the default true is given to get false.
  const isGiven = typeof value === 'boolean' ? value !== (field.default === true) : true;
  return { words: isGiven ? [word] : [] };
}

function optionWords(field: InputField, target: ArgumentTarget, value: Json): Words {
  const flag = target.flag ?? '';
  const texts = partsOf(target, value).map((each) => valueWord(field, each));
  if (target.multiple === 'words') return severalWords(field, flag, texts);
  return { words: texts.flatMap((text) => pairOf(target.style, flag, text)) };
}

/** What begins with a dash is written so that it is no flag: `--x=-1`, `-x-1`. */
function pairOf(style: ArgumentTarget['style'], flag: string, text: string): string[] {
  const isAttached = style === 'equals' || text.startsWith('-');
  if (!isAttached) return [flag, text];
  return [/^-[^-]$/.test(flag) ? flag + text : `${flag}=${text}`];
}

const NEGATIVE_NUMBER = /^-\d+$|^-\d*\.\d+$/;
/** Readers that take the number of words they expect, whatever the words look like. */
const COUNTING_READERS = new Set(['click', 'typer']);

function severalWords(field: InputField, flag: string, texts: string[]): Words {
  const dashed = texts.find((text) => text.startsWith('-') && !NEGATIVE_NUMBER.test(text));
  const isPlain = dashed === undefined || COUNTING_READERS.has(readerOf(field));
  if (isPlain) return { words: [flag, ...texts] };
  if (texts.length === 1) return { words: pairOf('equals', flag, dashed) };
  return { problem: `holds ${JSON.stringify(dashed)}, which would be read as an option` };
}
