import { describe, expect, it } from 'vitest';
import { linePath, nearest } from './line.ts';
import { domainOf, formatValue, linearScale, linearTicks, logScale, logTicks } from './scale.ts';

const at = (step: number, value: number) => ({ step, at: null, value });

describe('domainOf', () => {
  it.each([
    [[3, -1, 2], { from: -1, to: 3 }],
    [[5, 5], { from: 4.5, to: 5.5 }],
    [[0], { from: -1, to: 1 }],
    [[], null],
  ])('%j', (values, domain) => expect(domainOf(values)).toEqual(domain));
});

describe('ticks', () => {
  it.each([
    [{ from: 0, to: 1 }, 4, [0, 0.5, 1]],
    [{ from: 0, to: 4999 }, 5, [0, 1000, 2000, 3000, 4000]],
    [{ from: -3, to: 7 }, 5, [-2, 0, 2, 4, 6]],
  ])('linear %j', (domain, count, ticks) => expect(linearTicks(domain, count)).toEqual(ticks));

  it.each([
    [{ from: 0.001, to: 10 }, 8, [0.001, 0.01, 0.1, 1, 10]],
    [{ from: 2, to: 9 }, 4, [2, 4, 6, 8]],
  ])('logarithmic %j', (domain, count, ticks) => {
    const found = logTicks(domain, count);
    expect(found).toHaveLength(ticks.length);
    found.forEach((tick, i) => expect(tick).toBeCloseTo(ticks[i]!));
  });
});

describe('formatValue', () => {
  it.each([
    [0, '0'],
    [0.18234567, '0.182346'],
    [18_400, '18,400'],
    [0.0003, '3e-4'],
    [-12_345_678, '-1.235e7'],
  ])('%d is %s', (value, text) => expect(formatValue(value)).toBe(text));
});

describe('linePath', () => {
  it('shows a lone point', () => {
    expect(linePath([at(5, 1)], x, y)).toBe('M50 0h0');
  });

  const x = linearScale({ from: 0, to: 10 }, 0, 100);
  const y = linearScale({ from: 0, to: 1 }, 100, 0);

  it('joins the points', () => {
    expect(linePath([at(0, 0), at(5, 1), at(10, 0.5)], x, y)).toBe('M0 100L50 0L100 50');
  });

  it('keeps the peaks of points that share a column of pixels', () => {
    const dense = [at(0, 0.5), at(0.01, 1), at(0.02, 0), at(0.03, 0.5), at(10, 0.5)];
    expect(linePath(dense, x, y)).toBe('M0 50V0V100V50L100 50');
  });

  it('leaves a gap where a log scale has no place', () => {
    const log = logScale({ from: 0.1, to: 10 }, 100, 0);
    expect(linePath([at(0, 1), at(5, -1), at(10, 1)], x, log)).toBe('M0 50h0M100 50h0');
  });

  it('draws no more columns than there are pixels', () => {
    const many = Array.from({ length: 5000 }, (_, i) => at(i / 500, Math.abs(Math.sin(i))));
    expect(linePath(many, x, y).match(/[ML]/g)?.length).toBeLessThanOrEqual(101);
  });
});

describe('nearest', () => {
  const points = [at(0, 1), at(10, 2), at(20, 3)];
  it.each([
    [-5, 0],
    [4, 0],
    [5, 0],
    [6, 10],
    [19, 20],
    [99, 20],
  ])('to %d is %d', (step, found) => expect(nearest(points, step)?.step).toBe(found));

  it('of none is null', () => expect(nearest([], 1)).toBeNull());
});
