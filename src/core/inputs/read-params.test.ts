import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { InputField } from '../../shared/domain/inputs.ts';
import { readParams } from './read-params.ts';
import { testField, testSchema } from './testing.ts';

const strings = { items: { type: 'string' as const, choices: null } };
const integers = { items: { type: 'integer' as const, choices: null } };
const optional = { default: null, hasDefault: true };

type Case = [InputField['type'], string, unknown, (string | null)?, Partial<InputField>?];

it.each<Case>([
  ['number', '0.1', 0.1],
  ['number', '1e-3', 0.001],
  ['number', '-.5', -0.5],
  ['number', '+3', 3],
  ['integer', '12', 12],
  ['integer', '-12', -12],
  ['integer', '1e3', 1000, 'x: 1e3 is read as 1000.'],
  ['integer', '1.50e1', 15, 'x: 1.50e1 is read as 15.'],
  ['integer', '3.0', 3, 'x: 3.0 is read as 3.'],
  ['integer', '9007199254740991', 9_007_199_254_740_991],
  ['boolean', 'true', true],
  ['boolean', 'False', false],
  ['boolean', 'yes', true, 'x: yes is read as true.'],
  ['boolean', '0', false, 'x: 0 is read as false.'],
  ['string', '', ''],
  ['string', '0.10', '0.10'],
  ['string', 'a=b', 'a=b'],
  ['string', '"a"', '"a"'],
  ['string', 'null', 'null'],
  ['string', 'null', null, null, optional],
  ['string', '9007199254740993', '9007199254740993'],
  ['path', 'data/x.csv', 'data/x.csv'],
  ['number', 'null', null, null, optional],
  ['number', 'null', null],
  ['list', '', []],
  ['list', 'a,b', ['a', 'b'], null, strings],
  ['list', '1,2', ['1', '2'], null, strings],
  ['list', '1,2', [1, 2], null, integers],
  ['list', '1,x', [1, 'x']],
  ['list', '[1, "a,b", [2]]', [1, 'a,b', [2]]],
  ['object', '{"a": {"b": 1}}', { a: { b: 1 } }],
  ['unknown', '3', 3],
  ['unknown', 'adam', 'adam'],
  ['unknown', '"3"', '3'],
  ['unknown', 'true', true],
  ['unknown', '[1]', [1]],
  ['unknown', '9007199254740993', '9007199254740993'],
  ['unknown', '1,"b":2', '1,"b":2'],
  ['unknown', '', ''],
])('%s: %s is %j', (type, text, value, note = null, more = {}) => {
  const read = readParams(testSchema(testField('x', type, more)), [`x=${text}`]);
  expect(read.problems).toEqual([]);
  expect(read.values).toEqual({ x: value });
  expect(read.notes).toEqual(note === null ? [] : [note]);
});

it.each<[InputField['type'], string, string, string, Partial<InputField>?]>([
  ['number', 'abc', 'E_PARAM_TYPE', '"x" takes a number, not the text "abc".'],
  ['number', '', 'E_PARAM_TYPE', '"x" takes a number, not the text "".'],
  ['number', ' 1', 'E_PARAM_TYPE', '"x" takes a number, not the text " 1".'],
  ['number', 'NaN', 'E_PARAM_TYPE', '"x" takes a number, not the text "NaN".'],
  ['number', '0x10', 'E_PARAM_TYPE', '"x" takes a number, not the text "0x10".'],
  ['number', '1e999', 'E_PARAM_VALUE', '"x" cannot be 1e999: a number is kept exactly up to 2^53.'],
  ['number', '1152921504606846976', 'E_PARAM_VALUE', '"x" cannot be 1152921504606846976: '],
  ['integer', '1.5', 'E_PARAM_TYPE', '"x" takes an integer, not the text "1.5".'],
  ['integer', '1.0000000000000000001', 'E_PARAM_TYPE', '"x" takes an integer, not'],
  ['integer', '9007199254740993', 'E_PARAM_VALUE', '"x" cannot be 9007199254740993: '],
  ['integer', '1e20', 'E_PARAM_VALUE', '"x" cannot be 1e20: '],
  ['integer', '1e9999', 'E_PARAM_TYPE', '"x" takes an integer, not'],
  ['integer', 'true', 'E_PARAM_TYPE', '"x" takes an integer, not the text "true".'],
  ['boolean', '2', 'E_PARAM_TYPE', '"x" takes true or false, not the text "2".'],
  ['boolean', 'constructor', 'E_PARAM_TYPE', '"x" takes true or false, not'],
  ['list', '1,x', 'E_PARAM_TYPE', '"x" takes an integer, not the text "x".', integers],
  ['list', '[1,', 'E_PARAM_TYPE', '"x" is no JSON: '],
  ['object', '3', 'E_PARAM_TYPE', '"x" takes an object of named values, not the text "3".'],
  ['object', '{"a": 1}, "b": {}', 'E_PARAM_TYPE', '"x" is no JSON: it is more than one.'],
  [
    'number',
    'null',
    'E_PARAM_TYPE',
    '"x" takes a number, not the text "null".',
    { required: true },
  ],
  ['integer', '11', 'E_PARAM_VALUE', '"x" is at most 10, not 11.', { maximum: 10 }],
  ['string', 'c', 'E_PARAM_VALUE', '"x" cannot be the text "c".', { choices: ['a', 'b'] }],
  ['string', 'hunter2!', 'E_PARAM_VALUE', '"x" takes the name of a kept secret', { secret: true }],
  ['string', 'a', 'E_PARAM_VALUE', '"x" is fixed in the code', { targets: [] }],
])('%s: %s is refused', (type, text, code, says, more = {}) => {
  const { values, problems } = readParams(testSchema(testField('x', type, more)), [`x=${text}`]);
  expect(values).toEqual({});
  expect(problems).toMatchObject([{ code, path: 'values.x' }]);
  expect(problems[0]?.message).toContain(says);
  if (more.secret) expect(JSON.stringify(problems)).not.toContain(text);
});

it('takes entries of a list one by one, and nothing else twice', () => {
  const schema = testSchema(testField('tags', 'list', strings), testField('lr', 'number'));
  const { values } = readParams(schema, ['tags=a,b', 'tags=c', 'tags=["d", "e"]']);
  expect(values).toEqual({ tags: ['a,b', 'c', 'd', 'e'] });
  const { problems } = readParams(schema, ['lr=1', 'lr=2']);
  expect(problems).toMatchObject([{ code: 'E_PARAM_VALUE', message: '"lr" is given twice.' }]);
});

it('finds a name with dashes, and tells near names of one that is not there', () => {
  const schema = testSchema(
    testField('learning_rate', 'number'),
    testField('model.width', 'integer'),
  );
  expect(readParams(schema, ['learning-rate=1', 'model.width=2']).values).toEqual({
    learning_rate: 1,
    'model.width': 2,
  });
  expect(readParams(schema, ['learning_rat=1', 'x', '=3']).problems).toMatchObject([
    { code: 'E_ARGS', message: '"x" is no name=value.' },
    { code: 'E_ARGS', message: '"=3" is no name=value.' },
    { code: 'E_PARAM_UNKNOWN', next: 'Did you mean "learning_rate"?' },
  ]);
});

it('reads every number and text as what it is', () => {
  const schema = testSchema(
    testField('i', 'integer'),
    testField('n', 'number'),
    testField('s', 'string'),
  );
  const numbers = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(fc.maxSafeInteger(), numbers.filter(isExact), fc.string(), (i, n, s) => {
      fc.pre(!s.includes('\0'));
      const { values, problems } = readParams(schema, [`i=${i}`, `n=${n}`, `s=${s}`]);
      expect(problems).toEqual([]);
      expect(values).toEqual({ i, n: Number(String(n)), s });
    }),
  );
});

const isExact = (number: number): boolean => !/^-?\d{16,}$/.test(String(number));
