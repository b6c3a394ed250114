import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from './testing.ts';

let bench: Bench;

beforeEach(() => {
  bench = new Bench();
});

afterEach(() => bench.dispose());

const EXTRA = [{ path: 'Dockerfile', content: 'FROM scratch\n# é\n' }];

async function archive(digest: string, prefix = 'src'): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const { signal } = bench.control;
  for await (const piece of bench.snapshots.tar(digest, { prefix, extra: EXTRA }, signal)) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

describe('an archive of a snapshot', () => {
  it('unpacks to the same tree, after the extra files', async () => {
    const long = `${'deep/'.repeat(40)}${'name'.repeat(50)}`;
    bench.write(long, 'long');
    bench.write('run.sh', '#!/bin/sh\n');
    chmodSync(bench.path('run.sh'), 0o755);
    bench.write('exactly-a-block', 'x'.repeat(512));
    bench.write('large.bin', Buffer.alloc(1_500_001, 'abc'));
    mkdirSync(bench.path('hollow'));
    symlinkSync('t'.repeat(300), bench.path('link'));
    writeFileSync(
      Buffer.concat([Buffer.from(`${bench.folder}/`), Buffer.from([0xff, 0x0a])]),
      'odd',
    );
    const { digest } = await bench.freeze();

    const bytes = await archive(digest);
    mkdirSync(bench.path('../out'));
    execFileSync('tar', ['x', '-C', bench.path('../out')], { input: bytes });
    expect(readFileSync(bench.path('../out/Dockerfile'), 'utf8')).toBe(EXTRA[0]?.content);
    expect((await bench.freeze(bench.path('../out/src'))).digest).toBe(digest);

    const listed = execFileSync('tar', ['tv', '--full-time', '--utc'], { input: bytes }).toString();
    const [first = '', ...rest] = listed.trim().split('\n');
    expect(first).toContain('Dockerfile');
    for (const line of [first, ...rest]) expect(line).toMatch(/ 0\/0 .* 1980-01-02 00:00:00/);
  });

  it('is the same bytes for the same tree, however it came about', async () => {
    bench.write('a/one', '1');
    bench.write('b', '2');
    const { digest } = await bench.freeze();
    const first = await archive(digest, '');
    bench.write('../again/b', '2');
    bench.write('../again/a/one', '1');
    await bench.reopen(bench.path('../other/snapshots.db'));
    const again = await bench.freeze(bench.path('../again'));
    expect((await archive(again.digest, '/')).equals(first)).toBe(true);
  });

  it('waits for a slow reader, and ends when the reader leaves or cancels', async () => {
    for (let n = 0; n < 40; n++) bench.write(`${n}.bin`, Buffer.alloc(400_000, n));
    const { digest } = await bench.freeze();
    const options = { prefix: '', extra: [] };
    let bytes = 0;
    for await (const piece of bench.snapshots.tar(digest, options, bench.control.signal)) {
      if (bytes === 0) await setTimeout(300);
      bytes += piece.length;
    }
    expect(bytes).toBeGreaterThan(40 * 400_000);

    for await (const piece of bench.snapshots.tar(digest, options, bench.control.signal)) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    const stop = new AbortController();
    const cancelled = (async () => {
      for await (const piece of bench.snapshots.tar(digest, options, stop.signal)) {
        expect(piece.length).toBeGreaterThan(0);
        stop.abort();
      }
    })();
    await expect(cancelled).rejects.toMatchObject({ code: 'E_CANCELLED' });
    // Only an idle worker answers; one that still packed for nobody would be found here.
    expect(await bench.snapshots.entries(digest)).toHaveLength(40);
  });

  it('fails for a snapshot that is not there or is damaged', async () => {
    bench.write('a', 'content');
    const { digest } = await bench.freeze();
    await expect(archive('00'.repeat(32))).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
    await bench.damage();
    await expect(archive(digest)).rejects.toMatchObject({ code: 'E_DB_DAMAGED' });
  });
});
