import { describe, expect, it } from 'vitest';
import { secondsTick, secondsUnit } from './axis.ts';
import { cardsOf } from './cards.ts';
import { csvOf, extremes, readings, shownLines } from './read-lines.ts';
import { ONE_LINE } from './run-looks.ts';
import { byTime, isTimed, withNews, type SeriesData } from './series-data.ts';

type Pair = [step: number, value: number];

interface Point {
  step: number;
  at: number | null;
  value: number;
}

const seriesOf = (points: Point[]): SeriesData => {
  const news = { id: 1, name: 's1', from: 0, count: points.length, last: null, points };
  const last = points.at(-1)?.value ?? null;
  return withNews(new Map(), { changed: [{ ...news, last }], gone: [] }).get(1)!;
};

const dataOf = (pairs: Pair[]): SeriesData =>
  seriesOf(pairs.map(([step, value]) => ({ step, at: null, value })));

const pairsOf = ({ steps, values, length }: SeriesData): Pair[] =>
  Array.from({ length }, (_, i) => [steps[i]!, values[i]!]);

describe('an axis of time', () => {
  it.each([
    [90, '90 s', 1],
    [600, '10 min', 60],
    [9000, '2.5 h', 3600],
  ])('%d s is told as %s, with ticks on whole units', (seconds, text, unit) => {
    expect(secondsTick(seconds)).toBe(text);
    expect(secondsUnit({ from: 0, to: seconds })).toBe(unit);
  });

  it('has the points of known times, from the start of the run on', () => {
    const at = (time: number | null, step: number) => ({ step, at: time, value: step * 10 });
    const points = [at(5000, 0), at(null, 1), at(9000, 2)];
    const series = seriesOf(points);
    expect(isTimed(series)).toBe(true);
    expect(pairsOf(byTime(series, 4000))).toEqual([
      [1, 0],
      [5, 20],
    ]);
    expect(isTimed(dataOf([[0, 1]]))).toBe(false);
  });
});

describe('cards', () => {
  const line = (run: string, name: string, pairs: Pair[]) => ({
    ...{ run, look: ONE_LINE },
    series: { ...dataOf(pairs), name },
  });

  it('have the lines of all runs, and both ways of the network in one', () => {
    const lines = ['a', 'b'].flatMap((run) =>
      ['usage/network in', 'usage/network out', 'loss'].map((name) => line(run, name, [[0, 1]])),
    );
    const cards = cardsOf(lines, new Set(['usage/network']));
    expect(cards.map((card) => [card.name, ...card.lines.map(({ label }) => label)])).toEqual([
      ['usage/network', 'a, in', 'a, out', 'b, in', 'b, out'],
      ['loss', 'a', 'b'],
    ]);
  });

  it('read nothing of a run that ended before the cursor, unless it is alone', () => {
    const short = cardsOf(
      [
        line('a', 'loss', [
          [0, 3],
          [4, 1],
        ]),
      ],
      new Set(),
    )[0]!.lines;
    const both = [
      ...short,
      ...cardsOf(
        [
          line('b', 'loss', [
            [0, 5],
            [9, 2],
          ]),
        ],
        new Set(),
      )[0]!.lines,
    ];
    const values = (lines: typeof short, cursor: number | null) =>
      readings(shownLines(lines, 0), cursor).map(({ value }) => value);
    expect(values(both, 8)).toEqual([null, 2]);
    expect(values(both, null)).toEqual([1, 2]);
    expect(values(short, 8)).toEqual([1]);
  });

  it('are copied as comma-separated values, a row for each step of any line', () => {
    const lines = cardsOf(
      [
        line('a', 'loss', [
          [0, 3],
          [4, 1],
        ]),
        line('b, "c"', 'loss', [[4, 2]]),
      ],
      new Set(),
    )[0]!.lines;
    expect(csvOf('step', lines, 'loss')).toBe('step,a,"b, ""c"""\n0,3,\n4,1,2');
  });

  it('tell the least and greatest of what is a number', () => {
    expect(
      extremes(
        dataOf([
          [0, NaN],
          [1, 3],
          [2, -1],
          [3, Infinity],
        ]),
      ),
    ).toEqual({
      least: -1,
      greatest: 3,
    });
    expect(extremes(dataOf([[0, NaN]]))).toBeNull();
  });
});
