import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from './testing.ts';

let bench: Bench;

beforeEach(() => {
  bench = new Bench();
});

afterEach(() => bench.dispose());

describe('a snapshot of a folder', () => {
  it('is written back byte for byte', async () => {
    bench.write('main.py', 'print(1)\n');
    bench.write('bin/run.sh', '#!/bin/sh\n');
    chmodSync(bench.path('bin/run.sh'), 0o4711);
    bench.write('big.bin', Buffer.alloc(1_700_000, 'random enough '));
    bench.write('empty', '');
    mkdirSync(bench.path('hollow/inner'), { recursive: true });
    symlinkSync('main.py', bench.path('link'));
    symlinkSync('../outside', bench.path('bin/away'));
    const frozen = await bench.freeze();
    expect(frozen).toMatchObject({ files: 4, known: false, leftOut: [] });

    const target = bench.path('../new/target');
    expect(await bench.snapshots.writeTo(frozen.digest, target, bench.control)).toBe(4);
    expect(bench.describe(target)).toEqual(bench.describe());
    expect(readFileSync(join(target, 'big.bin')).equals(readFileSync(bench.path('big.bin')))).toBe(
      true,
    );
    expect(lstatSync(join(target, 'bin/run.sh')).mode & 0o7777).toBe(0o755);
    expect(lstatSync(join(target, 'main.py')).mode & 0o111).toBe(0);
    expect(readlinkSync(join(target, 'bin/away'))).toBe('../outside');
    expect((await bench.freeze(target)).digest).toBe(frozen.digest);
  });

  it('keeps names that are no text, twins and the longest there are', async () => {
    const odd = [
      Buffer.from('caf\xe9', 'latin1'),
      Buffer.from('new\nline'),
      Buffer.from('-rf'),
      Buffer.from(' lead'),
      Buffer.from('\\x41'),
      Buffer.from('é'.normalize('NFC')),
      Buffer.from('é'.normalize('NFD')),
      Buffer.from('Case'),
      Buffer.from('case'),
      Buffer.from('n'.repeat(255)),
    ];
    const folder = Buffer.from(`${bench.folder}/`);
    for (const name of odd) writeFileSync(Buffer.concat([folder, name]), name);
    const { digest, files } = await bench.freeze();
    expect(files).toBe(odd.length);

    const target = bench.path('../back');
    await bench.snapshots.writeTo(digest, target, bench.control);
    const names = readdirSync(Buffer.from(target), 'buffer').map((name) => name.toString('latin1'));
    expect(names.toSorted()).toEqual(odd.map((name) => name.toString('latin1')).toSorted());

    const entries = await bench.snapshots.entries(digest);
    expect(entries.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['caf\\xe9', 'new\\x0aline', '\\x5cx41']),
    );
    for (const { path } of entries) {
      expect(await bench.snapshots.readFile(digest, path, 1000)).not.toBeNull();
    }
    const { notes } = await bench.preview();
    expect(notes.join('\n')).toContain('caf\\xe9');
  });

  it('stores equal content once and tells a tree it knows', async () => {
    const content = Buffer.from(Array.from({ length: 300_000 }, (_, n) => (n * n * 7919) % 251));
    bench.write('a.bin', content);
    const first = await bench.freeze();
    const size = bench.storedBytes();
    for (let n = 0; n < 20; n++) bench.write(`copies/${n}.bin`, content);
    linkSync(bench.path('a.bin'), bench.path('hard'));
    const second = await bench.freeze();
    expect(second.digest).not.toBe(first.digest);
    expect(bench.storedBytes()).toBe(size);

    rmSync(bench.path('copies'), { recursive: true });
    rmSync(bench.path('hard'));
    expect(await bench.freeze()).toMatchObject({ digest: first.digest, known: true });
  });

  it('sees every kind of change, also within the grain of time stamps', async () => {
    bench.write('src/a.py', 'one');
    bench.write('src/b.py', 'two');
    bench.write('.gitignore', '*.log\n');
    const digests = new Set<string>();
    const changes = [
      () => undefined,
      () => bench.write('src/a.py', 'eno'),
      () => bench.write('src/c.log', 'ignored so far'),
      () => bench.write('.gitignore', '*.tmp\n'),
      () => chmodSync(bench.path('src/b.py'), 0o755),
      () => rmSync(bench.path('src/c.log')),
      () => mkdirSync(bench.path('src/new')),
      () => symlinkSync('a.py', bench.path('src/new/link')),
    ];
    const sizes: number[] = [];
    for (const change of changes) {
      change();
      const { digest } = await bench.freeze();
      sizes.push(digests.add(digest).size);
    }
    // The third change adds only what is ignored.
    expect(sizes).toEqual([1, 2, 2, 3, 4, 5, 6, 7]);
  });

  it('reads nothing again when nothing changed, in this process and in another', async () => {
    bench.write('a/x.py', 'x');
    bench.write('y.py', 'y');
    await bench.age();
    const first = await bench.freeze();
    const before = bench.query('SELECT * FROM folders');
    expect(await bench.freeze()).toEqual({ ...first, known: true });
    await bench.reopen();
    expect(await bench.freeze()).toEqual({ ...first, known: true });
    expect(bench.query('SELECT * FROM folders')).toEqual(before);
  });

  it('reads again a file that changed while its size and time stayed', async () => {
    bench.write('a.py', 'one');
    await bench.age();
    const first = await bench.freeze();
    const { atime, mtime } = lstatSync(bench.path('a.py'));
    bench.write('a.py', 'two');
    utimesSync(bench.path('a.py'), atime, mtime);
    const second = await bench.freeze();
    expect(second.digest).not.toBe(first.digest);
    expect((await bench.snapshots.readFile(second.digest, 'a.py', 10))?.toString()).toBe('two');
  });

  it('reads the beginning of a file, and knows what is not there', async () => {
    const content = Buffer.from(Array.from({ length: 1_200_000 }, (_, n) => n % 256));
    bench.write('big.bin', content);
    bench.write('none', '');
    const { digest } = await bench.freeze();
    const read = (path: string, limit: number) => bench.snapshots.readFile(digest, path, limit);
    expect((await read('big.bin', 700_000))?.equals(content.subarray(0, 700_000))).toBe(true);
    expect((await read('big.bin', 9e9))?.equals(content)).toBe(true);
    expect(await read('none', 10)).toHaveLength(0);
    expect(await read('missing', 10)).toBeNull();
    await expect(bench.snapshots.entries('00'.repeat(32))).rejects.toMatchObject({
      code: 'E_NOT_FOUND',
    });
  });
});

describe('what goes in', () => {
  it('is told with the rule that decided', async () => {
    bench.write('.gitignore', '\n*.log\n!keep.log\n/build/\n');
    bench.write('keep.log', '');
    bench.write('x.log', '');
    bench.write('build/out.o', '');
    bench.write('sub/.gitignore', '*.dat\n');
    bench.write('sub/a.dat', '');
    bench.write('sub/build/kept.txt', '');
    bench.write('env/pyvenv.cfg', '');
    bench.write('env/lib/site.py', '');
    bench.write('.git/config', '');
    bench.write('a/wandb/run-1/files', '');
    bench.write('node_modules/x/index.js', '');
    bench.write('.env', 'TOKEN=1');
    bench.write('.env.example', 'TOKEN=');
    bench.write('tls/server.key', '-----BEGIN PRIVATE KEY-----\n');
    const { leftOut, files } = await bench.preview();
    expect(leftOut.map(({ path, reason, rule }) => [path, reason, rule])).toEqual([
      ['.env', 'secret', expect.stringContaining('environment file')],
      ['.git', 'always', expect.any(String)],
      ['a/wandb', 'always', expect.any(String)],
      ['build', 'rule', '.gitignore:4 /build/'],
      ['env', 'always', expect.stringContaining('pyvenv.cfg')],
      ['node_modules', 'always', expect.any(String)],
      ['sub/a.dat', 'rule', 'sub/.gitignore:1 *.dat'],
      ['tls/server.key', 'secret', 'looks like a private key'],
      ['x.log', 'rule', '.gitignore:2 *.log'],
    ]);
    const frozen = await bench.freeze();
    expect(frozen.files).toBe(files);
    expect(frozen.leftOut).toEqual(leftOut);
  });

  it('holds secrets that were chosen, and notices when a file turns into one', async () => {
    bench.write('.env', 'TOKEN=1');
    bench.write('tls/server.key', 'nothing yet');
    await bench.age();
    const without = await bench.freeze();
    expect(without.files).toBe(1);
    const chosen = await bench.snapshots.freeze(
      bench.folder,
      { includeSecrets: ['.env'] },
      bench.control,
    );
    expect(chosen).toMatchObject({ files: 2, leftOut: [] });
    bench.write('tls/server.key', '-----BEGIN PRIVATE KEY-----\n');
    await expect(bench.freeze()).rejects.toMatchObject({ code: 'E_SOURCE_EMPTY' });
  });

  it('leaves out keys under ordinary names, and opens only so many files for it', async () => {
    const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n';
    for (const path of ['deploy_key', 'conf/server']) bench.write(path, key);
    bench.write('gcp.json', '{"private_key": "-----BEGIN PRIVATE KEY-----"}');
    bench.write('large_key', key.padEnd(100_000));
    bench.write('deploy_key.pub', 'ssh-ed25519 AAAA');
    for (let at = 0; at < 150; at++) bench.write(`z/token-${at}`, key);
    const { leftOut } = await bench.preview();
    const secrets = leftOut.filter(({ reason }) => reason === 'secret').map(({ path }) => path);
    expect(secrets).toEqual(expect.arrayContaining(['conf/server', 'deploy_key', 'gcp.json']));
    expect(secrets).not.toContain('large_key');
    expect(secrets).toHaveLength(103);
  });

  it.each(['.gitignore', '.slipwayignore', '.dockerignore', 'sub/.gitignore'])(
    'skips a line of %s that is too long, and says so',
    async (file) => {
      bench.write(file, `${'x'.repeat(60_000)}\n`);
      bench.write('sub/a.txt', 'a');
      const { notes } = await bench.preview();
      expect(notes).toEqual([expect.stringContaining(`${file}:1 is longer than`)]);
    },
  );

  it('follows .dockerignore with what it takes back', async () => {
    bench.write('.dockerignore', '*\n!src\nsrc/*.tmp\n!data/keep.csv\n');
    bench.write('src/a.py', '');
    bench.write('src/b.tmp', '');
    bench.write('data/keep.csv', '');
    bench.write('data/large.csv', '');
    bench.write('other/x/y', '');
    const { digest, leftOut } = await bench.freeze();
    const entries = await bench.snapshots.entries(digest);
    // A build reads its own rules whatever they say.
    const kept = ['.dockerignore', 'data', 'data/keep.csv', 'src', 'src/a.py'];
    expect(entries.map(({ path }) => path)).toEqual(kept);
    expect(leftOut.map(({ path, rule }) => [path, rule])).toEqual([
      ['data/large.csv', '.dockerignore:1 *'],
      ['other', '.dockerignore:1 *'],
      ['src/b.tmp', '.dockerignore:3 src/*.tmp'],
    ]);
  });

  it('does not hold the data folder of the app', async () => {
    bench.write('main.py', '');
    await bench.reopen(bench.path('.slipway/snapshots.db'));
    const { leftOut, files } = await bench.freeze();
    expect(files).toBe(1);
    expect(leftOut).toMatchObject([{ path: '.slipway', reason: 'always' }]);
    await expect(bench.freeze(bench.path('.slipway'))).rejects.toMatchObject({
      code: 'E_SOURCE_REFUSED',
    });
  });
});
