import { describe, expect, it } from 'vitest';
import { PullProgress } from './pull-progress.ts';

const layer = (id: string, status: string, current?: number, total?: number): unknown => ({
  id,
  status,
  progressDetail: { current, total },
});

describe('PullProgress', () => {
  it('counts the bytes of the layers that are fetched, once it knows all of them', () => {
    const progress = new PullProgress();
    const states: unknown[] = [];
    for (const record of [
      layer('3.11', 'Pulling from library/python'),
      layer('old', 'Already exists'),
      layer('a', 'Pulling fs layer'),
      layer('b', 'Pulling fs layer'),
      layer('a', 'Downloading', 30, 100),
      layer('b', 'Waiting'),
      layer('b', 'Downloading', 5, 50),
      layer('a', 'Download complete'),
      layer('a', 'Extracting', 10, 100),
      layer('b', 'Download complete'),
      layer('a', 'Pull complete'),
      layer('b', 'Pull complete'),
    ]) {
      progress.read(record);
      states.push([progress.bytes.done, progress.bytes.total]);
    }
    expect(states).toEqual([
      [0, null],
      [0, null],
      [0, null],
      [0, null],
      [30, null],
      [30, null],
      [35, 150],
      [105, 150],
      [105, 150],
      [150, 150],
      [150, 150],
      [150, 150],
    ]);
    expect(progress.layers).toEqual({ done: 2, all: 2 });
  });

  it('tells a line for each change of a layer, none for more bytes', () => {
    const progress = new PullProgress();
    expect(progress.read(layer('a', 'Pulling fs layer'))).toBe('a: Pulling fs layer\n');
    expect(progress.read(layer('a', 'Downloading', 1, 9))).toBe('a: Downloading\n');
    expect(progress.read(layer('a', 'Downloading', 2, 9))).toBeNull();
    expect(progress.read({ status: 'Status: Downloaded' })).toBe('Status: Downloaded\n');
  });

  it('keeps the digest and the error', () => {
    const progress = new PullProgress();
    const digest = `sha256:${'a'.repeat(64)}`;
    progress.read({ status: `Digest: ${digest}` });
    progress.read({ status: 'Digest: nonsense' });
    progress.read({ errorDetail: {}, error: 'no' });
    expect(progress).toMatchObject({ digest, error: 'no' });
  });

  it.each([
    [null],
    [3],
    [[]],
    [{ status: 3 }],
    [{ id: 'a', status: 'Downloading', progressDetail: 'x' }],
  ])('passes over %j', (record) => {
    const progress = new PullProgress();
    expect(progress.read(record)).toBeNull();
    expect(progress.bytes).toEqual({ done: 0, total: null });
  });

  it('keeps counts within the layer, whatever they are', () => {
    const progress = new PullProgress();
    progress.read(layer('a', 'Pulling fs layer'));
    progress.read(layer('a', 'Downloading', 500, 100));
    expect(progress.bytes).toEqual({ done: 100, total: 100 });
    progress.read(layer('a', 'Downloading', -5, 100));
    expect(progress.bytes).toEqual({ done: 0, total: 100 });
  });
});
