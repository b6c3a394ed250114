import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepsOf } from './range.ts';

const valuesOf = (from: number, to: number, step: number): number[] => {
  const { count, at } = stepsOf({ from, to, step });
  return Array.from({ length: count }, (_, index) => at(index));
};

describe('the steps of a range', () => {
  it.each([
    [0.1, 0.5, 0.1, [0.1, 0.2, 0.3, 0.4, 0.5]],
    [0, 1, 0.3, [0, 0.3, 0.6, 0.9]],
    [1e-4, 3e-4, 1e-4, [0.0001, 0.0002, 0.0003]],
    [1e-7, 3e-7, 1e-7, [1e-7, 2e-7, 3e-7]],
    [1, 3, 1, [1, 2, 3]],
    [3, 1, -1, [3, 2, 1]],
    [-0.2, 0.2, 0.2, [-0.2, 0, 0.2]],
    [5, 5, 1, [5]],
    [5, 5, -1, [5]],
    [1e21, 3e21, 1e21, [1e21, 2e21, 3e21]],
    [1, 2, 5, [1]],
    [1, 3, -1, []],
    [3, 1, 1, []],
    [1, 3, 0, []],
  ])('from %d to %d by %d', (from, to, step, values) => {
    expect(valuesOf(from, to, step)).toEqual(values);
  });

  it('are written with no more digits than the range, and never lead beyond its end', () => {
    const tenths = fc.record({ from: fc.nat(5000), step: fc.integer({ min: 1, max: 700 }) });
    fc.assert(
      fc.property(tenths, fc.nat(60), fc.integer({ min: 0, max: 6 }), (range, steps, digits) => {
        const number = (whole: number): number => Number(`${whole}e-${digits}`);
        const { from, step } = range;
        const values = valuesOf(number(from), number(from + steps * step), number(step));
        const whole = Array.from({ length: steps + 1 }, (_, index) => from + index * step);
        expect(values).toEqual(whole.map(number));
      }),
    );
  });
});
