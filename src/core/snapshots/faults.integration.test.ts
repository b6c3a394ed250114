import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../db/sqlite.ts';
import { openSnapshots } from './open-snapshots.ts';
import { Bench, WORKER_FILE } from './testing.ts';

const NO_SECRETS = { includeSecrets: [] };
const isRoot = process.getuid?.() === 0;

let bench: Bench;

beforeEach(() => {
  bench = new Bench();
});

afterEach(() => bench.dispose());

/** A control that cancels at the first progress whose text fits. */
function cancelAt(text: string): {
  signal: AbortSignal;
  onProgress: (p: { text: string }) => void;
} {
  const stop = new AbortController();
  return {
    signal: stop.signal,
    onProgress: (progress) => {
      if (progress.text === text) stop.abort();
    },
  };
}

const trees = () => bench.query<{ n: number }>('SELECT count(*) AS n FROM trees');

describe('cancelling', () => {
  it('ends a snapshot with nothing half', async () => {
    bench.makeFiles('many', 3000);
    const control = cancelAt('Looking through the folder');
    await expect(bench.snapshots.freeze(bench.folder, NO_SECRETS, control)).rejects.toMatchObject({
      code: 'E_CANCELLED',
    });
    expect(trees()).toEqual([{ n: 0 }]);
    expect(await bench.freeze()).toMatchObject({ files: 3000, known: false });
  });

  it('ends writing back, and removes what was written', async () => {
    bench.makeFiles('many', 3000);
    const { digest } = await bench.freeze();
    mkdirSync(bench.path('../target'));
    const write = (folder: string) =>
      bench.snapshots.writeTo(digest, folder, cancelAt('Writing files'));
    await expect(write(bench.path('../target'))).rejects.toMatchObject({ code: 'E_CANCELLED' });
    expect(readdirSync(bench.path('../target'))).toEqual([]);
    await expect(write(bench.path('../new/target'))).rejects.toMatchObject({ code: 'E_CANCELLED' });
    expect(existsSync(bench.path('../new'))).toBe(false);
  });

  it('reaches what was cancelled before it began, and what is open when all is closed', async () => {
    bench.makeFiles('many', 3000);
    const signal = AbortSignal.abort();
    await expect(
      bench.snapshots.preview(bench.folder, NO_SECRETS, { signal }),
    ).rejects.toMatchObject({
      code: 'E_CANCELLED',
    });
    const freezing = bench.freeze();
    const closing = bench.snapshots.close();
    await expect(freezing).rejects.toMatchObject({ code: 'E_CANCELLED' });
    await closing;
    await expect(bench.freeze()).rejects.toMatchObject({ code: 'E_CANCELLED' });
  });
});

describe('side by side', () => {
  it('answers while a snapshot is taken, and takes snapshots of two processes', async () => {
    bench.makeFiles('many', 2000);
    bench.write('small/a', 'x');
    const { digest } = await bench.freeze(bench.path('small'));
    const other = openSnapshots({ file: bench.file, workerFile: WORKER_FILE });
    const [one, two, entries] = await Promise.all([
      bench.freeze(),
      other.freeze(bench.folder, NO_SECRETS, bench.control),
      bench.snapshots.entries(digest),
      bench.preview(),
    ]);
    await other.close();
    expect(one.digest).toBe(two.digest);
    expect(entries).toHaveLength(1);
    const twice = 'SELECT sha FROM blobs GROUP BY sha HAVING count(*) > 1';
    expect(bench.query(twice)).toEqual([]);
  });
});

describe('a worker that dies', () => {
  it('fails what it was asked, and the next request gets another one', async () => {
    const marker = bench.path('../die');
    const workerFile = bench.path('../worker.mjs');
    writeFileSync(marker, '');
    writeFileSync(
      workerFile,
      `import { existsSync, rmSync } from 'node:fs';
       import { parentPort } from 'node:worker_threads';
       const marker = ${JSON.stringify(marker)};
       if (existsSync(marker)) parentPort.once('message', () => { rmSync(marker); process.exit(3); });
       else await import(${JSON.stringify(WORKER_FILE.href)});`,
    );
    bench.write('a', 'x');
    const snapshots = openSnapshots({ file: bench.file, workerFile: pathToFileURL(workerFile) });
    const freeze = () => snapshots.freeze(bench.folder, NO_SECRETS, bench.control);
    const [one, two] = await Promise.allSettled([freeze(), freeze()]);
    expect([one, two]).toMatchObject([
      { status: 'rejected', reason: { code: 'E_INTERNAL' } },
      { status: 'rejected', reason: { code: 'E_INTERNAL' } },
    ]);
    expect(await freeze()).toMatchObject({ files: 1 });
    await snapshots.close();
  });
});

describe('a process that is killed while it takes a snapshot', () => {
  it('leaves no half snapshot', async () => {
    // So much that the kill comes before the end, however fast the machine.
    for (let n = 0; n < 120; n++) bench.write(`data/${n}.bin`, randomBytes(1_000_000));
    const code = `const { openSnapshots } = await import(process.argv[1]);
      const snapshots = openSnapshots({ file: process.argv[2], workerFile: new URL(process.argv[3]) });
      const onProgress = ({ text, done }) => console.log(text, done);
      await snapshots.freeze(process.argv[4], { includeSecrets: [] },
        { signal: new AbortController().signal, onProgress });`;
    const open = new URL('./open-snapshots.ts', import.meta.url).href;
    const args = [open, bench.file, WORKER_FILE.href, bench.folder];
    for (const text of ['Looking', 'Reading']) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', code, ...args]);
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdout.on('data', (data: Buffer) => {
        if (data.includes(text)) child.kill('SIGKILL');
      });
      await ended;
      expect(child.signalCode).toBe('SIGKILL');
    }
    expect(bench.query('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    const { digest } = await bench.freeze();
    await bench.snapshots.writeTo(digest, bench.path('../back'), bench.control);
    expect(bench.describe(bench.path('../back'))).toEqual(bench.describe());
  });
});

describe('a file that is no database of ours', () => {
  it('is refused with a clear error', async () => {
    bench.write('a', 'x');
    bench.write('../data/snapshots.db', 'This is text, and a good deal of it. '.repeat(200));
    await expect(bench.freeze()).rejects.toMatchObject({ code: 'E_DB_DAMAGED' });
    const newer = bench.path('../newer/snapshots.db');
    mkdirSync(bench.path('../newer'));
    const db = openSqlite(newer);
    db.pragma('user_version = 99');
    db.close();
    await bench.reopen(newer);
    await expect(bench.freeze()).rejects.toMatchObject({ code: 'E_DB_NEWER' });
  });
});

describe.runIf(isRoot)('a full disk', () => {
  const mounts: string[] = [];

  const smallDisk = (name: string, size: string): string => {
    const folder = bench.path(`../${name}`);
    mkdirSync(folder);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
    mounts.push(folder);
    return folder;
  };

  afterEach(async () => {
    await bench.snapshots.close();
    for (const folder of mounts.splice(0)) execFileSync('umount', [folder]);
  });

  it('is named, and what was stored is kept', async () => {
    await bench.reopen(join(smallDisk('disk', '8m'), 'snapshots.db'));
    bench.write('small/a', 'kept');
    const { digest } = await bench.freeze(bench.path('small'));
    for (let n = 0; n < 30; n++) bench.write(`large/${n}`, randomBytes(500_000));
    bench.write('large/huge', randomBytes(3_000_000));
    await expect(bench.freeze()).rejects.toMatchObject({ code: 'E_DISK_FULL' });
    expect((await bench.snapshots.readFile(digest, 'a', 10))?.toString()).toBe('kept');
    await bench.reopen();
    expect((await bench.snapshots.readFile(digest, 'a', 10))?.toString()).toBe('kept');
    expect(trees()).toEqual([{ n: 1 }]);
  });

  it('ends writing back with nothing left', async () => {
    for (let n = 0; n < 10; n++) bench.write(`${n}`, randomBytes(300_000));
    const { digest } = await bench.freeze();
    const disk = smallDisk('target', '1m');
    await expect(
      bench.snapshots.writeTo(digest, join(disk, 'x'), bench.control),
    ).rejects.toMatchObject({ code: 'E_DISK_FULL' });
    expect(readdirSync(disk)).toEqual([]);
  });
});
