import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from './testing.ts';

let bench: Bench;

beforeEach(() => {
  bench = new Bench();
});

afterEach(() => bench.dispose());

describe('a hostile folder', () => {
  it('never makes it follow a link or open a pipe, a socket or a device', async () => {
    bench.write('main.py', '');
    symlinkSync('.', bench.path('loop'));
    symlinkSync('/', bench.path('root'));
    symlinkSync('nowhere', bench.path('dangling'));
    for (let n = 0; n < 5; n++) execFileSync('mkfifo', [bench.path(`pipe${n}`)]);
    const server = createServer().listen(bench.path('socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    const { notes } = await bench.preview();
    const { digest, leftOut, files } = await bench.freeze();
    server.close();
    expect(files).toBe(1);
    expect(leftOut.map(({ path, reason }) => [path, reason])).toEqual(
      ['pipe0', 'pipe1', 'pipe2', 'pipe3', 'pipe4', 'socket'].map((path) => [path, 'special']),
    );
    expect(notes.filter((note) => note.includes('root -> /'))).toHaveLength(1);
    const entries = await bench.snapshots.entries(digest);
    expect(
      entries.filter(({ kind }) => kind === 'link').map(({ path, content }) => [path, content]),
    ).toEqual([
      ['dangling', 'nowhere'],
      ['loop', '.'],
      ['root', '/'],
    ]);
  });

  it('is refused when it is no folder of files', async () => {
    bench.write('file', 'x');
    for (const folder of ['/', '/proc', '/proc/self', '/sys', '/dev']) {
      await expect(bench.freeze(folder)).rejects.toMatchObject({ code: 'E_SOURCE_REFUSED' });
    }
    for (const folder of [bench.path('missing'), bench.path('file')]) {
      await expect(bench.freeze(folder)).rejects.toMatchObject({ code: 'E_SOURCE_NOT_FOUND' });
    }
    rmSync(bench.path('file'));
    mkdirSync(bench.path('a/b'), { recursive: true });
    await expect(bench.freeze()).rejects.toMatchObject({ code: 'E_SOURCE_EMPTY' });
  });

  it('is refused past the limit, naming what is biggest', async () => {
    bench.write('data/raw/huge.bin', '');
    truncateSync(bench.path('data/raw/huge.bin'), 1e12);
    bench.write('main.py', '');
    await expect(bench.freeze()).rejects.toMatchObject({
      code: 'E_SOURCE_LIMIT',
      next: expect.stringContaining('data/raw'),
    });
  });

  it('may be sparse, deep and wide', async () => {
    bench.write('sparse', '');
    truncateSync(bench.path('sparse'), 50_000_000);
    const deep = Array.from({ length: 200 }, (_, n) => `d${n}`).join('/');
    bench.write(`${deep}/end`, 'x');
    bench.makeFiles('wide', 1500);
    const { digest, files } = await bench.freeze();
    expect(files).toBe(1502);
    await bench.snapshots.writeTo(digest, bench.path('../back'), bench.control);
    expect(readFileSync(join(bench.path('../back'), deep, 'end'), 'utf8')).toBe('x');
    expect(lstatSync(bench.path('../back/sparse')).size).toBe(50_000_000);
  });

  it('with paths beyond what the system takes is refused', async () => {
    const name = 'n'.repeat(250);
    const home = process.cwd();
    process.chdir(bench.folder);
    for (let depth = 0; depth < 20; depth++) {
      mkdirSync(name);
      process.chdir(name);
    }
    process.chdir(home);
    await expect(bench.freeze()).rejects.toMatchObject({ code: 'E_PATH_TOO_LONG' });
  });
});

describe('a target', () => {
  it('must be new or empty, and a failure leaves nothing behind', async () => {
    bench.write('a', 'x');
    bench.write('sub/b', 'y');
    const { digest } = await bench.freeze();
    const write = (folder: string) => bench.snapshots.writeTo(digest, folder, bench.control);
    await expect(write(bench.folder)).rejects.toMatchObject({ code: 'E_TARGET_NOT_EMPTY' });
    await expect(write(bench.path('a'))).rejects.toMatchObject({ code: 'E_TARGET_NOT_EMPTY' });

    mkdirSync(bench.path('../empty'));
    expect(await write(bench.path('../empty'))).toBe(2);

    await bench.damage();
    await expect(write(bench.path('../new/x'))).rejects.toMatchObject({ code: 'E_DB_DAMAGED' });
    expect(existsSync(bench.path('../new'))).toBe(false);
  });
});
