import type { Parameter, ParameterTarget } from '../../../shared/domain/detection.ts';
import type { Draft } from '../reading/machine.ts';
import { textOf, toJson, type Json } from '../reading/plain.ts';
import type { Native, Value } from '../reading/values.ts';

type Needed = Pick<Draft, 'name' | 'target' | 'via' | 'evidence'>;

export const draft = (needed: Needed, more: Partial<Draft> = {}): Draft => ({
  type: null,
  value: null,
  required: false,
  choices: null,
  minimum: null,
  maximum: null,
  help: null,
  confidence: 0.95,
  command: null,
  ...needed,
  ...more,
});

type ArgumentTarget = Extract<ParameterTarget, { kind: 'argument' }>;

export const argument = (
  flag: string | null,
  style: ArgumentTarget['style'],
  more: Partial<Pick<ArgumentTarget, 'multiple' | 'negative'>> = {},
): ArgumentTarget => ({ kind: 'argument', flag, style, multiple: null, negative: null, ...more });

/** A parameter as a value of the code: `args.lr`. */
export class ParameterValue implements Native {
  readonly draft: Draft;

  constructor(of: Draft) {
    this.draft = of;
  }

  get text(): string {
    return this.draft.name;
  }
}

export const parameterOf = (value: Value | undefined): Draft | null =>
  value?.kind === 'native' && value.native instanceof ParameterValue ? value.native.draft : null;

/** The text of an argument that is a sentence for people. */
export const helpOf = (value: Value | undefined): string | null => {
  const text = value?.kind === 'text' ? null : textOf(value);
  return text ? text.replace(/\s+/g, ' ').trim() : null;
};

export const numberOf = (value: Value | undefined): number | null =>
  value?.kind === 'constant' && typeof value.value === 'number' ? value.value : null;

export const isTrue = (value: Value | undefined): boolean =>
  value?.kind === 'constant' && value.value === true;

export function choicesOf(value: Value | undefined): Json[] | null {
  const json = toJson(value);
  if (Array.isArray(json)) return json;
  return value?.kind === 'dict' ? [...value.entries.keys()] : null;
}

/** The type that a value has by itself. */
export function typeOfValue(value: Value | null): Parameter['type'] | null {
  if (value?.kind === 'list') return 'list';
  if (value?.kind === 'dict') return 'object';
  if (value?.kind === 'text') return value.path ? 'path' : 'string';
  if (value?.kind !== 'constant') return null;
  if (typeof value.value === 'number') return value.float ? 'number' : 'integer';
  if (typeof value.value === 'boolean') return 'boolean';
  return typeof value.value === 'string' ? 'string' : null;
}
