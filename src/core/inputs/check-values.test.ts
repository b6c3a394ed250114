import { expect, it } from 'vitest';
import type { InputField } from '../../shared/domain/inputs.ts';
import type { Json } from '../../shared/domain/json.ts';
import { checkValues, limitProblem } from './check-values.ts';
import { testField, testSchema } from './testing.ts';

const items = (type: InputField['type'], choices: Json[] | null = null) => ({
  items: { type, choices },
});

it.each<[InputField['type'], Json, string, string?]>([
  ['number', '0.1', '"x" takes a number, not the text "0.1".', 'Write 0.1 without quotes.'],
  ['number', true, '"x" takes a number, not true.'],
  ['integer', 1.5, '"x" takes an integer, not 1.5.'],
  ['integer', '3', '"x" takes an integer, not the text "3".', 'Write 3 without quotes.'],
  ['boolean', 3, '"x" takes true or false, not 3.'],
  [
    'boolean',
    'true',
    '"x" takes true or false, not the text "true".',
    'Write true without quotes.',
  ],
  ['string', 3, '"x" takes a text, not 3.'],
  ['path', ['a'], '"x" takes a path, not a list.'],
  ['list', 'a', '"x" takes a list, not the text "a".'],
  ['object', [], '"x" takes an object of named values, not a list.'],
  ['list', {}, '"x" takes a list, not an object.'],
])('a value of another type is never made to fit: %s from %j', (type, value, message, next) => {
  const problems = checkValues(testSchema(testField('x', type)), { x: value });
  expect(problems).toEqual([
    { code: 'E_PARAM_TYPE', path: 'values.x', message, next: next ?? null },
  ]);
});

it.each<[Partial<InputField>, Json, string]>([
  [{ minimum: 1 }, 0, '"x" is at least 1, not 0.'],
  [{ maximum: 1 }, 1.1, '"x" is at most 1, not 1.1.'],
  [{ exclusiveMinimum: 0 }, 0, '"x" is above 0, not 0.'],
  [{ exclusiveMaximum: 1 }, 1, '"x" is below 1, not 1.'],
  [{ step: 0.1 }, 0.25, '"x" is a multiple of 0.1, not 0.25.'],
  [{ choices: [1, 2] }, 3, '"x" cannot be 3.'],
  [{ type: 'integer' }, 2 ** 60, '"x" is beyond 2^53, where integers are rounded.'],
  [{ type: 'string' }, 'a\0b', '"x" holds a NUL character.'],
  [{ type: 'string' }, '\ud800', '"x" holds half a character (a lone surrogate).'],
  [{ type: 'list', minItems: 1 }, [], '"x" has at least 1 entries.'],
  [{ type: 'list', maxItems: 1 }, [1, 2], '"x" has at most 1 entries.'],
  [{ type: 'list', uniqueItems: true }, [1, 1], '"x" holds each entry once.'],
  [
    { type: 'string', secret: true },
    'sk-12345',
    '"x" takes the name of a kept secret, such as API_KEY.',
  ],
])('a value beyond the limits is E_PARAM_VALUE: %j, %j', (more, value, message) => {
  const problems = checkValues(testSchema(testField('x', 'number', more)), { x: value });
  expect(problems).toMatchObject([{ code: 'E_PARAM_VALUE', path: 'values.x', message }]);
});

it.each<[Partial<InputField>, Json]>([
  [{ step: 0.1 }, 0.3],
  [{ step: 0.01, minimum: 0 }, 1_000_000.01],
  [{ minimum: 0 }, -0],
  [{ type: 'integer' }, 1e3],
  [{ type: 'unknown' }, { a: [1] }],
  [{ choices: [1, 2] }, 2],
  [{ type: 'list', ...items('string', ['a', 'b']) }, ['b']],
  [{ hasDefault: true }, null],
  [{ type: 'string', secret: true }, 'API_KEY'],
  [{ type: 'string', secret: true }, 'run:API_KEY'],
])('takes what fits: %j, %j', (more, value) => {
  expect(checkValues(testSchema(testField('x', 'number', more)), { x: value })).toEqual([]);
});

it('tells all there is to tell, with the place in a list', () => {
  const schema = testSchema(
    testField('lr', 'number', { required: true, help: 'The rate.' }),
    testField('sizes', 'list', items('integer', [1, 2])),
    testField('SEED', 'integer', { targets: [] }),
    testField('n', 'integer', { required: true }),
  );
  const values = { sizes: [1, '2', 3], SEED: 3, epochs: 2, n: null };
  expect(checkValues(schema, values).map(({ code, path }) => [code, path])).toEqual([
    ['E_PARAM_TYPE', 'values.sizes.1'],
    ['E_PARAM_VALUE', 'values.sizes.2'],
    ['E_PARAM_VALUE', 'values.SEED'],
    ['E_PARAM_UNKNOWN', 'values.epochs'],
    ['E_PARAM_TYPE', 'values.n'],
    ['E_PARAM_REQUIRED', 'values.lr'],
  ]);
});

it('needs what a sub-command needs only when something of it is given', () => {
  const train = { command: 'train' };
  const schema = testSchema(
    testField('data', 'path', { ...train, required: true }),
    testField('lr', 'number', train),
  );
  expect(checkValues(schema, {})).toEqual([]);
  expect(checkValues(schema, { lr: 1 })).toMatchObject([{ path: 'values.data' }]);
});

it('takes names that every object has for what they are', () => {
  const values = JSON.parse('{"__proto__": 1, "constructor": 2}') as Record<string, Json>;
  const problems = checkValues(testSchema(testField('constructor', 'integer')), values);
  expect(problems).toMatchObject([{ code: 'E_PARAM_UNKNOWN', path: 'values.__proto__' }]);
  expect(
    checkValues(testSchema(testField('toString', 'integer', { required: true })), {}),
  ).toMatchObject([{ code: 'E_PARAM_REQUIRED' }]);
});

const named = (count: number, prefix = 'k'): Record<string, Json> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${prefix}${at}`, at]));
const deep = (levels: number): Record<string, Json> => {
  let value: Json = {};
  for (let at = 1; at < levels; at++) value = at === levels - 1 ? { a: value } : [value];
  return value as Record<string, Json>;
};

it.each([
  ['5,001 names', { values: named(2000), config: named(2000, 'c'), files: { a: named(1001) } }],
  ['65 levels', { values: {}, config: deep(65), files: {} }],
  ['100,000 levels', { values: {}, config: deep(100_000), files: {} }],
  ['1 MB', { values: { a: 'x'.repeat(1024 * 1024) }, config: {}, files: {} }],
])('refuses %s of a launch as a whole', (_, spec) => {
  expect(limitProblem(spec)).toMatchObject({ code: 'E_JSON_LIMIT', path: 'values' });
});

it('takes 5,000 names and 64 levels', () => {
  expect(limitProblem({ values: named(2000), config: named(3000, 'c'), files: {} })).toBeNull();
  expect(limitProblem({ values: {}, config: deep(64), files: {} })).toBeNull();
  // A run_config whose keys are inputs.
  expect(limitProblem({ values: named(500), config: named(5000), files: {} })).toBeNull();
});

it('looks no further at what is beyond the limits', () => {
  expect(checkValues(testSchema(), named(5001))).toMatchObject([{ code: 'E_JSON_LIMIT' }]);
});
