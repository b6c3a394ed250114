import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DocumentFormat } from '../../../shared/domain/document.ts';
import type { JsonValues } from '../../../shared/domain/json.ts';
import { AppError } from '../../../shared/errors.ts';
import { checkDocument, readDocument } from './read-document.ts';
import { writeDocument } from './write-document.ts';

const nested = (depth: number): string => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
const manyKeys = (count: number): string =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at])));

const answer = (text: string, format: DocumentFormat = 'json') => checkDocument(text, format);

it.each([
  ['a comma before the end of an object', '{"a": 1,\n}', 2, 1, 'there is a comma before "}".'],
  ['a comma before the end of a list', '{"a": [1,]}', 1, 10, 'there is a comma before "]".'],
  ['a line comment', '{\n  // rate\n  "a": 1}', 2, 3, 'JSON has no comments.'],
  ['a block comment', '{"a": /* x */ 1}', 1, 7, 'JSON has no comments.'],
  ['single quotes', "{'a': 1}", 1, 2, 'texts stand in double quotes.'],
  ['a name without quotes', '{a: 1}', 1, 2, '"a" is no JSON.'],
  ['an end in the middle', '{"a": {"b": 1', 1, 14, 'the text ends before "}".'],
  ['an end behind a colon', '{"a":', 1, 6, 'the text ends where a value belongs.'],
  ['an end in a text', '{"a": "b', 1, 7, 'this text has no end.'],
  ['a line break in a text', '{"a": "b\nc"}', 1, 7, 'this text has no end.'],
  ['a control character in a text', '{"a": "b\u0001c"}', 1, 7, 'a control character stands in'],
  ['a wrong escape', String.raw`{"a": "\x41"}`, 1, 7, 'a backslash is followed by one of'],
  ['a short \\u', String.raw`{"a": "\u00g1"}`, 1, 7, 'four hexadecimal digits'],
  ['a missing colon', '{"a" 1}', 1, 6, '":" belongs behind a name.'],
  ['a missing comma', '{"a": 1 "b": 2}', 1, 9, '"," or "}" belongs here.'],
  ['the wrong bracket', '{"a": [1}', 1, 9, '"," or "]" belongs here.'],
  ['more behind the end', '{"a": 1} {}', 1, 10, 'there is more behind the last bracket.'],
  ['a comma without a value', '{"a": [,]}', 1, 8, 'a value belongs here, not ",".'],
  ['NaN', '{"a": NaN}', 1, 7, 'NaN is no number of JSON.'],
  ['-Infinity', '{"a": -Infinity}', 1, 7, 'is no number of JSON.'],
  ['True', '{"a": True}', 1, 7, 'True is written true in JSON.'],
  ['1e999', '{"a": 1e999}', 1, 7, '1e999 is too large for a number.'],
  ['2^60', '{"a": 1152921504606846976}', 1, 7, 'is beyond 2^53 and would be rounded.'],
  ['-2^60', '{"a": -1152921504606846976}', 1, 7, 'is beyond 2^53 and would be rounded.'],
  ['2^53', '{"a": 9007199254740992}', 1, 7, 'is beyond 2^53 and would be rounded.'],
  ['a leading zero', '{"a": 01}', 1, 8, 'belongs here.'],
  ['a plus sign', '{"a": +1}', 1, 7, '"+1" is no JSON.'],
  ['a number without an end', '{"a": 1.}', 1, 7, 'this is no number of JSON.'],
  ['a name twice', '{"a": 1, "b": {"a": 1},\n "a": 2}', 2, 2, '"a" is there twice.'],
  ['__proto__ twice', '{"__proto__": 1, "__proto__": 2}', 1, 18, '"__proto__" is there twice.'],
  ['a lone surrogate', String.raw`{"a": "\ud800"}`, 1, 7, 'half a character'],
  ['a lone surrogate in a name', String.raw`{"\udc00x": 1}`, 1, 2, 'half a character'],
])('refuses %s, naming the place', (_, text, line, column, says) => {
  const { values, problem } = answer(text);
  expect(values).toBeNull();
  expect(problem).toMatchObject({ code: 'E_JSON', line, column });
  expect(problem?.message).toContain(`Line ${line}, column ${column}: `);
  expect(problem?.message).toContain(says);
});

it.each([
  ['[1, 2]', 'A list is no set of named values.'],
  ['"a"', 'A text is no set of named values.'],
  ['3', 'A number is no set of named values.'],
  ['null', 'null is no set of named values.'],
  ['', 'An empty text is no set of named values.'],
])('takes nothing but an object: %s', (text, says) => {
  expect(answer(text).problem).toMatchObject({ code: 'E_JSON_ROOT' });
  expect(answer(text).problem?.message).toContain(says);
});

it.each([
  ['65 levels', nested(65), 'values are nested more than 64 levels deep.'],
  ['10,000 levels', nested(10_000), 'values are nested more than 64 levels deep.'],
  ['5,001 names', manyKeys(5001), 'there are more than 5000 names.'],
  ['1,000,000 names', manyKeys(1_000_000), 'larger than 1 MB.'],
  ['50 MB', `{"a": "${'x'.repeat(50_000_000)}"}`, 'larger than 1 MB.'],
  [
    '1 MB of characters that are more bytes',
    `{"a": "${'é'.repeat(600_000)}"}`,
    'larger than 1 MB.',
  ],
])('refuses %s', (_, text, says) => {
  const { values, problem } = answer(text);
  expect(values).toBeNull();
  expect(problem?.code).toBe('E_JSON_LIMIT');
  expect(problem?.message).toContain(says);
});

it('takes what is exactly at the limits', () => {
  expect(answer(nested(64)).problem).toBeNull();
  expect(Object.keys(readDocument(manyKeys(5000), 'json').values)).toHaveLength(5000);
});

it('takes a byte order mark, -0, escapes, floats beyond 2^53 and an empty name', () => {
  const text =
    '\uFEFF{"a": -0, "b": "\\u00e9\\ud83d\\ude00\\n", "c": 1e300, "": 1, "d": 9007199254740991}';
  const { values } = readDocument(text, 'json');
  expect(values).toEqual({ a: -0, b: 'é😀\n', c: 1e300, '': 1, d: 9_007_199_254_740_991 });
  expect(Object.is(values['a'], -0)).toBe(true);
});

it.each(['json', 'yaml'] as const)(
  'has __proto__ and constructor as plain data in %s',
  (format) => {
    const { values } = readDocument('{"__proto__": {"x": 1}, "constructor": 2}', format);
    expect(Object.keys(values)).toEqual(['__proto__', 'constructor']);
    expect(values['__proto__']).toEqual({ x: 1 });
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    expect('toString' in values).toBe(false);
  },
);

it('throws what it tells', () => {
  const attempt = (): unknown => readDocument('{"a": 1,}', 'json');
  expect(attempt).toThrow(AppError);
  expect(attempt).toThrow(
    expect.objectContaining({ code: 'E_JSON', next: 'Remove the comma.' }) as Error,
  );
});

it.each([
  ['a tab', 'a:\n\tb: 1', 2, 1, 'Tabs are not allowed as indentation.'],
  ['a list without an end', 'a: [1, 2', 1, 9, 'must be sufficiently indented and end with a ].'],
  ['a name twice', 'a: 1\nb: 2\na: 3', 3, 1, '"a" is there twice.'],
  ['a name twice, as number and text', '1: a\n"1": b', 2, 1, '"1" is there twice.'],
  ['2^60', 'b:\n  - 1152921504606846976', 2, 5, 'is beyond 2^53 and would be rounded.'],
  ['.nan', 'a: .nan', 1, 4, '.nan is no number of JSON.'],
  ['1e999', 'a: 1e999', 1, 4, '1e999 is no number of JSON.'],
  ['a tag of Python', 'a: !!python/object:os.system x', 1, 4, 'Unresolved tag'],
  ['two documents', 'a: 1\n---\nb: 2', 2, 1, 'Source contains multiple documents.'],
  ['a lone surrogate', String.raw`a: "\ud800"`, 1, 4, 'half a character'],
])('refuses %s in YAML, naming the place', (_, text, line, column, says) => {
  const { values, problem } = answer(text, 'yaml');
  expect(values).toBeNull();
  expect(problem).toMatchObject({ code: 'E_JSON', line, column });
  expect(problem?.message).toContain(says);
});

it.each([
  ['bytes', 'a: !!binary aGVsbG8='],
  ['sets', 'a: !!set {x, y}'],
  ['names that are lists', '? [1]\n: 1\n'],
])('refuses %s in YAML', (_, text) => {
  expect(answer(text, 'yaml').problem?.code).toBe('E_JSON');
});

const bomb = Array.from({ length: 9 }, (_, at) => {
  const inner = at === 0 ? 'x' : `*a${at - 1}`;
  return `a${at}: &a${at} [${Array.from({ length: 10 }, () => inner).join(', ')}]`;
}).join('\n');

it.each([
  ['aliases of aliases', bomb],
  ['an alias of itself', 'a: &a [*a]'],
  ['a map merged into itself', 'a: &a\n  <<: *a\n'],
  ['500,000 brackets', '['.repeat(500_000)],
  ['900 brackets', `a: ${'['.repeat(900)}${']'.repeat(900)}`],
  ['300,000 dashes', `a:\n  ${'- '.repeat(300_000)}1`],
  [
    '1,300 indented maps',
    Array.from({ length: 1300 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
  ],
  ['90,000 names', Array.from({ length: 90_000 }, (_, at) => `k${at}: 1`).join('\n')],
  ['5,001 names', Array.from({ length: 5001 }, (_, at) => `k${at}: 1`).join('\n')],
  ['65 levels', `a: ${'['.repeat(64)}${']'.repeat(64)}`],
])('is not held up by %s in YAML', (_, text) => {
  expect(answer(text, 'yaml')).toMatchObject({ values: null, problem: { code: 'E_JSON_LIMIT' } });
});

it('takes merges, and 5,000 names and 64 levels of YAML', () => {
  const { values } = readDocument('b: &b {x: 1, y: 2}\nc: {<<: *b, y: 3}', 'yaml');
  expect(values).toEqual({ b: { x: 1, y: 2 }, c: { x: 1, y: 3 } });
  const names = Array.from({ length: 5000 }, (_, at) => `k${at}: 1`).join('\n');
  expect(answer(names, 'yaml').problem).toBeNull();
  expect(answer(`a: ${'['.repeat(63)}${']'.repeat(63)}`, 'yaml').problem).toBeNull();
});

it.each([
  ['1e-3', 0.001, 'a number here; PyYAML reads it as text'],
  ['1.0e5', 100_000, 'a number here; PyYAML reads it as text'],
  ['010', 10, 'a decimal number here; PyYAML reads it as an octal one'],
  ['yes', 'yes', 'text here; PyYAML reads it as true or false'],
  ['1_000', '1_000', 'text here; PyYAML reads it as a number'],
  ['12:30', '12:30', 'text here; PyYAML reads it as a number'],
  ['2026-01-31', '2026-01-31', 'text here; PyYAML reads it as a date'],
])('tells that Python has another reading of %s', (word, value, says) => {
  const { values, notes } = readDocument(`# a\nlr: ${word}\n`, 'yaml');
  expect(values).toEqual({ lr: value });
  expect(notes).toEqual([`Line 2: ${word} is ${says}.`]);
});

it.each(['1.0e-3', '"yes"', '0.5', 'true', '-3'])('has nothing to tell of %s', (word) => {
  expect(readDocument(`lr: ${word}`, 'yaml').notes).toEqual([]);
});

it('reads TOML, its dates as texts, with the place of what is wrong', () => {
  const text = 'lr = 0.1\nwhen = 2026-01-31\n[model]\nwidth = 3\n__proto__ = 1\n';
  const { values } = readDocument(text, 'toml');
  expect(JSON.stringify(values)).toBe(
    '{"lr":0.1,"when":"2026-01-31","model":{"width":3,"__proto__":1}}',
  );
  expect(answer('a = 1\nb =\n', 'toml').problem).toMatchObject({ code: 'E_JSON', line: 2 });
  expect(answer('a = 1152921504606846976', 'toml').problem?.message).toContain('At a: the integer');
  expect(answer('a = nan', 'toml').problem?.message).toContain('At a: NaN is no number');
  expect(answer('a = ['.padEnd(100_000, '['), 'toml').problem?.code).toBe('E_JSON_LIMIT');
});

const within = fc.dictionary(
  fc.string({ unit: 'grapheme' }),
  fc.jsonValue({ maxDepth: 5 }) as fc.Arbitrary<JsonValues[string]>,
  { noNullPrototype: false },
);

/** Whole numbers that are stored exactly: what others become is another test's. */
const isExact = (values: unknown): boolean =>
  !/(?<![\w.+-])-?\d{16,}(?![.\d]*[eE.])/.test(JSON.stringify(values));

it('reads back what JSON.stringify writes', () => {
  fc.assert(
    fc.property(within.filter(isExact), fc.constantFrom(0, 2), (values, indent) => {
      const text = JSON.stringify(values, null, indent);
      expect(JSON.stringify(readDocument(text, 'json').values)).toBe(JSON.stringify(values));
    }),
  );
});

it.each(['json', 'yaml'] as const)('reads back what is written for a person, %s', (format) => {
  fc.assert(
    fc.property(within.filter(isExact), (values) => {
      const { values: again } = readDocument(writeDocument(values, format), format);
      expect(JSON.parse(JSON.stringify(again))).toEqual(JSON.parse(JSON.stringify(values)));
    }),
  );
});

it('never fails in another way, whatever the text is', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'{}[]",:\\-0.1eE tnf\n/*&#!<|>') }),
  );
  fc.assert(
    fc.property(texts, fc.constantFrom('json', 'yaml', 'toml'), (text, format) => {
      const { values, problem } = checkDocument(text, format);
      expect(values === null).toBe(problem !== null);
      if (format === 'json' && values) expect(values).toEqual(JSON.parse(text));
    }),
    { numRuns: 400 },
  );
});
