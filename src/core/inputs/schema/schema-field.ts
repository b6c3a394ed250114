import type { InputField } from '../../../shared/domain/inputs.ts';
import type { Json, JsonValues } from '../../../shared/domain/json.ts';
import { plainField } from '../plain-field.ts';
import { faultsOf } from '../check-value.ts';
import { badSchema, type Place } from './fault.ts';
import type { Node } from './resolve.ts';

/** What a schema says of one input. */
export interface SchemaField {
  path: string[];
  field: InputField;
}

const TYPES: Readonly<Record<string, InputField['type']>> = {
  boolean: 'boolean',
  integer: 'integer',
  number: 'number',
  string: 'string',
  object: 'object',
  array: 'list',
};

export const KNOWN_WORDS: ReadonlySet<string> = new Set([
  ...[
    'type',
    'title',
    'description',
    'label',
    'placeholder',
    'required',
    'format',
    'enum',
    'const',
  ],
  ...['properties', 'items', 'uniqueItems', 'minItems', 'maxItems', 'default', 'multipleOf'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  // Said of a schema itself, or to readers of it.
  ...['$schema', '$id', '$defs', 'definitions', '$comment', 'examples', 'additionalProperties'],
  ...['deprecated', 'readOnly', 'writeOnly'],
]);

/** Formats of values that are kept as secrets; pydantic's `SecretStr` is a `password`. */
const SECRET_FORMATS: readonly unknown[] = ['secret', 'password'];

/** @throws AppError `E_SCHEMA` */
export function schemaField(
  node: Node,
  items: Node | null,
  { path, place, required }: { path: string[]; place: Place; required: boolean },
): SchemaField {
  const { words } = node;
  const type = node.isMixed ? 'unknown' : typeOf(words, place);
  const read = new Words(words, place);
  const field: InputField = {
    ...plainField(path.join('.'), type),
    title: read.text('title') ?? read.text('label'),
    help: read.text('description'),
    placeholder: read.text('placeholder'),
    format: read.text('format'),
    required,
    items: items && itemsOf(items, [...place, 'items']),
    choices: choicesOf(node, type, place),
    ...limitsOf(read, type, place),
    minItems: read.count('minItems'),
    maxItems: read.count('maxItems'),
    uniqueItems: read.truth('uniqueItems'),
    secret: SECRET_FORMATS.includes(words['format']),
    group: path.slice(0, -1),
  };
  return { path, field: withDefault(field, node, place) };
}

function withDefault(field: InputField, { words, nullable }: Node, place: Place): InputField {
  const value = words['default'];
  // The default of a secret would be one that is no secret.
  if (value === undefined || field.secret) return field;
  const [fault] = value === null && nullable ? [] : faultsOf(field, value);
  if (fault && value !== null) {
    const fits = fault.next ?? 'Give a default that fits, or none.';
    throw badSchema([...place, 'default', ...fault.path], `the default ${fault.text}`, fits);
  }
  return { ...field, default: value, hasDefault: true };
}

function typeOf(words: JsonValues, place: Place): InputField['type'] {
  const { type } = words;
  if (type === undefined) return typeOfValues(choiceWords(words));
  if (typeof type === 'string' && Object.hasOwn(TYPES, type)) return TYPES[type]!;
  const next = `It is one of ${Object.keys(TYPES).join(', ')}.`;
  throw badSchema([...place, 'type'], `${JSON.stringify(type)} is no type`, next);
}

const choiceWords = ({ enum: choices, const: only }: JsonValues): Json | undefined =>
  only === undefined ? choices : [only];

function typeOfValues(values: Json | undefined): InputField['type'] {
  if (!Array.isArray(values) || values.length === 0) return 'unknown';
  for (const [word, type] of Object.entries(TYPES)) {
    const fits = values.every((each) =>
      word === 'integer' ? Number.isInteger(each) : typeof each === word && each !== null,
    );
    if (fits) return type;
  }
  return 'unknown';
}

function choicesOf(node: Node, type: InputField['type'], place: Place): Json[] | null {
  const choices = choiceWords(node.words);
  if (choices === undefined) return null;
  const at = [...place, 'enum'];
  if (!Array.isArray(choices) || choices.length === 0) {
    throw badSchema(at, 'a list of choices belongs here', 'Write ["adam", "sgd"].');
  }
  const plain = plainField('', type);
  const wrong = choices.findIndex((each) => each !== null && faultsOf(plain, each).length > 0);
  if (wrong >= 0) {
    const [fault] = faultsOf(plain, choices[wrong]!);
    throw badSchema(
      [...at, String(wrong)],
      `the choice ${fault!.text}`,
      'Give choices of the type.',
    );
  }
  const others = choices.filter((each) => each !== null);
  return others.length > 0 ? others : null;
}

function itemsOf(node: Node, place: Place): NonNullable<InputField['items']> {
  const type = node.isMixed ? 'unknown' : typeOf(node.words, place);
  return { type, choices: choicesOf(node, type, place) };
}

function limitsOf(read: Words, type: InputField['type'], place: Place) {
  const limit = (word: string): number | null => read.number(word, type === 'integer');
  const limits = {
    minimum: limit('minimum'),
    maximum: limit('maximum'),
    exclusiveMinimum: limit('exclusiveMinimum'),
    exclusiveMaximum: limit('exclusiveMaximum'),
    step: read.number('multipleOf', false),
  };
  const { minimum, maximum, step } = limits;
  if (minimum !== null && maximum !== null && minimum > maximum) {
    throw badSchema([...place, 'minimum'], 'it is above the maximum', 'Swap them.');
  }
  if (step !== null && step <= 0) {
    throw badSchema([...place, 'multipleOf'], 'it is not above 0', 'Give a number above 0.');
  }
  return limits;
}

/** Words of one part of a schema, each of the kind it has to be. */
class Words {
  readonly #words: JsonValues;
  readonly #place: Place;

  constructor(words: JsonValues, place: Place) {
    this.#words = words;
    this.#place = place;
  }

  text(word: string): string | null {
    return this.#read(word, (value) => typeof value === 'string', 'a text') as string | null;
  }

  truth(word: string): boolean {
    const isTruth = (value: Json): boolean => typeof value === 'boolean';
    return (this.#read(word, isTruth, 'true or false') ?? false) as boolean;
  }

  number(word: string, isWhole: boolean): number | null {
    const fits = isWhole ? Number.isInteger : (value: Json) => typeof value === 'number';
    return this.#read(word, fits, isWhole ? 'an integer' : 'a number') as number | null;
  }

  count(word: string): number | null {
    const isCount = (value: Json): boolean => Number.isInteger(value) && Number(value) >= 0;
    return this.#read(word, isCount, 'a whole number from 0') as number | null;
  }

  #read(word: string, fits: (value: Json) => boolean, what: string): Json {
    const value = this.#words[word];
    if (value === undefined) return null;
    if (fits(value)) return value;
    throw badSchema(
      [...this.#place, word],
      `${what} belongs here`,
      `Write ${what}, or leave it away.`,
    );
  }
}
