import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readTyped,
  sameValue,
  shownText,
  splitPasted,
  writeTyped,
  type ValueType,
} from './value-text.ts';

describe('readTyped', () => {
  it.each<[string, ValueType, unknown]>([
    ['', 'number', undefined],
    ['1e-3', 'number', 0.001],
    ['.5', 'number', 0.5],
    ['-0', 'number', -0],
    ['1e3', 'integer', 1000],
    ['1.5', 'integer', 1.5],
    ['abc', 'number', 'abc'],
    ['0x10', 'integer', '0x10'],
    ['1e999', 'number', '1e999'],
    ['NaN', 'number', 'NaN'],
    ['9007199254740993', 'integer', '9007199254740993'],
    ['9007199254740991', 'integer', 9007199254740991],
    ['5', 'string', '5'],
    ['true', 'string', 'true'],
    ['true', 'boolean', true],
    ['yes', 'boolean', 'yes'],
    ['5', 'unknown', 5],
    ['null', 'unknown', null],
    ['[1, "a"]', 'unknown', [1, 'a']],
    ['[1,', 'unknown', '[1,'],
    ['adamw', 'unknown', 'adamw'],
    ['{"a": 1}', 'object', { a: 1 }],
    ['{a}', 'object', '{a}'],
    ['data/x', 'path', 'data/x'],
  ])('%j as %s', (text, type, value) => expect(readTyped(text, type)).toEqual(value));

  it('reads back every number that it writes', () =>
    fc.assert(
      fc.property(
        fc.double({ noDefaultInfinity: true, noNaN: true }).filter((n) => Math.abs(n) < 2 ** 53),
        (n) => {
          expect(readTyped(writeTyped(n, 'number'), 'number')).toBe(n === 0 ? 0 : n);
        },
      ),
    ));

  it('reads back every tree that it writes', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (tree) => {
        const json = JSON.parse(JSON.stringify(tree));
        expect(readTyped(writeTyped(json, 'object'), 'object')).toEqual(json);
      }),
    ));
});

describe('shownText', () => {
  it('keeps what was typed while it stands for the value', () => {
    expect(shownText('1e-3', 0.001, 'number')).toBe('1e-3');
    expect(shownText('1e-3', 0.002, 'number')).toBe('0.002');
    expect(shownText('1e-3', undefined, 'number')).toBe('');
    expect(shownText(undefined, 'x', 'string')).toBe('x');
  });
});

describe('sameValue', () => {
  it.each([
    [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
    [{ a: undefined }, { b: undefined }, false],
    [[], {}, false],
    [[1, 2], [1], false],
    [null, {}, false],
    [1, '1', false],
    [JSON.parse('{"__proto__": 1}'), {}, false],
  ])('%j and %j', (a, b, same) => expect(sameValue(a, b)).toBe(same));
});

describe('splitPasted', () => {
  it.each([
    ['1, 2,3', ['1', '2', '3']],
    ['a b\nc, d\n', ['a b', 'c, d']],
    ['"a",\n"b",', ['"a"', '"b"']],
    ['one', ['one']],
    [' , ', []],
  ])('%j', (text, parts) => expect(splitPasted(text)).toEqual(parts));
});
