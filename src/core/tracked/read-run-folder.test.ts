import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRunFolder } from './read-run-folder.ts';
import { item, message, record } from './testing/records.ts';
import { runFolder, temporaryFolder, writeFiles } from './testing/run-folder.ts';
import type { HistoryRow, TrackedRunSink } from './tracked-run.ts';

const signal = new AbortController().signal;
const read = (records: Uint8Array[] | null, files: Record<string, string | Uint8Array> = {}) =>
  readRunFolder(runFolder(records, files), signal);

/** A sink that keeps all it gets. */
function collector() {
  const got = { rows: [] as HistoryRow[], text: '', samples: 0, batches: 0 };
  const sink: TrackedRunSink = {
    history: async (rows) => {
      got.batches++;
      got.rows.push(...rows);
    },
    console: (pieces) => {
      for (const { bytes } of pieces) got.text += bytes.toString('utf8');
    },
    system: (samples) => {
      got.samples += samples.length;
    },
  };
  return { got, sink };
}

describe('readRunFolder', () => {
  it('reads old keys, nested keys, updates and removals in their order', async () => {
    const run = await read([
      record.config([item('lr', '0.1'), item(['a', 'b'], '1'), item(['a', 'c'], '{"d": 1}')]),
      record.config([item(['a', 'c', 'd'], '2'), item('gone', '1'), item('again', '1')]),
      record.config([item('lr', '0.2')], [item('gone', ''), item(['again'], '')]),
      record.config([item('again', '{"x": NaN}')]),
    ]);
    expect(run.config).toEqual({ lr: 0.2, a: { b: 1, c: { d: 2 } }, again: { x: Number.NaN } });
    expect(run.problems).toEqual([]);
  });

  it('reads rows with steps that jump, nested names and words that are no JSON', async () => {
    const run = await read([
      record.history({ _step: 5, _runtime: 1.5, _timestamp: 1700000000.25, loss: 1 }),
      record.historyItems([
        item(['_step'], '900'),
        item(['a', 'b'], 'NaN'),
        item('loss', '-Infinity'),
        item('note', '"x"'),
        item('bad', '{'),
      ]),
      record.history({ _step: -1, loss: 'text' }),
      message({ 2: message({ 1: item('loss', '2'), 2: message({ 1: 7 }) }) }),
    ]);
    expect(run.history).toEqual([
      { step: 5, runtime: 1.5, time: 1700000000250, values: { loss: 1 } },
      {
        step: 900,
        runtime: null,
        time: null,
        values: { 'a.b': Number.NaN, loss: -Infinity, note: 'x' },
      },
      { step: null, runtime: null, time: null, values: { loss: 'text' } },
      { step: 7, runtime: null, time: null, values: { loss: 2 } },
    ]);
    expect(run.series).toContainEqual({ name: 'loss', type: 'mixed', points: 4 });
    expect(run.lastSeenAt).toBe(1700000000250);
    expect(run.problems).toEqual([{ file: 'run-abc.wandb', message: expect.any(String) }]);
  });

  it('tells the times of a run in whole milliseconds', async () => {
    const start = message({ 1: 1700000000, 2: 123_456_789 });
    const run = await read([
      record.run({ 17: start }),
      record.history({ _timestamp: 1700000001.0005 }),
      record.exit(0, 1),
    ]);
    const { startedAt, lastSeenAt, endedAt } = run;
    expect({ startedAt, lastSeenAt, endedAt }).toEqual({
      startedAt: 1700000000123,
      lastSeenAt: 1700000001000,
      endedAt: 1700000001123,
    });
  });

  it('puts a run together from what it says of itself, first and later', async () => {
    const start = message({ 1: 1700000000, 2: 500_000_000 });
    const first = { 1: 'abc', 3: 'p', 6: 'g', 7: 'train', 10: ['a', 'b'], 17: start };
    const run = await read([
      record.run({ ...first, 21: message({ 1: 'https://u:t@h/x', 2: 'c' }) }),
      record.run({ 1: 'abc', 3: '', 8: 'name', 9: 'notes' }),
      record.environment({ 2: 'CPython 3.12.1', 5: ['--x', '1'], 6: '/p/a.py', 9: '' }),
      record.environment({ 16: 4 }),
      record.output('a\r', 1700000001000),
      record.output('é\n', 1700000002000, 'stderr'),
      record.stats({ cpu: 1.5, name: 'x' }, 1700000003000),
      record.exit(-9, 60),
    ]);
    expect(run).toMatchObject({
      runId: 'abc',
      project: 'p',
      group: 'g',
      jobType: 'train',
      displayName: 'name',
      notes: 'notes',
      tags: ['a', 'b'],
      startedAt: 1700000000500,
      endedAt: 1700000060500,
      lastSeenAt: 1700000003000,
      exitCode: -9,
      runtimeSeconds: 60,
      system: [{ time: 1700000003000, values: { cpu: 1.5 } }],
    });
    expect(run.environment).toMatchObject({ python: '3.12', args: ['--x', '1'] });
    expect(run.console).toEqual([
      { stream: 'stdout', time: 1700000001000, bytes: Buffer.from('a\r') },
      { stream: 'stderr', time: 1700000002000, bytes: Buffer.from('é\n') },
    ]);
  });

  it('has the log first and the files beside it for the rest', async () => {
    const run = await read(
      [
        record.config([item('lr', '1')]),
        record.summary({ loss: 1 }),
        record.environment({ 12: 'h' }),
      ],
      {
        'files/config.yaml':
          'lr:\n  value: 2\nepochs:\n  desc: null\n  value: 3\nwandb_version: 1\n',
        'files/wandb-summary.json': '{"loss": 2, "acc": NaN, "_wandb": {"runtime": 12}}',
        'files/wandb-metadata.json':
          '{"python": "3.9.1", "host": "x", "codePath": "a.py", "args": ["-v"], "git": {"remote": "https://u:p@h/x", "commit": "c"}}',
        'files/output.log': 'hello',
        'files/requirements.txt': 'a==1\n',
        'files/diff.patch': Buffer.from([0xff, 0x00]),
      },
    );
    expect(run).toMatchObject({
      config: { lr: 1, epochs: 3 },
      summary: { loss: 1, acc: Number.NaN },
      runtimeSeconds: 12,
      requirements: 'a==1\n',
      patch: Buffer.from([0xff, 0x00]),
      console: [{ stream: 'stdout', time: null, bytes: Buffer.from('hello') }],
      problems: [],
    });
    const { environment } = run;
    expect(environment).toMatchObject({ python: '3.9', host: 'h', codePath: 'a.py', args: ['-v'] });
    expect(environment.git).toEqual({ remote: 'https://h/x', commit: 'c' });
  });

  it('takes __proto__ for a name everywhere', async () => {
    const run = await read(
      [
        record.config([item('__proto__', '{"polluted": 1}'), item(['__proto__', 'polluted'], '2')]),
        record.historyItems([item('__proto__', '3')]),
      ],
      { 'files/wandb-summary.json': '{"__proto__": {"polluted": 4}}' },
    );
    expect(Object.entries(run.config)).toEqual([['__proto__', { polluted: 2 }]]);
    expect(Object.entries(run.history[0]!.values)).toEqual([['__proto__', 3]]);
    expect(Object.entries(run.summary)).toEqual([['__proto__', { polluted: 4 }]]);
    expect('polluted' in {}).toBe(false);
  });

  it('gives everything to a sink, in order, and keeps nothing', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) =>
      record.history({ _step: i, loss: i / 7 }),
    );
    const folder = runFolder([
      ...rows,
      record.output('one ', 1),
      record.stats({ cpu: 1 }, 2),
      record.output('two', 3),
    ]);
    const { got, sink } = collector();
    const run = await readRunFolder(folder, signal, sink);
    expect(got.rows.map(({ step }) => step)).toEqual(rows.map((_, i) => i));
    expect([got.text, got.samples, got.batches > 1]).toEqual(['one two', 1, true]);
    expect([run.rows, run.history, run.console, run.system]).toEqual([20_000, [], [], []]);
    const kept = await readRunFolder(folder, signal);
    expect(kept.history.map(({ step }) => step)).toEqual(
      Array.from({ length: 1000 }, (_, i) => 19_000 + i),
    );
  });

  it('ends with what the sink throws', async () => {
    const error = new Error('the disk is full');
    const sink = { ...collector().sink, history: () => Promise.reject(error) };
    const folder = runFolder([record.history({ loss: 1 })]);
    await expect(readRunFolder(folder, signal, sink)).rejects.toBe(error);
  });

  it('stops when it is cancelled', async () => {
    const controller = new AbortController();
    const rows = Array.from({ length: 20_000 }, (_, i) => record.history({ loss: i }));
    const { got, sink } = collector();
    const stopping = {
      ...sink,
      history: async (batch: HistoryRow[]) => {
        await sink.history(batch);
        controller.abort();
      },
    };
    await expect(readRunFolder(runFolder(rows), controller.signal, stopping)).rejects.toMatchObject(
      { code: 'E_CANCELLED' },
    );
    expect(got.batches).toBe(1);
  });

  it('refuses what is no folder', async () => {
    const file = join(writeFiles(temporaryFolder(), { x: '' }), 'x');
    for (const path of [file, `${file}/none`, `${dirname(file)}/none`]) {
      await expect(readRunFolder(path, signal)).rejects.toMatchObject({
        code: 'E_SOURCE_NOT_FOUND',
      });
    }
  });
});
