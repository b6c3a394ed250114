import { describe, expect, it } from 'vitest';
import { makeField } from '../../../testing/fake-inputs.ts';
import { stepped } from './step.ts';

describe('stepped', () => {
  it.each([
    ['integer', 20, 1, {}, 21],
    ['integer', 20, -1, { minimum: 20 }, 20],
    ['integer', 512, 1, { step: 64 }, 576],
    ['number', 0.1, 1, {}, 0.2],
    ['number', 0.2, 1, {}, 0.3],
    ['number', 0.001, 1, {}, 0.002],
    ['number', 0.003, -1, {}, 0.002],
    ['number', 0, 1, {}, 0.1],
    ['number', 25, 1, {}, 26],
    ['number', 1e-7, 1, {}, 2e-7],
    ['number', 0.9, 1, { maximum: 0.95 }, 0.95],
    ['number', 0.1, -1, { exclusiveMinimum: 0 }, 0.1],
  ] as const)('%s %d by %d with %j is %d', (type, value, by, limits, next) =>
    expect(stepped(value, by, makeField({ name: 'x', type, ...limits }))).toBe(next),
  );
});
