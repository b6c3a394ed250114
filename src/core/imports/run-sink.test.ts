import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testFolder } from '../db/testing.ts';
import { createLogStore } from '../logs/create-log-store.ts';
import { valueMasker } from '../logs/mask-values.ts';
import { PointBuffer } from '../metrics/series-codec.ts';
import { SeriesStore } from '../metrics/series-store.ts';
import { RunSink } from './run-sink.ts';

/** A run that Slipway executed: so many values of its loss were seen live, beside its use of memory. */
async function seenLive(count: number) {
  const folder = testFolder();
  const series = new SeriesStore(join(folder, 'metrics.db'));
  onTestFinished(() => series.close());
  const points = new PointBuffer();
  for (let step = 0; step < count; step++) points.add(step, null, -1);
  series.append('r1', new Map([['loss', points]]));
  const usage = new PointBuffer();
  usage.add(0, null, 5);
  series.append('r1', new Map([['usage/memory', usage]]), 'usage');
  const sink = await RunSink.open(
    { series, logs: createLogStore(join(folder, 'logs')) },
    'r1',
    false,
  );
  /** Reads a file of so many rows. */
  const read = async (rows: number, exitCode: number | null) => {
    const history = Array.from({ length: rows }, (_, step) => ({
      ...{ step, time: null, runtime: null },
      values: { loss: 1 },
    }));
    sink.history(history);
    sink.settle({ exitCode, rows });
    await sink.close();
    const stored = series.read('r1', 1000).map(({ name, count: all, last }) => [name, all, last]);
    return { stored, others: series.read('r1/read', 10) };
  };
  return { read, sink, series };
}

const USAGE = ['usage/memory', 1, 5];

describe('what was read of a run that was seen live', () => {
  it.each([
    ['takes the place of it', 5, 3, 0, ['loss', 3, 1]],
    ['takes the place of it when it has as much', 5, 5, null, ['loss', 5, 1]],
    ['is left out when the program was killed before it wrote', 5, 0, null, ['loss', 5, -1]],
    ['is left out when it has less', 5, 4, null, ['loss', 5, -1]],
    ['is left out when it has nothing to say', 5, 0, 0, ['loss', 5, -1]],
  ])('%s (%d seen, %d read)', async (_, live, rows, exitCode, loss) => {
    const { read } = await seenLive(live);
    expect(await read(rows, exitCode)).toEqual({ stored: [loss, USAGE], others: [] });
  });

  it('has the secrets of the run masked in the names of its metrics', async () => {
    const folder = testFolder();
    const series = new SeriesStore(join(folder, 'metrics.db'));
    onTestFinished(() => series.close());
    const stores = { series, logs: createLogStore(join(folder, 'logs')) };
    const sink = await RunSink.open(stores, 'r2', false, valueMasker([Buffer.from('hunter2')]));
    sink.history([{ step: 0, time: null, runtime: null, values: { 'a/hunter2': 1 } }]);
    sink.settle({ exitCode: 0, rows: 1 });
    await sink.close();
    expect(series.read('r2', 10).map(({ name }) => name)).toEqual(['a/*******']);
  });

  it('leaves nothing behind when it cannot be read', async () => {
    const { sink, series } = await seenLive(2);
    sink.history([{ step: 0, time: null, runtime: null, values: { other: 1 } }]);
    await sink.close();
    expect(series.read('r1', 10).map(({ name }) => name)).toEqual(['loss', 'usage/memory']);
    expect(series.read('r1/read', 10)).toEqual([]);
  });
});
