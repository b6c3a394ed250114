import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findRunFolders } from './find-run-folders.ts';
import { temporaryFolder, writeFiles } from './testing/run-folder.ts';

const signal = new AbortController().signal;

/** A project with three runs, two of them with one id, and things that look like runs. */
function project(): string {
  const root = temporaryFolder();
  writeFiles(root, {
    'wandb/run-20250101_100000-aaa/run-aaa.wandb': 'x',
    'wandb/offline-run-20250103_100000-bbb/run-bbb.wandb': 'xy',
    'wandb/offline-run-20250102_100000-aaa/run-aaa.wandb': 'x',
    'wandb/run-20250104_100000-empty/files/x': '',
    'wandb/run-20250105_100000-deep/x/run-20250106_100000-ccc/run-ccc.wandb': '',
    'node_modules/wandb/run-20250101_100000-nnn/run-nnn.wandb': 'x',
    'src/run.py': '',
  });
  symlinkSync(join(root, 'wandb/run-20250101_100000-aaa'), join(root, 'wandb/latest-run'));
  symlinkSync(join(root, 'wandb'), join(root, 'again'));
  return root;
}

const names = async (folder: string) =>
  (await findRunFolders(folder, signal)).map(({ folder: path }) => path.split('/').at(-1));

const ALL = [
  'run-20250106_100000-ccc',
  'offline-run-20250103_100000-bbb',
  'offline-run-20250102_100000-aaa',
  'run-20250101_100000-aaa',
];

describe('findRunFolders', () => {
  it('finds the runs of a project, newest first and each once', async () => {
    const root = project();
    expect(await names(root)).toEqual(ALL);
    expect(await names(join(root, 'wandb'))).toEqual(ALL);
    const [, newest] = await findRunFolders(root, signal);
    expect(newest).toEqual({
      folder: realpathSync(join(root, 'wandb/offline-run-20250103_100000-bbb')),
      runId: 'bbb',
      startedAt: new Date(2025, 0, 3, 10).getTime(),
      logSize: 2,
      logChangedAt: expect.any(Number),
    });
  });

  it('takes a folder that is a run itself, be it by a link', async () => {
    const root = project();
    expect(await names(join(root, 'wandb/run-20250101_100000-aaa'))).toEqual([ALL[3]]);
    expect(await names(join(root, 'wandb/latest-run'))).toEqual([ALL[3]]);
  });

  it('does not look without end', async () => {
    const root = temporaryFolder();
    const deep = join(root, ...Array<string>(40).fill('d'));
    mkdirSync(deep, { recursive: true });
    writeFiles(deep, { 'run-20250101_100000-aaa/run-aaa.wandb': 'x' });
    expect(await names(root)).toEqual([]);
  });

  it('finds nothing where nothing is, and refuses what is no folder', async () => {
    const root = writeFiles(temporaryFolder(), { file: '' });
    expect(await names(root)).toEqual([]);
    for (const path of [join(root, 'file'), join(root, 'none')]) {
      await expect(findRunFolders(path, signal)).rejects.toMatchObject({
        code: 'E_SOURCE_NOT_FOUND',
      });
    }
  });

  it('stops when it is cancelled', async () => {
    await expect(findRunFolders(project(), AbortSignal.abort())).rejects.toMatchObject({
      code: 'E_CANCELLED',
    });
  });
});
