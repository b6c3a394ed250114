import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareValues, differingNames, flatValues, numberNames } from './flat-values.ts';

describe('flatValues', () => {
  it('names nested values by their path, without what the tracker adds', () => {
    const flat = flatValues({ lr: 1, model: { width: 8, sizes: [1] }, _wandb: { v: 1 }, none: {} });
    expect([...flat]).toEqual([
      ['lr', 1],
      ['model.width', 8],
      ['model.sizes', [1]],
    ]);
    expect(flatValues(null).size).toBe(0);
  });

  it('does not go down for ever', () => {
    let deep: Record<string, unknown> = { end: 1 };
    for (let i = 0; i < 5000; i += 1) deep = { a: deep };
    expect(flatValues(deep).size).toBe(1);
  });
});

describe('differingNames', () => {
  it('are of the values that are not the same in all, missing ones included', () => {
    const rows = [
      { lr: 1, seed: 7, a: null },
      { lr: 2, seed: 7 },
    ].map(flatValues);
    expect(differingNames(rows)).toEqual(['lr', 'a']);
    expect(differingNames([])).toEqual([]);
  });
});

it('numberNames are those with a number somewhere', () => {
  expect(numberNames([{ a: 'x', b: 1 }, { a: 2 }].map(flatValues))).toEqual(['b', 'a']);
});

it('compareValues is an order', () => {
  const value = fc.oneof(fc.double({ noNaN: true }), fc.string(), fc.constant(undefined));
  fc.assert(
    fc.property(value, value, value, (a, b, c) => {
      expect(Math.sign(compareValues(a, b)) + Math.sign(compareValues(b, a))).toBe(0);
      if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0) {
        expect(compareValues(a, c)).toBeLessThanOrEqual(0);
      }
    }),
  );
});
