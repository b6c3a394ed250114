import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogStore } from '../../../src/core/logs/create-log-store.ts';
import { lineOf, referenceOf, type LinesSpec } from '../job/reference.ts';
import { compareLog } from './log-file.ts';

const spec: LinesSpec = { seed: 3, lines: 500, width: 25, rate: 0, exitCode: 0 };
let folder: string;

/** A log as the product itself stores it. */
async function store(out: Buffer, err: Buffer): Promise<void> {
  const writer = await createLogStore(folder).openWriter('run');
  for (let at = 0; at < Math.max(out.length, err.length); at += 700) {
    for (const [stream, bytes] of [
      [1, out],
      [2, err],
    ] as const) {
      if (at < bytes.length) await writer.append(stream, bytes.subarray(at, at + 700), at);
    }
    await writer.flush();
  }
  await writer.close();
}

const whole = (stream: 1 | 2): Buffer => Buffer.concat([...referenceOf(spec, stream)]);
const without = (bytes: Buffer, at: number): Buffer =>
  Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + spec.width)]);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faults-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a stored log', () => {
  it('that is what was printed', async () => {
    await store(whole(1), whole(2));
    expect(compareLog(folder, 'run', spec)).toEqual([]);
  });

  it('that is cut is a prefix, and not whole', async () => {
    await store(whole(1).subarray(0, 1000), whole(2));
    expect(compareLog(folder, 'run', spec, 'prefix')).toEqual([]);
    expect(compareLog(folder, 'run', spec)).toEqual([
      expect.stringContaining('missing at the end'),
    ]);
  });

  const line = 40 * 25;
  const damages: [string, () => [Buffer, Buffer]][] = [
    ['lacks a line', () => [without(whole(1), line), whole(2)]],
    ['lacks a line of stderr', () => [whole(1), without(whole(2), line)]],
    ['has a line twice', () => [Buffer.concat([whole(1), whole(1).subarray(-25)]), whole(2)]],
    ['has another seed', () => [Buffer.from(lineOf({ ...spec, seed: 4 }, 0)), whole(2)]],
    ['has its streams exchanged', () => [whole(2), whole(1)]],
  ];
  it.each(damages)('that %s', async (_, bytes) => {
    await store(...bytes());
    for (const extent of ['whole', 'prefix'] as const) {
      expect(compareLog(folder, 'run', spec, extent)).toHaveLength(1);
    }
  });

  const files: [string, (path: string) => void, string][] = [
    ['one byte changed', (path) => flip(`${path}.log`, 2000), 'not those of their record'],
    ['a record changed', (path) => flip(`${path}.idx`, 100), 'is damaged'],
    ['a record cut', (path) => cut(`${path}.idx`, 20), 'within a record'],
    ['a record lost', (path) => cut(`${path}.idx`, 48), 'without a record'],
    ['a record left out', (path) => leaveOut(`${path}.idx`), 'a gap'],
  ];
  it.each(files)('with %s in its files', async (_, damage, text) => {
    await store(whole(1), whole(2));
    damage(join(folder, 'run'));
    expect(compareLog(folder, 'run', spec)).toEqual([expect.stringContaining(text)]);
  });

  it('that is not there', () => {
    expect(compareLog(folder, 'run', spec)).toEqual([expect.stringContaining('ENOENT')]);
  });

  it('has lines whose checksums differ', () => {
    const sums = Array.from({ length: 500 }, (_, n) => lineOf(spec, n).slice(10, 18));
    expect(new Set(sums).size).toBe(500);
    expect(crc32(whole(1))).not.toBe(crc32(whole(2)));
  });
});

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at]! ^= 1;
  writeFileSync(path, bytes);
}

function cut(path: string, count: number): void {
  writeFileSync(path, readFileSync(path).subarray(0, -count));
}

function leaveOut(path: string): void {
  const bytes = readFileSync(path);
  writeFileSync(path, Buffer.concat([bytes.subarray(0, 48), bytes.subarray(96)]));
}
