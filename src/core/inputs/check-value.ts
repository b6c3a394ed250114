import type { InputField } from '../../shared/domain/inputs.ts';
import { isRecord } from '../../shared/is-record.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { sameJson, wordFor, WORDS_OF_TYPES } from './words.ts';

/** What is wrong with one value. */
export interface ValueFault {
  code: Extract<ErrorCode, 'E_PARAM_TYPE' | 'E_PARAM_VALUE'>;
  /** From the value: the position in a list. */
  path: string[];
  /** A sentence without its subject: "takes a number, not the text "0.1"". */
  text: string;
  next: string | null;
}

/** Names of kept secrets are those of environment variables. */
const SECRET_NAME = /^(?:run:)?[A-Za-z_][A-Za-z0-9_]*$/;
/** Differences this far below the step come from how numbers are stored. */
const STEP_PRECISION = 1e-9;

/** Everything that is wrong with a value of an input: its type is never changed to make it fit. */
export function faultsOf(field: InputField, value: Json): ValueFault[] {
  if (field.secret) return secretFaults(value);
  if (value === null && isOptional(field)) return [];
  const mistyped = typeFault(field.type, value);
  if (mistyped) return [mistyped];
  const faults = [
    choiceFault(field.choices, value),
    textFault(value),
    ...numberFaults(field, value),
  ];
  return [...faults.filter((fault) => fault !== null), ...listFaults(field, value)];
}

/** Whether null is a value of its own: for what has to be given it is none. */
export const isOptional = (field: InputField): boolean =>
  !field.required || (field.hasDefault && field.default === null);

/** The value itself is not told: it may be the secret. */
function secretFaults(value: Json): ValueFault[] {
  if (typeof value === 'string' && SECRET_NAME.test(value)) return [];
  const text = 'takes the name of a kept secret, such as API_KEY';
  return [fault('E_PARAM_VALUE', text, 'Keep the secret first, then give its name.')];
}

function typeFault(type: InputField['type'], value: Json): ValueFault | null {
  if (fits(type, value)) return null;
  const text = `takes ${WORDS_OF_TYPES[type]}, not ${wordFor(value)}`;
  return fault('E_PARAM_TYPE', text, nextFor(type, value));
}

function fits(type: InputField['type'], value: Json): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
    case 'path':
      return typeof value === 'string';
    case 'list':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
    case 'unknown':
      return true;
  }
}

/** How a text that says a value of the type is written as that value. */
function nextFor(type: InputField['type'], value: Json): string | null {
  if (typeof value !== 'string') return null;
  const isNumber = /^-?\d+(?:\.\d+)?$/.test(value) && (type === 'number' || type === 'integer');
  const isSwitch = (value === 'true' || value === 'false') && type === 'boolean';
  return isNumber || isSwitch ? `Write ${value} without quotes.` : null;
}

function choiceFault(choices: InputField['choices'], value: Json): ValueFault | null {
  if (!choices || choices.some((choice) => sameJson(choice, value))) return null;
  const shown = choices.slice(0, 12).map((choice) => JSON.stringify(choice));
  const more = choices.length > shown.length ? ', ...' : '';
  return fault(
    'E_PARAM_VALUE',
    `cannot be ${wordFor(value)}`,
    `It is one of ${shown.join(', ')}${more}.`,
  );
}

function textFault(value: Json): ValueFault | null {
  if (typeof value !== 'string') return null;
  if (value.includes('\0')) return fault('E_PARAM_VALUE', 'holds a NUL character', null);
  if (value.isWellFormed()) return null;
  return fault('E_PARAM_VALUE', 'holds half a character (a lone surrogate)', null);
}

function numberFaults(field: InputField, value: Json): (ValueFault | null)[] {
  if (typeof value !== 'number') return [];
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, step } = field;
  const rule = (broken: boolean, text: string): ValueFault | null =>
    broken ? fault('E_PARAM_VALUE', `${text}, not ${value}`, null) : null;
  return [
    Number.isInteger(value) && field.type === 'integer' && !Number.isSafeInteger(value)
      ? fault('E_PARAM_VALUE', 'is beyond 2^53, where integers are rounded', null)
      : null,
    rule(minimum !== null && value < minimum, `is at least ${minimum}`),
    rule(maximum !== null && value > maximum, `is at most ${maximum}`),
    rule(exclusiveMinimum !== null && value <= exclusiveMinimum, `is above ${exclusiveMinimum}`),
    rule(exclusiveMaximum !== null && value >= exclusiveMaximum, `is below ${exclusiveMaximum}`),
    rule(step !== null && !isMultiple(value, step), `is a multiple of ${step}`),
  ];
}

function isMultiple(value: number, step: number): boolean {
  const times = value / step;
  return Math.abs(times - Math.round(times)) <= STEP_PRECISION * Math.max(1, Math.abs(times));
}

function listFaults(field: InputField, value: Json): ValueFault[] {
  if (!Array.isArray(value)) return [];
  const { items, minItems, maxItems, uniqueItems } = field;
  const faults: ValueFault[] = [];
  const add = (text: string): number => faults.push(fault('E_PARAM_VALUE', text, null));
  if (minItems !== null && value.length < minItems) add(`has at least ${minItems} entries`);
  if (maxItems !== null && value.length > maxItems) add(`has at most ${maxItems} entries`);
  const words = new Set(value.map((each) => JSON.stringify(each)));
  if (uniqueItems && words.size < value.length) add('holds each entry once');
  for (const [at, each] of value.entries()) {
    const wrong = (items && typeFault(items.type, each)) ?? textFault(each);
    const found = wrong ?? (items && choiceFault(items.choices, each));
    if (found) faults.push({ ...found, path: [String(at)] });
  }
  return faults;
}

const fault = (code: ValueFault['code'], text: string, next: string | null): ValueFault => ({
  ...{ code, text, next },
  path: [],
});
