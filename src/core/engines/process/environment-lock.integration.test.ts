import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockEnvironment } from './environment-lock.ts';

const run = promisify(execFile);

describe.skipIf(process.getuid?.() !== 0)(
  'the lock of an environment on a disk that is full',
  () => {
    let folder: string;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'slipway-full-'));
      await run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
    });

    afterAll(async () => {
      await run('umount', ['--lazy', folder]);
      await rm(folder, { recursive: true });
    });

    it('says that the disk is full, and is there once there is space', async () => {
      const ballast = join(folder, 'ballast');
      await writeFile(ballast, Buffer.alloc(128 * 1024)).catch(() => undefined);
      const take = () =>
        lockEnvironment(join(folder, 'lock'), () => undefined, new AbortController().signal);
      await expect(take()).rejects.toMatchObject({ code: 'E_DISK_FULL' });
      await rm(ballast);
      (await take())();
    });
  },
);
