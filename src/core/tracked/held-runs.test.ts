import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../db/testing.ts';
import { heldRuns } from './held-runs.ts';

const OFFLINE = 'offline-run-20250131_120000-aaa';
const ONLINE = 'run-20250131_130000-bbb';

function folderOf(...files: string[]): string {
  const folder = testFolder();
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

describe('heldRuns', () => {
  it.each<[string, string[], string, { runs: number; only: boolean }]>([
    ['an offline run', [`${OFFLINE}/run-aaa.wandb`], OFFLINE, { runs: 1, only: true }],
    ['an online run', [`${ONLINE}/run-bbb.wandb`], ONLINE, { runs: 1, only: true }],
    [
      'a wandb folder',
      [`wandb/${OFFLINE}/run-aaa.wandb`, `wandb/${ONLINE}/run-bbb.wandb`, 'wandb/debug.log'],
      'wandb',
      { runs: 2, only: true },
    ],
    [
      'a folder with nothing but runs',
      [`wandb/${ONLINE}/run-bbb.wandb`, '.gitignore'],
      '',
      { runs: 1, only: true },
    ],
    [
      'code with runs beside it',
      [`wandb/${ONLINE}/run-bbb.wandb`, 'train.py'],
      '',
      { runs: 1, only: false },
    ],
    ['code', ['train.py', 'lib/wandb/x.py'], '', { runs: 0, only: false }],
    ['a module called wandb', ['wandb/sdk.py'], '', { runs: 0, only: false }],
    [
      'a run folder without a log',
      [`${ONLINE}/files/config.yaml`],
      ONLINE,
      { runs: 0, only: false },
    ],
    ['nothing', ['empty'], 'no-such-folder', { runs: 0, only: false }],
  ])('%s', async (_, files, inside, held) => {
    expect(await heldRuns(join(folderOf(...files), inside))).toEqual(held);
  });
});
