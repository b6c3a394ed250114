import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseValue, toValue } from './json-values.ts';

describe('parseValue', () => {
  it.each<[string, unknown]>([
    ['NaN', Number.NaN],
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
    ['[1, NaN, {"a": -Infinity}]', [1, Number.NaN, { a: -Infinity }]],
    ['["NaN", "a \\" NaN", "\\\\", Infinity]', ['NaN', 'a " NaN', '\\', Infinity]],
    ['{"NaN": NaN}', { NaN: Number.NaN }],
    ['"Infinity"', 'Infinity'],
  ])('reads %s as Python means it', (text, value) => {
    const read = parseValue(text);
    expect(read).toEqual(value);
  });

  it('gives any JSON as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(parseValue(text))).toBe(text);
      }),
    );
  });

  it('takes __proto__ for a name', () => {
    const value = parseValue('{"__proto__": {"polluted": 1}, "constructor": 2}');
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
    expect('toString' in (value as object)).toBe(false);
    expect('polluted' in {}).toBe(false);
  });

  it.each(['', 'nan', '{"a": NaN', 'Infinityy', '01', '1_0', '0x10', '"NaN', '"\\', 'NaN"'])(
    'refuses %j',
    (text) => {
      expect(() => parseValue(text)).toThrow();
    },
  );

  it('refuses what is nested too deeply or too large', () => {
    expect(() => parseValue('['.repeat(200_000) + ']'.repeat(200_000))).toThrow(/deep/);
    const many = Array.from({ length: 1100 }, () => 1);
    expect(() => toValue(Array.from({ length: 1100 }, () => many))).toThrow(/more than/);
  });

  it('ends or throws whatever the text is', () => {
    const text = fc.stringMatching(/^[[\]{}":,\\ NaInfity0-9.-]{0,40}$/);
    fc.assert(
      fc.property(text, (random) => {
        let read: unknown = null;
        try {
          read = parseValue(random);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
        expect(read).not.toBeUndefined();
      }),
    );
  });
});
