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

  it('thins evenly and keeps both ends', () => {
    const store = testStore();
    store.append('a', x(line(10_001)));
    const [series] = store.read('a', 11);
    expect(series).toMatchObject({ name: 'x', count: 10_001, last: 5000 });
    expect(series?.points.map(({ step }) => step)).toEqual(
      Array.from({ length: 11 }, (_, i) => i * 1000),
    );
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
