import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal } from './decimal.ts';

const decimal = (text: string) => {
  const bytes = Buffer.from(`x${text}x`);
  return parseDecimal(bytes, 1, bytes.length - 1);
};

describe('parseDecimal', () => {
  it('rounds as JSON.parse does, in the middle of two doubles and beside it', () => {
    const halves = fc.tuple(
      fc.bigInt({ min: 2n ** 52n, max: 2n ** 53n }),
      fc.integer({ min: 1, max: 22 }),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: -2, max: 2 }),
    );
    fc.assert(
      fc.property(halves, ([whole, decimals, shift, beside]) => {
        const middle = (2n * whole + 1n) * 5n ** BigInt(shift) + BigInt(beside);
        const digits = String(middle).padStart(decimals + 1, '0');
        const text = `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
        expect(decimal(text)).toBe(JSON.parse(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('gives exactly what JSON.parse gives, or nothing', () => {
    const digits = fc.stringMatching(/^-?\d{1,20}(\.\d{0,20})?$/);
    const texts = fc.oneof(digits, fc.double({ noNaN: true }).map(String), fc.string());
    fc.assert(
      fc.property(texts, (text) => {
        const value = decimal(text);
        if (value !== null) expect(value).toBe(JSON.parse(text));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    '0',
    '-0',
    '1',
    '-17',
    '0.5',
    '1795297529.949511',
    '9007199254740991',
    '9007199254740993',
    '0.1',
    '0.12345678901234567',
    `1${'0'.repeat(400)}`,
  ])('reads %s', (text) => {
    expect(decimal(text)).toBe(Number(text));
  });

  it.each(['', '-', '.5', '5.', '1.2.3', '01', '1e5', ' 1', 'NaN'])(
    'leaves %j to a longer way',
    (text) => {
      expect(decimal(text)).toBeNull();
    },
  );
});
