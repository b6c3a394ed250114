import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { drawLine, extent, visible } from './columns.ts';
import { cardsOf } from './cards.ts';
import { groupsOf, wordsOf } from './groups.ts';
import { ONE_LINE } from './run-looks.ts';
import { haveOf, nearest, withNews, type SeriesData, type SeriesMap } from './series-data.ts';
import { smoothed } from './smooth.ts';
import { zoomed } from './use-zoom.ts';
import { domainOf, formatValue, linearTicks, logTicks } from './scale.ts';

type Pair = [step: number, value: number];

const news = (id: number, pairs: Pair[], from = 0, name = `s${id}`) => ({
  ...{ id, name, from, count: from + pairs.length, last: pairs.at(-1)?.[1] ?? null },
  points: pairs.map(([step, value]) => ({ step, at: null, value })),
});

const NONE: SeriesMap = new Map();

const dataOf = (pairs: Pair[]): SeriesData =>
  withNews(NONE, { changed: [news(1, pairs)], gone: [] }).get(1)!;

const pairsOf = ({ steps, values, length }: SeriesData): Pair[] =>
  Array.from({ length }, (_, i) => [steps[i]!, values[i]!]);

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

/** The path of a line over 100 by 100 pixels, as text. */
function drawn(pairs: Pair[], { log = false, to = 10 } = {}): string {
  const { steps, values, length } = dataOf(pairs);
  let text = '';
  const pen = {
    moveTo: (x: number, y: number) => void (text += `M${x} ${y}`),
    lineTo: (x: number, y: number) => void (text += `L${x} ${y}`),
    bar: (x: number, low: number, high: number) => void (text += `B${x} ${low} ${high}`),
  };
  const y = log ? { scale: -50, offset: 50, log } : { scale: -100, offset: 100, log };
  const x = { scale: 100 / to, offset: 0 };
  drawLine(pen, { steps, values, range: { from: 0, to: length }, x, y });
  return text;
}

describe('drawLine', () => {
  it('shows a lone point', () => expect(drawn([[5, 1]])).toBe('M50 0L53 0'));

  it('joins the points', () => {
    expect(
      drawn([
        [0, 0],
        [5, 1],
        [10, 0.5],
      ]),
    ).toBe('M0 100L50 0L100 50');
  });

  it('keeps the peaks of points that share a column of pixels', () => {
    const dense: Pair[] = [
      [0, 0.5],
      [0.01, 1],
      [0.02, 0],
      [0.03, 0.5],
      [10, 0.5],
    ];
    expect(drawn(dense)).toBe('B0 0 100M0 50L100 50');
  });

  it.each<[number, boolean]>([
    [-1, true],
    [0, true],
    [NaN, false],
    [Infinity, false],
  ])('leaves a gap at %d', (value, log) => {
    expect(
      drawn(
        [
          [0, 1],
          [5, value],
          [10, 1],
        ],
        { log },
      ).match(/M/g),
    ).toHaveLength(2);
  });

  it('joins columns of many points without a gap', () => {
    const columns: Pair[] = [
      [0, 0],
      [0.01, 0.25],
      [0.1, 0.75],
      [0.11, 1],
      [5, 0.5],
      [5.01, 0.25],
    ];
    expect(drawn(columns)).toBe('B0 75 100B1 0 75M1 0L50 50B50 50 75');
  });

  it('draws no more than there are columns of pixels, and every peak', () => {
    const value = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 3000 }), (values) => {
        const text = drawn(
          values.map((one, i) => [i, one]),
          { to: values.length },
        );
        const strokes = text.split(/(?=[MLB])/);
        const heights = strokes.flatMap((stroke) => stroke.split(' ').slice(1).map(Number));
        expect(strokes.length).toBeLessThanOrEqual(101 * 2);
        expect(Math.min(...heights)).toBeCloseTo(100 - 100 * Math.max(...values));
        expect(Math.max(...heights)).toBeCloseTo(100 - 100 * Math.min(...values));
      }),
    );
  });
});

describe('what is shown of a series', () => {
  const data = dataOf([
    [0, 5],
    [10, -1],
    [20, NaN],
    [30, 7],
  ]);

  it('is what the view holds, and a point on either side', () => {
    expect(visible(data, { from: 11, to: 12 })).toEqual({ from: 1, to: 4 });
    expect(
      visible(
        dataOf([
          [5, 1],
          [0, 1],
        ]),
        { from: 1, to: 2 },
      ),
    ).toEqual({ from: 0, to: 2 });
  });

  it('reaches from the least to the greatest number', () => {
    const whole = { from: 0, to: 4 };
    expect(extent(data.values, whole, false)).toEqual({ from: -1, to: 7 });
    expect(extent(data.values, whole, true)).toEqual({ from: 5, to: 7 });
    expect(extent(data.values, { from: 2, to: 3 }, false)).toBeNull();
  });
});

describe('nearest', () => {
  const data = dataOf([
    [0, 1],
    [10, 2],
    [20, 3],
  ]);
  it.each([
    [-5, 0],
    [4, 0],
    [5, 0],
    [6, 1],
    [19, 2],
    [99, 2],
  ])('to %d is at %d', (step, found) => expect(nearest(data, step)).toBe(found));

  it('is found where steps are in no order', () => {
    expect(
      nearest(
        dataOf([
          [0, 1],
          [30, 1],
          [10, 1],
        ]),
        12,
      ),
    ).toBe(2);
  });

  it('of none is none', () => expect(nearest(dataOf([]), 1)).toBe(-1));
});

describe('withNews', () => {
  it('adds what came since, in any pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 600 }), { minLength: 1, maxLength: 6 }), (sizes) => {
        let series = NONE;
        let all: Pair[] = [];
        for (const size of sizes) {
          const more = Array.from({ length: size }, (_, i): Pair => [all.length + i, i]);
          series = withNews(series, { changed: [news(1, more, all.length)], gone: [] });
          all = [...all, ...more];
        }
        expect(pairsOf(series.get(1)!)).toEqual(all);
        expect(haveOf(series)).toEqual([{ id: 1, count: all.length }]);
      }),
    );
  });

  it('leaves an older answer as it was', () => {
    const before = withNews(NONE, { changed: [news(1, [[0, 1]])], gone: [] });
    withNews(before, { changed: [news(1, [[1, 2]], 1)], gone: [] });
    expect(pairsOf(before.get(1)!)).toEqual([[0, 1]]);
  });

  it('replaces, removes, and asks again for what does not fit', () => {
    const first = withNews(NONE, { changed: [news(1, [[0, 1]]), news(2, [[0, 2]])], gone: [] });
    const next = withNews(first, { changed: [news(2, [[9, 9]], 5), news(3, [[0, 3]])], gone: [1] });
    expect([...next.keys()]).toEqual([3]);
    expect(withNews(next, { changed: [], gone: [] })).toBe(next);
  });
});

describe('smoothed', () => {
  const values = new Float64Array([1, NaN, 3, Infinity, 3]);
  it('changes nothing without weight', () => expect(smoothed(values, 5, 0)).toBe(values));

  it('starts at the first value and passes over what is no number', () => {
    const found = smoothed(values, 5, 0.5);
    expect([...found]).toEqual([
      1,
      NaN,
      (0.25 + 1.5) / 0.75,
      Infinity,
      (0.125 + 0.75 + 1.5) / 0.875,
    ]);
  });
});

describe('zoomed', () => {
  const whole = { from: 0, to: 100 };
  it.each([
    [whole, 50, 0.5, { from: 25, to: 75 }],
    [{ from: 40, to: 60 }, 40, 2, { from: 40, to: 80 }],
    [{ from: 40, to: 60 }, 50, 100, null],
    [{ from: 50, to: 50.000_000_01 }, 50, 0.5, { from: 50, to: 50.000_000_01 }],
  ])('%j at %d by %d', (view, at, by, expected) => {
    expect(zoomed(whole, view, at, by)).toEqual(expected);
  });
});

describe('groups', () => {
  it("are the code's own first, each in order of names", () => {
    const names = ['system/cpu', 'usage/memory', 'loss', 'acc', 'usage/cpu'];
    const lines = names.map((name) => ({
      ...{ run: '', look: ONE_LINE },
      series: { ...dataOf([[0, 1]]), name },
    }));
    const groups = groupsOf(cardsOf(lines, new Set()), 'step').map(({ id, cards }) => [
      id,
      ...cards.map((one) => one.name),
    ]);
    expect(groups).toEqual([
      ['code', 'acc', 'loss'],
      ['usage', 'usage/cpu', 'usage/memory'],
      ['system', 'system/cpu'],
    ]);
  });

  it.each([
    ['usage/memory', 'Memory', 1_500_000, '1.5 MB'],
    ['usage/cpu', 'CPU', 150, '150.0 %'],
    ['loss', 'loss', 0.5, '0.5'],
  ])('%s is shown as %s', (name, title, value, text) => {
    const words = wordsOf(name);
    expect([words.title, words.text(value)]).toEqual([title, text]);
  });
});
