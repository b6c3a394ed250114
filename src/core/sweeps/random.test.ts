import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomNumbers } from './random.ts';

const first = (seed: number, count: number): number[] => {
  const next = randomNumbers(seed);
  return Array.from({ length: count }, next);
};

describe('random numbers', () => {
  it('are these for this seed, on every machine and for ever', () => {
    expect(first(42, 4)).toMatchInlineSnapshot(`
      [
        0.4137016681565887,
        0.003983993377814743,
        0.6500837027638867,
        0.6846020186141416,
      ]
    `);
  });

  it('are from 0 to below 1, the same again, and others for another seed', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (seed) => {
        const numbers = first(seed, 20);
        expect(numbers.every((n) => n >= 0 && n < 1)).toBe(true);
        expect(first(seed, 20)).toEqual(numbers);
        expect(first(seed === 0 ? 1 : -seed, 20)).not.toEqual(numbers);
      }),
    );
  });

  it('are spread evenly', () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const n of first(7, 100_000)) tenths[Math.floor(n * 10)]! += 1;
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });
});
