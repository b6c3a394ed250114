import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../shared/domain/json.ts';
import { hydraText } from './hydra-text.ts';
import { plainDecimal } from './plain-decimal.ts';
import { pythonWord } from './python-text.ts';

describe('values in the grammar of Hydra', () => {
  test.each<[Json, string]>([
    [1, '1'],
    [-1.5, '-1.5'],
    [1e-7, '1e-7'],
    [true, 'true'],
    [null, 'null'],
    ['adam', 'adam'],
    ['/data/x-1.txt', '/data/x-1.txt'],
    ['${oc.env:HOME}', '${oc.env:HOME}'],
    ['1', "'1'"],
    ['1e3', "'1e3'"],
    ['-1', "'-1'"],
    ['true', "'true'"],
    ['null', "'null'"],
    ['NaN', "'NaN'"],
    ['', "''"],
    ['a b', "'a b'"],
    ['a,b', "'a,b'"],
    ['a=b', "'a=b'"],
    ['user@host', "'user@host'"],
    ['[1]', "'[1]'"],
    ['f(x)', "'f(x)'"],
    ['naïve', "'naïve'"],
    ['a\nb', "'a\nb'"],
    ["it's", '"it\'s"'],
    ['say "x"', '\'say "x"\''],
    ['\'"', "'\\'\"'"],
    ['C:\\x', "'C:\\x'"],
    ['x\\', "'x\\\\'"],
    ['\\\'"', "'\\\\\\'\"'"],
    [[1, 'a', 'b c', null], "[1,a,'b c',null]"],
    [{ a: 1, 'b c': { d: [] } }, '{a:1,b\\ c:{d:[]}}'],
  ])('%j is %s', (value, text) => {
    expect(hydraText(value)).toBe(text);
  });

  /** By the rules of Hydra: backslashes count where a quote follows, and there two are one. */
  function unquoted(text: string): string {
    const quote = text.charAt(0);
    const inner = text.slice(1, -1);
    return inner.replace(
      new RegExp(`(\\\\+)(${quote}|$)`, 'g'),
      (_all, slashes: string, end: string) => '\\'.repeat(Math.floor(slashes.length / 2)) + end,
    );
  }

  test('quoted text reads back as it was', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\\', "'", '"', ' ', '$') });
    fc.assert(
      fc.property(text, (value) => {
        const written = hydraText(value);
        expect(/^['"]/.test(written) ? unquoted(written) : written).toBe(value);
      }),
    );
  });
});

test.each<[Json, string]>([
  ['adam', 'adam'],
  ['True', '"True"'],
  ['12', '"12"'],
  ['a b', '"a b"'],
  [false, 'False'],
  [null, 'None'],
  [[1, 'a'], '[1, "a"]'],
  [{ a: null }, '{"a": None}'],
])('%j is %s for what reads Python literals', (value, text) => {
  expect(pythonWord(value)).toBe(text);
});

describe('numbers without exponent', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [1, '1'],
    [1e-7, '0.0000001'],
    [-1.25e-8, '-0.0000000125'],
    [1e21, '1000000000000000000000'],
    [1.5e22, '15000000000000000000000'],
  ])('%j is %s', (value, text) => {
    expect(plainDecimal(value)).toBe(text);
  });

  test('are the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = plainDecimal(value);
        expect(text).toMatch(/^-?\d+(?:\.\d+)?$/);
        expect(Number(text)).toBe(value + 0);
      }),
    );
  });
});
