import type { InputField } from '../../../shared/domain/inputs.ts';
import type { Json } from '../../../shared/domain/json.ts';
import type { SweepAxis } from '../../../shared/domain/sweep.ts';
import { readValue } from './read-value.ts';
import { splitWords } from './split-words.ts';

export type AxisKind = SweepAxis['kind'];

/** What one input takes in a sweep, as it was typed. */
export interface AxisDraft {
  kind: AxisKind;
  /** For `list`: words with commas between. */
  list: string;
  /** For `range`, where `to` counts when a step falls on it. */
  from: string;
  to: string;
  step: string;
  /** For `draw`. */
  min: string;
  max: string;
  scale: 'linear' | 'log';
  integer: boolean;
}

type AxisField = Pick<
  InputField,
  'name' | 'type' | 'choices' | 'default' | 'hasDefault' | 'minimum' | 'maximum' | 'step'
>;

export const isNumeric = ({ type }: Pick<InputField, 'type'>): boolean =>
  type === 'integer' || type === 'number';

/** Values to choose from instead of typing; null when there is no such list. */
export const fixedValues = (field: Pick<AxisField, 'type' | 'choices'>): readonly Json[] | null =>
  field.choices ?? (field.type === 'boolean' ? [true, false] : null);

/** A value as a word of a list, so that `readValue` reads the same from it. */
export const valueWord = (value: Json): string =>
  typeof value === 'string' && !/[",\n[\]{}()]|^\s|\s$|^$/.test(value)
    ? value
    : JSON.stringify(value);

/** A first axis of an input: the value it has now, or all of its choices. */
export function newAxis(field: AxisField, value: Json | undefined): AxisDraft {
  const own = value ?? (field.hasDefault ? field.default : undefined);
  const list = fixedValues(field) ?? (own === undefined || own === null ? [] : [own]);
  const text = (limit: number | null): string => (limit === null ? '' : String(limit));
  return {
    kind: 'list',
    list: list.map(valueWord).join(', '),
    from: text(field.minimum),
    to: text(field.maximum),
    step: text(field.step ?? (field.type === 'integer' ? 1 : null)),
    min: text(field.minimum),
    max: text(field.maximum),
    scale: 'linear',
    integer: field.type === 'integer',
  };
}

export type ReadAxis = { axis: SweepAxis } | { problem: string };

function readList(field: AxisField, draft: AxisDraft): ReadAxis {
  const values: Json[] = [];
  for (const word of splitWords(draft.list)) {
    const read = readValue(field.type, word);
    if ('problem' in read) return read;
    values.push(read.value);
  }
  if (values.length === 0) return { problem: 'Give at least one value' };
  return { axis: { kind: 'list', input: field.name, values } };
}

/** What the parts are called in the form. */
export const PART_TITLES = {
  from: 'From',
  to: 'To',
  step: 'Step',
  min: 'Least',
  max: 'Greatest',
} as const;

/** The numbers of some parts of a draft, or what is wrong with the first that is none. */
function numbersOf<K extends keyof typeof PART_TITLES>(
  draft: AxisDraft,
  names: readonly K[],
): Record<K, number> | { problem: string } {
  const found: Partial<Record<K, number>> = {};
  for (const name of names) {
    const word = draft[name].trim();
    if (word === '') return { problem: `${PART_TITLES[name]} is missing` };
    const read = readValue('number', word);
    if ('problem' in read) return { problem: `${PART_TITLES[name]}: ${read.problem}` };
    found[name] = Number(read.value);
  }
  return found as Record<K, number>;
}

function readRange(field: AxisField, draft: AxisDraft): ReadAxis {
  const numbers = numbersOf(draft, ['from', 'to', 'step']);
  if ('problem' in numbers) return numbers;
  const { from, to, step } = numbers;
  if (step === 0 || (to - from) * step < 0) return { problem: 'Such steps never reach the end' };
  if (field.type === 'integer' && !Object.values(numbers).every(Number.isSafeInteger)) {
    return { problem: `${field.name} takes whole numbers` };
  }
  return { axis: { kind: 'range', input: field.name, ...numbers } };
}

function readDraw(field: AxisField, draft: AxisDraft): ReadAxis {
  const numbers = numbersOf(draft, ['min', 'max']);
  if ('problem' in numbers) return numbers;
  if (numbers.max < numbers.min) return { problem: 'The greatest is below the least' };
  if (draft.scale === 'log' && numbers.min <= 0) {
    return { problem: 'A log scale starts above zero' };
  }
  const integer = field.type === 'integer' || draft.integer;
  return { axis: { kind: 'draw', input: field.name, ...numbers, scale: draft.scale, integer } };
}

/** The axis that a draft comes to, or what is wrong with it. Limits of the input are checked in main. */
export function readAxis(field: AxisField, draft: AxisDraft): ReadAxis {
  if (draft.kind === 'list') return readList(field, draft);
  return draft.kind === 'range' ? readRange(field, draft) : readDraw(field, draft);
}

/** Digits that a sum of such steps can have, so that 0.1 + 0.2 reads 0.3. */
const digitsOf = (n: number): number => {
  const [mantissa = '', exponent = '0'] = String(n).split('e');
  return Math.min(100, Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent)));
};

/** The first values of an axis and how many there are; of a draw there is no telling. */
export function axisValues(
  axis: SweepAxis,
  limit: number,
): { first: Json[]; count: number | null } {
  if (axis.kind === 'list')
    return { first: axis.values.slice(0, limit), count: axis.values.length };
  if (axis.kind === 'draw') return { first: [], count: null };
  const { from, to, step } = axis;
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  const digits = Math.max(digitsOf(from), digitsOf(step));
  const at = (i: number): number => Number((from + i * step).toFixed(digits)) + 0;
  return { first: Array.from({ length: Math.min(limit, count) }, (_, i) => at(i)), count };
}
