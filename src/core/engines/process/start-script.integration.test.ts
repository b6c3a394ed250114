import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resources } from './test-kit.ts';

const run = promisify(execFile);
const script = join(resources, 'start.sh');

/** Shells that are `/bin/sh` in one image or another. */
const SHELLS = [
  ...[['/bin/sh'], ['/bin/dash'], ['/bin/bash', '--posix'], ['/usr/bin/busybox', 'sh']],
].filter(([shell = '']) => existsSync(shell));

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-script-'));
  await writeFile(join(folder, 'A'), Buffer.from('$HOME `id`\\n\\ \n\n"\'\xff\xfe*\n', 'latin1'));
  await writeFile(join(folder, 'B'), '');
  await writeFile(join(folder, 'C'), '\n');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(SHELLS)('the start script in %s', (...shell) => {
  const start = async (words: string[], secrets = folder) => {
    const [program = '', ...options] = shell;
    const args = [...options, script, secrets, ...words];
    return run(program, args, { env: { PATH: process.env['PATH'] }, encoding: 'latin1' });
  };

  it('makes variables of files byte by byte, and leaves nothing else behind', async () => {
    const words = ['', 'a b', '-x', '$A'];
    const code =
      "const e = require('fs').readFileSync('/proc/self/environ', 'latin1'); process.stdout.write(JSON.stringify([e.split('\\0').filter((v) => !/^(PATH|PWD|OLDPWD|SHLVL|_)=/.test(v)).sort(), process.argv.slice(1)]), 'latin1')";
    const { stdout } = await start([process.execPath, '-e', code, '--', ...words]);
    expect(JSON.parse(stdout)).toEqual([
      ['', 'A=$HOME `id`\\n\\ \n\n"\'\xff\xfe*\n', 'B=', 'C=\n'],
      words,
    ]);
  });

  it('starts a program when there is no secret at all', async () => {
    expect((await start(['echo', 'hello'], join(folder, 'none'))).stdout).toBe('hello\n');
  });

  it.each([
    ['no-such-program', 'No such file or directory'],
    ['/no/such/program', 'No such file or directory'],
    ['/etc/passwd', 'Permission denied'],
    ['/etc', 'Permission denied'],
  ])('says of %s that there is %s', async (program, why) => {
    await expect(start([program])).rejects.toMatchObject({
      code: 127,
      stderr: `[FATAL tini (1)] exec ${program} failed: ${why}\n`,
    });
  });
});
