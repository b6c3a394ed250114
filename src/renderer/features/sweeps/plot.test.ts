import { describe, expect, it } from 'vitest';
import { makeRun } from '../../testing/fake-data.ts';
import { bestValue, likelyGoal, type Cell } from './cells.ts';
import { plotOf } from './plot.ts';

const cellsOf = (pairs: readonly [input: Cell['values'][string], result: unknown][]): Cell[] =>
  pairs.map(([x, y], cell) => ({
    ...{ cell, values: { x }, results: new Map([['y', y]]) },
    run: makeRun({ id: String(cell), name: 'r' }),
  }));
const plot = (...pairs: Parameters<typeof cellsOf>[0][number][]) =>
  plotOf(cellsOf(pairs), 'x', 'y', 640, 176);

describe('plotOf', () => {
  it('is nothing while no cell has the metric', () => {
    expect(plot([1, undefined], [2, 'NaN'], [3, Number.NaN])).toBeNull();
  });

  it('goes up with the metric and right with the input, within its frame', () => {
    const { dots, left, right, bottom, xTicks } = plot([1, 0.5], [2, 0.7], [4, 0.1])!;
    const [a, b, c] = dots as [(typeof dots)[0], (typeof dots)[0], (typeof dots)[0]];
    expect(a.x < b.x && b.x < c.x).toBe(true);
    expect(b.y < a.y && a.y < c.y).toBe(true);
    for (const { x, y } of dots)
      expect(x >= left && x <= right && y >= 0 && y <= bottom).toBe(true);
    expect(xTicks.map(({ text }) => text)).toEqual(['1', '2', '4']);
  });

  it('spreads powers of ten evenly', () => {
    const { dots } = plot([0.001, 1], [0.01, 2], [0.1, 3])!;
    expect(dots[2]!.x - dots[1]!.x).toBeCloseTo(dots[1]!.x - dots[0]!.x);
  });

  it('gives words a place each, the same for the same word', () => {
    const { dots, xTicks } = plot(['sgd', 1], ['adam', 2], ['sgd', 3], [null, 4])!;
    expect(dots[0]!.x).toBe(dots[2]!.x);
    expect(xTicks.map(({ text }) => text)).toEqual(['adam', 'null', 'sgd']);
  });

  it('thins very many dots, and says how many there are', () => {
    const many = Array.from({ length: 10_000 }, (_, i): [number, number] => [
      i,
      i === 4999 ? -1 : i,
    ]);
    const { dots, total } = plot(...many)!;
    expect(total).toBe(10_000);
    expect(dots.length).toBeLessThanOrEqual(2002);
    expect(dots.map(({ value }) => value)).toEqual(expect.arrayContaining([-1, 9999]));
  });
});

describe('the best value', () => {
  it('is of runs that did not fail', () => {
    const cells = cellsOf([
      [1, 3],
      [2, 1],
      [3, 2],
      [4, 'NaN'],
    ]);
    cells[1]!.run = makeRun({ id: 'f', name: 'f', state: 'failed' });
    expect(bestValue(cells, 'y', 'lowest')).toBe(2);
    expect(bestValue(cells, 'y', 'highest')).toBe(3);
    expect(bestValue([], 'y', 'lowest')).toBeNull();
  });

  it.each([
    ['loss', 'lowest'],
    ['val/loss', 'lowest'],
    ['eval_rmse', 'lowest'],
    ['Error rate', 'lowest'],
    ['accuracy', 'highest'],
    ['f1', 'highest'],
    ['timestep_reward', 'highest'],
  ])('of %s is likely the %s', (metric, goal) => expect(likelyGoal(metric)).toBe(goal));
});
