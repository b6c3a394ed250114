import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK_SIZE } from './record-splitter.ts';
import { temporaryFolder } from './testing/run-folder.ts';
import { wandbBytes } from './testing/write-wandb.ts';
import { FILE_HEADER, readWandbFile } from './wandb-file.ts';

const never = new AbortController().signal;

/** The records that are read from a file of these bytes. */
async function recordsIn(path: string, bytes: Uint8Array, limit?: number) {
  writeFileSync(path, bytes);
  const file = await open(path);
  const records: Buffer[] = [];
  try {
    const taker = { record: (data: Buffer) => records.push(Buffer.from(data)), flush: () => {} };
    const report = await readWandbFile(
      file,
      { ...taker, record: (d) => void taker.record(d) },
      never,
      limit,
    );
    return { records, ...report };
  } finally {
    await file.close();
  }
}

const filled = (size: number, seed: number) =>
  Buffer.from(Array.from({ length: size }, (_, i) => (i * 31 + seed) % 251));

/** Sizes that end records before, at and behind the ends of blocks. */
const sizes = fc.array(
  fc.oneof(
    fc.nat(50),
    fc.nat(3 * BLOCK_SIZE),
    fc.integer({ min: BLOCK_SIZE - 40, max: BLOCK_SIZE + 40 }),
  ),
  { maxLength: 12 },
);

describe('readWandbFile', () => {
  it('gives what was written, for records of any size', async () => {
    const path = join(temporaryFolder(), 'log');
    await fc.assert(
      fc.asyncProperty(sizes, async (list) => {
        const records = list.map(filled);
        const read = await recordsIn(path, wandbBytes(records));
        expect([read.damaged, read.tooLong, read.records.length]).toEqual([0, 0, list.length]);
        for (const [i, data] of read.records.entries()) expect(data.equals(records[i]!)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it.each([0, 1, 6, 7, 8, 14])('reads on when %i bytes of a block are left', async (left) => {
    const path = join(temporaryFolder(), 'log');
    const records = [
      filled(BLOCK_SIZE - 7 - 7 - left, 1),
      filled(20, 2),
      filled(0, 3),
      filled(9, 4),
    ];
    expect(await recordsIn(path, wandbBytes(records))).toEqual({ records, damaged: 0, tooLong: 0 });
  });

  it('gives the first records of a file that is cut anywhere', async () => {
    const path = join(temporaryFolder(), 'log');
    const records = [filled(40, 1), filled(BLOCK_SIZE, 2), filled(0, 3), filled(300, 4)];
    const bytes = wandbBytes(records);
    const cuts = [...Array(150).keys(), BLOCK_SIZE - 1, BLOCK_SIZE, BLOCK_SIZE + 7];
    for (let cut = bytes.length; cut > bytes.length - 400; cut--) cuts.push(cut);
    const counts = new Set<number>();
    for (const cut of cuts) {
      const read = await recordsIn(path, bytes.subarray(0, cut));
      expect(read).toEqual({
        records: records.slice(0, read.records.length),
        damaged: 0,
        tooLong: 0,
      });
      counts.add(read.records.length);
    }
    expect([...counts].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
  });

  it('gives true records alone when bytes are changed anywhere', async () => {
    const path = join(temporaryFolder(), 'log');
    const records = Array.from({ length: 40 }, (_, i) => filled(3000 + i, i));
    const bytes = wandbBytes(records);
    const known = new Set(records.map((data) => data.toString('latin1')));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: FILE_HEADER.length, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const changed = Buffer.from(bytes);
          changed[at]! ^= change;
          const read = await recordsIn(path, changed);
          // At most the rest of one block is lost, and the records that reach into it.
          expect(read.records.length).toBeGreaterThanOrEqual(40 - 12);
          for (const data of read.records) expect(known.has(data.toString('latin1'))).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('notes damage and goes on in the next block', async () => {
    const path = join(temporaryFolder(), 'log');
    const records = Array.from({ length: 8 }, (_, i) => filled(BLOCK_SIZE / 2, i));
    const bytes = wandbBytes(records);
    bytes[BLOCK_SIZE + 100]! ^= 1;
    const read = await recordsIn(path, bytes);
    expect(read.damaged).toBeGreaterThan(0);
    expect(read.records.at(-1)).toEqual(records.at(-1));
  });

  it('ends or goes on whatever the bytes are', async () => {
    const path = join(temporaryFolder(), 'log');
    const bytes = fc.uint8Array({ maxLength: 3 * BLOCK_SIZE, size: 'max' });
    await fc.assert(
      fc.asyncProperty(bytes, async (random) => {
        const read = await recordsIn(path, Buffer.concat([FILE_HEADER, random]));
        expect(read.records.every((data) => data.length <= random.length)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('leaves out what is longer than the limit, and nothing else', async () => {
    const path = join(temporaryFolder(), 'log');
    const records = [filled(10, 1), filled(5 * BLOCK_SIZE, 2), filled(2000, 3), filled(10, 4)];
    const read = await recordsIn(path, wandbBytes(records), 1000);
    expect(read).toEqual({ records: [records[0], records[3]], damaged: 0, tooLong: 2 });
  });

  it.each([
    ['another file', Buffer.from('hello world')],
    ['a newer format', Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 9])],
  ])('refuses %s', async (_what, bytes) => {
    const path = join(temporaryFolder(), 'log');
    await expect(recordsIn(path, bytes)).rejects.toMatchObject({ code: 'E_SOURCE_UNREADABLE' });
  });
});
