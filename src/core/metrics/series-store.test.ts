import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testFolder } from '../db/testing.ts';
import { PointBuffer, type Point } from './series-codec.ts';
import { SeriesStore } from './series-store.ts';

function testStore() {
  const store = new SeriesStore(join(testFolder(), 'metrics.db'));
  onTestFinished(() => store.close());
  return store;
}

const line = (count: number, from = 0): Point[] =>
  Array.from({ length: count }, (_, i) => ({ step: from + i, at: null, value: (from + i) / 2 }));

const x = (points: Point[]) => new Map([['x', buffered(points)]]);

function buffered(points: Point[]): PointBuffer {
  const buffer = new PointBuffer();
  for (const { step, at, value } of points) buffer.add(step, at, value);
  return buffer;
}

describe('SeriesStore', () => {
  it('gives back what was added in any pieces, in order', () => {
    const store = testStore();
    let run = 0;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2500 }), { maxLength: 5 }), (sizes) => {
        const runId = `run-${run++}`;
        let count = 0;
        for (const size of sizes) {
          store.append(runId, x(line(size, count)));
          count += size;
        }
        const [series] = store.read(runId, 100_000);
        expect(series?.points ?? []).toEqual(line(count));
      }),
      { numRuns: 20 },
    );
  });

  it('thins to as many points as asked for, keeps both ends and every peak', () => {
    const store = testStore();
    const points = line(10_001);
    points[4320]!.value = Number.NaN;
    points[4321]!.value = -7;
    points[4322]!.value = 99_999;
    store.append('a', x(points));
    const [series] = store.read('a', 100);
    expect(series).toMatchObject({ name: 'x', count: 10_001, last: 5000 });
    expect(series!.points.length).toBeLessThanOrEqual(100);
    expect([series!.points[0], series!.points.at(-1)]).toEqual([points[0], points.at(-1)]);
    const values = series!.points.map(({ value }) => value).filter((value) => !Number.isNaN(value));
    expect([Math.min(...values), Math.max(...values)]).toEqual([-7, 99_999]);
    const steps = series!.points.map(({ step }) => step);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(store.read('a', 2)[0]?.points).toHaveLength(2);
  });

  it('tells a reader what is new', () => {
    const store = testStore();
    store.append('a', x(line(10)));
    const { changed } = store.readSince('a', 5000, []);
    const [{ id, points }] = changed as [(typeof changed)[number]];
    expect(points).toEqual(line(10));
    expect(store.readSince('a', 5000, [{ id, count: 10 }])).toEqual({ changed: [], gone: [] });
    store.append('a', x(line(2000, 10)));
    store.append('a', new Map([['y', buffered(line(1))]]));
    const next = store.readSince('a', 5000, [
      { id, count: 10 },
      { id: 99, count: 1 },
    ]);
    expect(next.gone).toEqual([99]);
    expect(next.changed).toMatchObject([
      { id, from: 10, count: 2010, last: 1004.5, points: line(2000, 10) },
      { name: 'y', from: 0, points: line(1) },
    ]);
    const [thinned] = store.readSince('a', 100, [{ id, count: 10 }]).changed;
    expect(thinned).toMatchObject({ id, from: 0, count: 2010 });
    expect(thinned!.points.length).toBeLessThanOrEqual(100);
  });

  it('keeps what other sources said, and no two of one name', () => {
    const store = testStore();
    store.append('a', x(line(3)));
    store.append('a', new Map([['usage/cpu', buffered(line(2))]]), 'usage');
    store.append('a', x(line(9)), 'printed');
    expect(store.longest('a', 'code')).toBe(3);
    store.clear('a', 'code');
    expect(store.read('a', 10).map(({ name, count }) => [name, count])).toEqual([['usage/cpu', 2]]);
    store.append('a', x(line(3)));
    store.append('b', x(line(1)));
    store.replaceCode('a', 'b');
    expect(store.read('a', 10).map(({ name, count }) => [name, count])).toEqual([
      ['usage/cpu', 2],
      ['x', 1],
    ]);
    expect(store.read('b', 10)).toEqual([]);
  });

  it('keeps times and values that are no numbers', () => {
    const store = testStore();
    const points = [
      { step: 0, at: 1_700_000_000_123, value: Number.NaN },
      { step: 1, at: null, value: Number.POSITIVE_INFINITY },
    ];
    store.append('a', x(points));
    expect(store.read('a', 10)[0]?.points).toEqual(points);
  });

  it('keeps runs apart, and forgets one', () => {
    const store = testStore();
    store.append('a', x(line(1)));
    store.append('b', x(line(2)));
    store.clear('b');
    expect(store.read('a', 10)).toHaveLength(1);
    expect(store.read('b', 10)).toEqual([]);
  });
});
