import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SweepAxis, SweepPlan } from '../../shared/domain/sweep.ts';
import { cellsOf, planProblems } from './cells.ts';

const list = (input: string, ...values: (number | string | boolean)[]): SweepAxis => ({
  ...{ kind: 'list', input },
  values,
});
const range = (input: string, from: number, to: number, step: number): SweepAxis => ({
  ...{ kind: 'range', input, from, to, step },
});
const draw = (input: string, min: number, max: number, more: object = {}): SweepAxis => ({
  ...{ kind: 'draw', input, min, max, scale: 'linear', integer: false },
  ...more,
});
const grid = (...axes: SweepAxis[]): SweepPlan => ({ method: 'grid', axes, count: null, seed: 0 });
const random = (count: number | null, seed: number, ...axes: SweepAxis[]): SweepPlan => ({
  ...{ method: 'random', axes, count, seed },
});
const all = (plan: SweepPlan) => cellsOf(plan).first(cellsOf(plan).total);
const numbersOf = (plan: SweepPlan) => all(plan).map((cell) => Number(cell['x']));

describe('a grid', () => {
  it('is every combination, the last input changing first', () => {
    expect(all(grid(range('lr', 0.1, 0.3, 0.1), list('opt', 'adam', 'sgd')))).toEqual([
      { lr: 0.1, opt: 'adam' },
      { lr: 0.1, opt: 'sgd' },
      { lr: 0.2, opt: 'adam' },
      { lr: 0.2, opt: 'sgd' },
      { lr: 0.3, opt: 'adam' },
      { lr: 0.3, opt: 'sgd' },
    ]);
  });

  it('has a value that is listed twice once', () => {
    expect(all(grid(list('a', 1, 2, 1)))).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('has as many cells as its sizes multiply to, all different, in the same order again', () => {
    const axis = (name: string) =>
      fc
        .uniqueArray(fc.oneof(fc.integer(), fc.string(), fc.boolean()), {
          minLength: 1,
          maxLength: 6,
        })
        .map((values) => list(name, ...values));
    fc.assert(
      fc.property(axis('a'), axis('b'), axis('c'), (...axes) => {
        const plan = grid(...axes);
        const cells = all(plan);
        const size = axes.reduce(
          (n, each) => n * (each.kind === 'list' ? each.values.length : 1),
          1,
        );
        expect(new Set(cells.map((cell) => JSON.stringify(cell))).size).toBe(size);
        expect(cells).toHaveLength(size);
        expect(cellsOf(plan).first(3)).toEqual(cells.slice(0, 3));
      }),
    );
  });
});

describe('a random sweep', () => {
  it('has these cells for this seed, on every machine and for ever', () => {
    const axes = [
      draw('lr', 1e-5, 0.1, { scale: 'log' }),
      draw('layers', 1, 8, { integer: true }),
      list('opt', 'adam', 'sgd'),
    ];
    expect(all(random(3, 1, ...axes))).toMatchInlineSnapshot(`
      [
        {
          "layers": 2,
          "lr": 0.000379044,
          "opt": "adam",
        },
        {
          "layers": 6,
          "lr": 0.0329801,
          "opt": "adam",
        },
        {
          "layers": 4,
          "lr": 0.021954,
          "opt": "adam",
        },
      ]
    `);
  });

  it('draws the same first cells whatever their number', () => {
    const axes = [draw('x', 0, 1)];
    expect(all(random(50, 3, ...axes)).slice(0, 10)).toEqual(all(random(10, 3, ...axes)));
  });

  it('never has a cell twice, and all there are when all are asked for', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), (bounds, share, seed) => {
        const [a, b] = bounds;
        const count = 1 + (share % (a * b));
        const axes = [draw('a', 1, a, { integer: true }), range('b', 1, b, 1)];
        const cells = all(random(count, seed, ...axes)).map((cell) => JSON.stringify(cell));
        expect(new Set(cells).size).toBe(count);
        expect(cells).toHaveLength(count);
      }),
    );
  });

  it('keeps within its limits, whole where it is to be', () => {
    const kinds = fc.record({
      min: fc.integer({ min: -1000, max: 1000 }),
      width: fc.integer({ min: 1, max: 100_000 }),
      integer: fc.boolean(),
      scale: fc.constantFrom('linear', 'log'),
    });
    fc.assert(
      fc.property(kinds, fc.nat(), ({ min, width, integer, scale }, seed) => {
        const from = scale === 'log' ? Math.abs(min) + 1 : min;
        const count = Math.min(20, width);
        const plan = random(count, seed, draw('x', from, from + width, { integer, scale }));
        expect(planProblems(plan)).toEqual([]);
        for (const x of numbersOf(plan)) {
          expect(x >= from && x <= from + width && (!integer || Number.isInteger(x))).toBe(true);
        }
      }),
    );
  });

  it('draws on a log scale as often from each power of ten', () => {
    const plan = random(4000, 5, draw('x', 1e-4, 1, { scale: 'log' }));
    const tens = numbersOf(plan).map((x) => Math.min(-1, Math.floor(Math.log10(x))));
    for (const power of [-4, -3, -2, -1]) {
      const share = tens.filter((ten) => ten === power).length;
      expect(Math.abs(share - 1000)).toBeLessThan(120);
    }
  });

  it('draws numbers that can be read out, also from a narrow range', () => {
    const texts = numbersOf(random(50, 1, draw('x', 0, 1))).map(String);
    expect(texts.every((text) => text.replace('0.', '').replace(/^0+/, '').length <= 6)).toBe(true);
    expect(new Set(numbersOf(random(50, 1, draw('x', 1, 1.000001)))).size).toBe(50);
  });

  it('has as many cells as a range has numbers, when that is too narrow', () => {
    const plan = random(10_000, 1, draw('x', 1, 1 + 2 ** -50));
    expect(all(plan)).toHaveLength(5);
    expect(cellsOf(plan).total).toBe(5);
  });

  it('can have all whole numbers of a wide range on a log scale', () => {
    const cells = numbersOf(random(5000, 1, draw('x', 1, 5000, { scale: 'log', integer: true })));
    expect(new Set(cells).size).toBe(5000);
  });
});

describe('what is wrong with a plan', () => {
  it.each([
    ['no axes', grid(), 'plan.axes', 'varies no input'],
    ['no values', grid(list('a')), 'values.a', 'no values'],
    ['the same input twice', grid(list('a', 1), list('a', 2)), 'values.a', 'twice'],
    ['a step of 0', grid(range('a', 1, 2, 0)), 'values.a', 'step is 0'],
    ['steps the wrong way', grid(range('a', 1, 2, -1)), 'values.a', 'do not lead'],
    ['a draw in a grid', grid(draw('a', 0, 1)), 'values.a', 'cannot draw'],
    ['too many cells', grid(range('a', 1, 200, 1), range('b', 1, 200, 1)), 'plan', '40,000 cells'],
    ['a range without end', grid(range('a', 0, 1, 1e-300)), 'plan', 'cells'],
    ['no count', random(null, 0, list('a', 1)), 'plan.count', 'at least 1'],
    ['a count of 0', random(0, 0, list('a', 1)), 'plan.count', 'at least 1'],
    ['a count beyond the limit', random(10_001, 0, draw('a', 0, 1)), 'plan', '10,001 cells'],
    ['more than there are', random(3, 0, list('a', 1, 2)), 'plan.count', 'only 2'],
    ['a seed that is not exact', random(1, 2 ** 60, list('a', 1)), 'plan.seed', 'exact'],
    ['limits in the wrong order', random(1, 0, draw('a', 2, 1)), 'values.a', 'below its least'],
    ['a log scale from 0', random(1, 0, draw('a', 0, 1, { scale: 'log' })), 'values.a', 'above 0'],
    ['a width that is no number', random(1, 0, draw('a', -1e308, 1e308)), 'values.a', 'too wide'],
    [
      'no whole number',
      random(1, 0, draw('a', 0.2, 0.8, { integer: true })),
      'values.a',
      'no whole',
    ],
    [
      'whole numbers too large',
      random(1, 0, draw('a', 0, 1e17, { integer: true })),
      'values.a',
      'exact',
    ],
  ])('%s', (_what, plan, path, text) => {
    const problems = planProblems(plan);
    expect(problems[0]).toMatchObject({ code: 'E_SWEEP', path });
    expect(problems[0]!.message).toContain(text);
  });

  it('is nothing at the limit', () => {
    expect(planProblems(grid(range('a', 1, 100, 1), range('b', 1, 100, 1)))).toEqual([]);
    expect(planProblems(random(10_000, 0, draw('a', 0, 1)))).toEqual([]);
  });
});
