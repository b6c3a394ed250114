import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json } from '../../../shared/domain/json.ts';
import { AppError } from '../../../shared/errors.ts';
import { loadSchema } from './load-schema.ts';
import { readSchema } from './read-schema.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

const read = (text: string) => {
  const { fields, notes } = readSchema(loadSchema(text));
  return { fields: new Map(fields.map(({ field }) => [field.name, field])), notes };
};

it('reads what pydantic writes', () => {
  const { fields, notes } = read(fixture('pydantic.json'));
  const told = [...fields.values()].map(({ name, type, required, hasDefault, default: value }) =>
    [name, type, required, hasDefault ? value : '-'].map((each) => JSON.stringify(each)).join(' '),
  );
  expect(told).toEqual([
    '"model.width" "integer" true "-"',
    '"model.depth" "integer" false 4',
    '"model.dropout" "number" false null',
    '"optimizer.name" "string" false "adam"',
    '"optimizer.lr" "number" false 0.001',
    '"optimizer.betas" "list" false [0.9,0.999]',
    '"epochs" "integer" false 10',
    '"tags" "list" false []',
    '"losses" "list" false ["mse"]',
    '"seed" "unknown" false 0',
    '"amp" "boolean" false false',
    '"api_key" "string" true "-"',
    '"extra" "object" false {}',
    '"kind" "string" false "fixed"',
  ]);
  expect(fields.get('model.width')).toMatchObject({ title: 'Layer width', minimum: 1, step: 8 });
  expect(fields.get('model.dropout')).toMatchObject({ minimum: 0, exclusiveMaximum: 1 });
  expect(fields.get('optimizer.name')).toMatchObject({
    choices: ['adam', 'sgd'],
    group: ['optimizer'],
  });
  expect(fields.get('losses')).toMatchObject({ items: { type: 'string', choices: ['mse', 'l1'] } });
  expect(fields.get('api_key')).toMatchObject({ secret: true });
  expect(fields.get('kind')).toMatchObject({ choices: ['fixed'] });
  expect(notes).toEqual([
    'The schema says "prefixItems" of optimizer.betas, which is not looked at.',
  ]);
});

it('reads what W&B describes', () => {
  const { fields, notes } = read(fixture('wandb.yaml'));
  expect([...fields.keys()]).toEqual([
    ...['seed', 'trainer.learning_rate', 'trainer.batch_size', 'trainer.dataset'],
    ...['trainer.metrics', 'trainer.shuffle'],
  ]);
  expect(fields.get('seed')).toMatchObject({
    type: 'integer',
    required: true,
    help: 'Random seed',
  });
  expect(fields.get('trainer.learning_rate')).toMatchObject({
    ...{ title: 'Rate', minimum: 0, exclusiveMaximum: 1, group: ['trainer'], required: false },
  });
  expect(fields.get('trainer.batch_size')).toMatchObject({ choices: [16, 32, 64] });
  expect(fields.get('trainer.dataset')).toMatchObject({ placeholder: 'cifar10' });
  expect(fields.get('trainer.metrics')).toMatchObject({
    ...{ type: 'list', uniqueItems: true, minItems: 1 },
    items: { type: 'string', choices: ['accuracy', 'f1'] },
  });
  expect(notes).toEqual([]);
});

/** A schema with one input of which the test says everything. */
const one = (words: Json, more: Record<string, Json> = {}): Json => ({
  type: 'object',
  properties: { lr: words },
  ...more,
});

it.each<[string, Json, string, string]>([
  ['no object', [], '', 'it is no object'],
  ['no properties', { type: 'object' }, '', 'it has no properties'],
  ['a number as a whole', { type: 'number' }, ' at type', 'the whole is an object'],
  ['a wrong type', one({ type: 'float' }), ' at properties.lr.type', '"float" is no type'],
  ['no type in a list', one({ type: ['null'] }), ' at properties.lr.type', 'it names no type'],
  ['a text as an input', one('number'), ' at properties.lr', 'an object belongs here'],
  [
    'a text as a limit',
    one({ type: 'number', minimum: '0' }),
    ' at properties.lr.minimum',
    'a number belongs here',
  ],
  [
    'a part as a limit of an integer',
    one({ type: 'integer', maximum: 1.5 }),
    ' at properties.lr.maximum',
    'an integer belongs here',
  ],
  [
    'limits the wrong way round',
    one({ type: 'number', minimum: 2, maximum: 1 }),
    ' at properties.lr.minimum',
    'it is above the maximum',
  ],
  [
    'limits as truth values',
    one({ type: 'number', exclusiveMinimum: true }),
    ' at properties.lr.exclusiveMinimum',
    'a number belongs here',
  ],
  [
    'a step of 0',
    one({ type: 'number', multipleOf: 0 }),
    ' at properties.lr.multipleOf',
    'it is not above 0',
  ],
  [
    'no choices',
    one({ type: 'string', enum: [] }),
    ' at properties.lr.enum',
    'a list of choices belongs here',
  ],
  [
    'choices of another type',
    one({ type: 'integer', enum: [1, 'b'] }),
    ' at properties.lr.enum.1',
    'the choice takes an integer, not the text "b"',
  ],
  [
    'a default of another type',
    one({ type: 'number', default: '0.1' }),
    ' at properties.lr.default',
    'the default takes a number, not the text "0.1"',
  ],
  [
    'a default beyond the limits',
    one({ type: 'number', default: 2, maximum: 1 }),
    ' at properties.lr.default',
    'the default is at most 1, not 2',
  ],
  [
    'a wrong entry in a default',
    one({ type: 'array', items: { type: 'integer' }, default: [1, 'a'] }),
    ' at properties.lr.default.1',
    'the default takes an integer',
  ],
  [
    'a negative count',
    one({ type: 'array', minItems: -1 }),
    ' at properties.lr.minItems',
    'a whole number from 0 belongs here',
  ],
  [
    'a list as required of an input',
    one({ type: 'number' }, { required: 'lr' }),
    ' at required',
    'a list of names, true or false belongs here',
  ],
  ['two parts in allOf', one({ allOf: [{}, {}] }), ' at properties.lr.allOf', 'it has one entry'],
  ['no part in anyOf', one({ anyOf: [] }), ' at properties.lr.anyOf', 'a list belongs here'],
  [
    'a reference to elsewhere',
    one({ $ref: 'https://a.example/x' }),
    ' at properties.lr.$ref',
    'only parts of the schema itself',
  ],
  [
    'a reference to nothing',
    one({ $ref: '#/$defs/A' }),
    ' at properties.lr.$ref',
    'there is nothing at #/$defs/A',
  ],
  [
    'a circle of references',
    one({ $ref: '#/$defs/A' }, { $defs: { A: { $ref: '#/$defs/A' } } }),
    ' at properties.lr.$ref',
    '#/$defs/A refers to itself',
  ],
  ['a circle of groups', one({ $ref: '#' }), '', 'refers to itself'],
  [
    'an input without a name',
    { properties: { '': {} } },
    ' at properties.',
    'an input needs a name',
  ],
])('refuses %s', (_, schema, place, what) => {
  const attempt = (): unknown => readSchema(schema);
  expect(attempt).toThrow(AppError);
  expect(attempt).toThrow(
    expect.objectContaining({ code: 'E_SCHEMA', next: expect.any(String) }) as Error,
  );
  expect(attempt).toThrow(`The input schema cannot be used${place}`);
  expect(attempt).toThrow(what);
});

it('stops at references that come to too much', () => {
  const $defs: Record<string, Json> = { L0: { type: 'object', properties: { x: {} } } };
  for (let at = 1; at < 20; at++) {
    const $ref = `#/$defs/L${at - 1}`;
    $defs[`L${at}`] = { type: 'object', properties: { a: { $ref }, b: { $ref } } };
  }
  expect(() => readSchema({ properties: { x: { $ref: '#/$defs/L19' } }, $defs })).toThrow(
    /more than 2000 inputs|too many parts/,
  );
});

it('asks for a member of a group only when the group has to be given', () => {
  const inner = { type: 'object', properties: { x: { type: 'number' } }, required: ['x'] };
  const { fields } = readSchema({ properties: { a: inner, b: inner }, required: ['a'] });
  expect(fields.map(({ field }) => [field.name, field.required])).toEqual([
    ['a.x', true],
    ['b.x', false],
  ]);
});

it('knows null beside a type as what may be left away', () => {
  const { fields } = readSchema({
    properties: { a: { type: ['number', 'null'], default: null }, b: { enum: ['x', null] } },
    required: ['a'],
  });
  expect(fields.map(({ field }) => field)).toMatchObject([
    { type: 'number', required: false, hasDefault: true, default: null },
    { choices: ['x'] },
  ]);
});

it.each([
  ['{"type": "object",}', 'Line 1, column 19: there is a comma before "}".'],
  ['[1]', 'A list is no set of named values.'],
  ['a: 1\na: 2', 'Line 2, column 1: "a" is there twice.'],
])('tells where a text is no schema: %s', (text, says) => {
  expect(() => loadSchema(text)).toThrow(expect.objectContaining({ code: 'E_SCHEMA' }) as Error);
  expect(() => loadSchema(text)).toThrow(says);
});

it('never fails in another way, whatever the schema is', () => {
  const words = fc.constantFrom(
    ...['type', 'properties', 'items', 'enum', 'required', 'allOf', '$ref', 'default', 'minimum'],
  );
  const scalars = ['number', 'object', 'array', '#', '#/properties', null, 1, true];
  const parts = fc.letrec((tie) => ({
    leaf: fc.oneof(fc.constantFrom(...scalars), fc.jsonValue({ maxDepth: 1 })),
    part: fc.dictionary(
      fc.oneof(words, fc.string({ maxLength: 2 })),
      fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('part'), fc.array(tie('part'), { maxLength: 2 })),
      { maxKeys: 4 },
    ),
  }));
  fc.assert(
    fc.property(parts.part, (part) => {
      try {
        readSchema({ properties: { x: part as Json }, ...(part as Record<string, Json>) });
      } catch (error) {
        expect(error).toMatchObject({ code: 'E_SCHEMA' });
      }
    }),
    { numRuns: 500 },
  );
});
