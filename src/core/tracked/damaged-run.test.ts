import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRunFolder } from './read-run-folder.ts';
import { item, message, record } from './testing/records.ts';
import { runFolder, temporaryFolder, writeFiles } from './testing/run-folder.ts';
import { wandbBytes } from './testing/write-wandb.ts';

const signal = new AbortController().signal;
const read = (records: Uint8Array[] | null, files: Record<string, string | Uint8Array> = {}) =>
  readRunFolder(runFolder(records, files), signal);

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
