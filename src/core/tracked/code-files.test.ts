import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mapLocalPath, writeCode } from './code-files.ts';
import { readRunFolder } from './read-run-folder.ts';
import { temporaryFolder, writeFiles } from './testing/run-folder.ts';
import type { CodeArtifact, CodeEntry } from './tracked-run.ts';

const signal = new AbortController().signal;
const md5 = (text: string) => createHash('md5').update(text).digest('base64');

const entry = (path: string, text: string, localPath = `/x/artifacts/staging/${path}`) =>
  ({ path, md5: md5(text), size: text.length, localPath }) satisfies CodeEntry;
const artifact = (...entries: CodeEntry[]): CodeArtifact => ({
  name: 'source-x',
  digest: 'd',
  aliases: [],
  entries,
});

/** Where a run and its data are, and where code is written to. */
function places(blobs: Record<string, string>) {
  const root = writeFiles(temporaryFolder(), { 'data/artifacts/staging/.keep': '' });
  writeFiles(join(root, 'data/artifacts/staging'), blobs);
  const from = { runFolder: join(root, 'wandb/run-x'), dataFolders: [] as string[] };
  return { root, from, target: join(root, 'out') };
}

describe('writeCode', () => {
  it('writes the code of a run of the real SDK', async () => {
    const runs = join(import.meta.dirname, 'fixtures/runs');
    const folder = join(runs, 'offline-run-20261121_214529-ok000001');
    const { code } = await readRunFolder(folder, signal);
    const target = temporaryFolder();
    await writeCode(code!, { runFolder: folder, dataFolders: [] }, target, signal);
    expect(
      readdirSync(target, { recursive: true })
        .map(String)
        .sort((a, b) => (a < b ? -1 : 1)),
    ).toEqual(['model', 'model/extra.py', 'model/util.py', 'train.py']);
    expect(readFileSync(join(target, 'train.py'))).toEqual(
      readFileSync(join(folder, 'files/code/src/train.py')),
    );
  });

  it('looks in the data folders it is given first', async () => {
    const { root, from, target } = places({ 'a.py': 'old' });
    writeFiles(join(root, 'other/artifacts/staging'), { 'a.py': 'new' });
    from.dataFolders = [join(root, 'other')];
    await writeCode(artifact(entry('a.py', 'new')), from, target, signal);
    expect(readFileSync(join(target, 'a.py'), 'utf8')).toBe('new');
    await writeCode(artifact(entry('a.py', 'old')), from, `${target}2`, signal);
    expect(readFileSync(join(`${target}2`, 'a.py'), 'utf8')).toBe('old');
  });

  it('takes so much and no more, whatever sizes the log names', async () => {
    const { from, target } = places({ 'a.py': 'x'.repeat(60) });
    const copies = ['a.py', 'b.py'].map((path) => ({
      ...entry(path, 'x'.repeat(60), '/x/artifacts/staging/a.py'),
      size: 0,
    }));
    await writeCode(artifact(...copies), from, target, signal, 120);
    const again = writeCode(artifact(...copies), from, `${target}2`, signal, 119);
    await expect(again).rejects.toMatchObject({ code: 'E_SOURCE_LIMIT' });
  });

  it('refuses copies that are gone or changed', async () => {
    const { from, target, root } = places({ 'a.py': 'changed' });
    const code = artifact(entry('a.py', 'original'));
    const refusal = { code: 'E_SOURCE_NOT_FOUND', message: expect.stringContaining('a.py') };
    await expect(writeCode(code, from, target, signal)).rejects.toMatchObject(refusal);
    rmSync(join(root, 'data'), { recursive: true });
    await expect(writeCode(code, from, target, signal)).rejects.toMatchObject(refusal);
  });

  it('follows no links', async () => {
    const { root, from, target } = places({});
    writeFiles(root, { secret: 's', 'real/staging/b.py': 's' });
    symlinkSync(join(root, 'secret'), join(root, 'data/artifacts/staging/a.py'));
    const gone = { code: 'E_SOURCE_NOT_FOUND' };
    await expect(
      writeCode(artifact(entry('a.py', 's')), from, target, signal),
    ).rejects.toMatchObject(gone);
    rmSync(join(root, 'data'), { recursive: true });
    writeFiles(root, { 'data/.keep': '' });
    symlinkSync(join(root, 'real'), join(root, 'data/artifacts'));
    await expect(
      writeCode(artifact(entry('b.py', 's')), from, target, signal),
    ).rejects.toMatchObject(gone);
  });

  it.each(['../x', '/etc/x', 'a/../../x', 'C:x', 'a\\..\\x', 'a\nb', '', '.', 'a//b'])(
    'refuses to write to %j',
    async (path) => {
      const { from, target } = places({ t: 's' });
      const code = artifact(entry(path, 's', '/x/artifacts/staging/t'));
      await expect(writeCode(code, from, target, signal)).rejects.toMatchObject({
        code: 'E_SOURCE_REFUSED',
      });
    },
  );

  it('refuses a path that is there twice, and more than it takes', async () => {
    const { from, target } = places({ 'a.py': 's' });
    const one = entry('a.py', 's');
    await expect(writeCode(artifact(one, one), from, target, signal)).rejects.toMatchObject({
      code: 'E_SOURCE_REFUSED',
    });
    const huge = artifact({ ...one, size: 2 ** 40 });
    await expect(writeCode(huge, from, target, signal)).rejects.toMatchObject({
      code: 'E_SOURCE_LIMIT',
    });
  });
});

describe('mapLocalPath', () => {
  it.each([
    ['/home/a/wandb/data/artifacts/staging/tmp1', '/d/artifacts/staging/tmp1'],
    ['C:\\Users\\a\\artifacts\\staging\\tmp1', '/d/artifacts/staging/tmp1'],
    ['/artifacts/staging/x/artifacts/staging/tmp1', '/d/artifacts/staging/tmp1'],
    ['/artifacts/staging/..', null],
    ['/artifacts/staging/../../etc/passwd', null],
    ['/artifacts/staging/', null],
    ['/etc/passwd', null],
    ['', null],
  ])('maps %s to %s', (path, mapped) => {
    expect(mapLocalPath(path, '/d')).toBe(mapped);
  });
});
