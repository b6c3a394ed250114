import type { StatsFs } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../../db/testing.ts';
import { dataFolderCheck } from './folder-checks.ts';

const never = new AbortController().signal;
const lookAt = (type: number) =>
  dataFolderCheck(testFolder(), (() => ({ type }) as StatsFs) as never).look(never);

describe('the check of the data folder', () => {
  it.each([
    [0x6969, 'NFS'],
    [0xff534d42, 'CIFS'],
    [0x01021997, '9P'],
  ])('warns of a network file system (%i)', async (type, name) => {
    expect(await lookAt(type)).toMatchObject({
      status: 'warning',
      text: expect.stringContaining(`(${name})`),
      fix: expect.stringContaining('--data-dir'),
    });
  });

  it.each([0xef53, 0x01021994, 0x9123683e])('says nothing of a local one (%i)', async (type) => {
    expect(await lookAt(type)).toMatchObject({ status: 'ok', fix: null });
  });

  it('misses a folder that is gone', async () => {
    const check = dataFolderCheck('/nowhere/at/all');
    expect(await check.look(never)).toMatchObject({ status: 'missing' });
  });
});
