import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRunFolder } from './read-run-folder.ts';
import { item, message, record } from './testing/records.ts';
import { runFolder, temporaryFolder, writeFiles } from './testing/run-folder.ts';
import { wandbBytes } from './testing/write-wandb.ts';
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

const bomb = `a: &a [1,1,1,1,1,1,1,1,1]
${'bcdefghi'
  .split('')
  .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`)
  .join('\n')}
`;

describe('readRunFolder on files that cannot be read', () => {
  it.each<[string, string, string | Uint8Array]>([
    ['a YAML bomb', 'files/config.yaml', bomb],
    ['YAML of aliases', 'files/config.yaml', `a: [${'&a 1, *a, '.repeat(40_000)}]`],
    ['YAML that is none', 'files/config.yaml', 'a: [1, 2\nb: }'],
    ['deep YAML', 'files/config.yaml', `a: ${'['.repeat(50_000)}`],
    ['JSON that is cut off', 'files/wandb-summary.json', '{"a": 1'],
    ['JSON of another kind', 'files/wandb-summary.json', '[1]'],
    ['deep JSON', 'files/wandb-summary.json', '['.repeat(1_000_000)],
    ['a summary that is too large', 'files/wandb-summary.json', Buffer.alloc(20 << 20, 0x20)],
    ['metadata that is a number', 'files/wandb-metadata.json', '7'],
    ['requirements that are no text', 'files/requirements.txt', Buffer.from([1, 0, 2])],
    ['a log of another kind', 'run-abc.wandb', 'hello'],
    ['a log with a record that is none', 'run-abc.wandb', wandbBytes([Buffer.from([0x12, 0x7f])])],
  ])('notes %s, and takes the rest', async (_what, file, content) => {
    const run = await read([record.config([item('lr', '1')])], {
      'files/diff.patch': 'diff',
      [file]: content,
    });
    expect(run.problems.map((problem) => problem.file)).toEqual([file]);
    expect(run.problems[0]?.message).toMatch(/^[A-Z0-9].{3,400}\.$/);
    expect([run.patch?.toString(), run.config['lr']]).toEqual([
      'diff',
      file.endsWith('.wandb') ? undefined : 1,
    ]);
  });

  it('does nothing with tags of YAML', async () => {
    const yaml =
      'a:\n  value: !!python/object/apply:os.system ["id"]\nb:\n  value: !!js/function x\n';
    const run = await read(null, { 'files/config.yaml': yaml });
    expect(run.config).toEqual({ a: ['id'], b: 'x' });
  });

  it('follows no link and waits for no pipe', async () => {
    const secret = join(writeFiles(temporaryFolder(), { s: '{"secret": 1}' }), 's');
    const folder = runFolder(null);
    symlinkSync(secret, join(folder, 'files/wandb-summary.json'));
    symlinkSync(secret, join(folder, 'run-abc.wandb'));
    execFileSync('mkfifo', [join(folder, 'files/config.yaml')]);
    mkdirSync(join(folder, 'files/diff.patch'));
    const run = await readRunFolder(folder, signal);
    expect([run.summary, run.config, run.patch]).toEqual([{}, {}, null]);
    expect(run.problems.map(({ file }) => file).sort((a, b) => (a < b ? -1 : 1))).toEqual([
      'files/config.yaml',
      'files/diff.patch',
      'files/wandb-summary.json',
      'run-abc.wandb',
    ]);
  });

  it('reads nothing in a folder that is a link', async () => {
    const folder = runFolder(null, { 'files/wandb-summary.json': '{"secret": 1}' });
    renameSync(join(folder, 'files'), join(folder, 'elsewhere'));
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'files'));
    const run = await readRunFolder(folder, signal);
    expect(run.summary).toEqual({});
    expect(run.problems.length).toBeGreaterThan(0);
  });

  it('gives the first part of a log that is cut anywhere', async () => {
    const path = 'fixtures/runs/offline-run-20261121_214529-ok000001/run-ok000001.wandb';
    const bytes = readFileSync(join(import.meta.dirname, path));
    const folder = runFolder(null);
    let rows = 0;
    for (let cut = 0; cut <= bytes.length; cut += 13) {
      writeFileSync(join(folder, 'run-abc.wandb'), bytes.subarray(0, cut));
      const run = await readRunFolder(folder, signal);
      expect([run.problems, run.rows >= rows]).toEqual([[], true]);
      rows = run.rows;
    }
    expect(rows).toBe(5);
  });

  it('ends whatever the records are', async () => {
    const folder = runFolder(null);
    const random = fc.uint8Array({ maxLength: 200 });
    // Half of them begin as the records that are taken do.
    const fields = fc.constantFrom(2, 3, 4, 5, 7, 8, 13, 17, 18, 25, 26);
    const near = fc.tuple(fields, random).map(([field, bytes]) => message({ [field]: bytes }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(random, near), { maxLength: 20 }), async (records) => {
        writeFileSync(join(folder, 'run-abc.wandb'), wandbBytes(records));
        const run = await readRunFolder(folder, signal);
        expect(run.rows).toBeLessThanOrEqual(records.length);
      }),
      { numRuns: 300 },
    );
  });
});
