import { readFile, truncate, writeFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STDERR, STDOUT } from '../../shared/contract/log-stream.ts';
import { RECORD_SIZE } from './index-record.ts';
import { allBytes, type Part, referenceLines, streamBytes } from './testing/reference-log.ts';
import { temporaryStore, type TemporaryStore } from './testing/temporary-store.ts';

const PARTS: Part[] = [
  { stream: STDOUT, at: 10, bytes: Buffer.from('first\nsecond li') },
  { stream: STDOUT, at: 20, bytes: Buffer.from('ne\n') },
  { stream: STDERR, at: 30, bytes: Buffer.from('warning \xe6\xbc') },
  { stream: STDOUT, at: 40, bytes: Buffer.from([0xff, 0x0a, 0x0a]) },
  { stream: STDOUT, at: 50, bytes: Buffer.from('the open end') },
];
const MORE: Part = { stream: STDOUT, at: 60, bytes: Buffer.from(' goes on\n') };

/** A log with one record for each part. */
async function written(temporary: TemporaryStore): Promise<{ log: Buffer; index: Buffer }> {
  const writer = await temporary.store.openWriter('run');
  for (const { stream, bytes, at } of PARTS) {
    await writer.append(stream, bytes, at);
    await writer.flush();
  }
  await writer.close();
  const log = await readFile(temporary.logFile('run'));
  const index = await readFile(temporary.indexFile('run'));
  expect([log.length, index.length]).toEqual([allBytes(PARTS).length, PARTS.length * RECORD_SIZE]);
  return { log, index };
}

/** Opens the log for writing and expects exactly `kept` in it, and that it goes on from there. */
async function expectCutTo(temporary: TemporaryStore, kept: Part[]): Promise<void> {
  const store = temporary.another();
  const writer = await store.openWriter('run');
  expect(writer.position()).toEqual({
    stdout: streamBytes(kept, STDOUT).length,
    stderr: streamBytes(kept, STDERR).length,
  });
  expect(writer.head().bytes).toBe(allBytes(kept).length);
  await writer.append(MORE.stream, MORE.bytes, MORE.at);
  await writer.close();
  const expected = [...kept, MORE];
  expect(await readFile(temporary.logFile('run'))).toEqual(allBytes(expected));
  expect(await store.page('run', 0, 100)).toEqual(referenceLines(expected));
  expect(await store.head('run')).toEqual({
    bytes: allBytes(expected).length,
    lines: referenceLines(expected).length,
  });
}

/** The parts that end at or before `bytes`. */
const partsWithin = (bytes: number): Part[] =>
  PARTS.filter((_, index) => allBytes(PARTS.slice(0, index + 1)).length <= bytes);

describe('opening a log after a crash', { timeout: 60_000 }, () => {
  it('cuts it back to the last whole piece, wherever the bytes end', async () => {
    const temporary = await temporaryStore();
    const { log, index } = await written(temporary);
    for (let size = 0; size < log.length; size++) {
      await writeFile(temporary.logFile('run'), log.subarray(0, size));
      await writeFile(temporary.indexFile('run'), index);
      await expectCutTo(temporary, partsWithin(size));
    }
  });

  it('cuts it back to the last whole record, wherever the index ends', async () => {
    const temporary = await temporaryStore();
    const { log, index } = await written(temporary);
    for (let size = 0; size < index.length; size++) {
      await writeFile(temporary.logFile('run'), log);
      await writeFile(temporary.indexFile('run'), index.subarray(0, size));
      await expectCutTo(temporary, PARTS.slice(0, Math.floor(size / RECORD_SIZE)));
    }
  });

  it('cuts it back before a record or a piece with any byte changed', async () => {
    const temporary = await temporaryStore();
    const files = await written(temporary);
    for (const [file, bytes] of Object.entries(files)) {
      for (let at = 0; at < bytes.length; at++) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 0x10;
        const both = { ...files, [file]: changed };
        await writeFile(temporary.logFile('run'), both.log);
        await writeFile(temporary.indexFile('run'), both.index);
        const kept =
          file === 'log' ? partsWithin(at) : PARTS.slice(0, Math.floor(at / RECORD_SIZE));
        await expectCutTo(temporary, kept);
      }
    }
  });

  it('takes nothing from what lies behind the end', async () => {
    const temporary = await temporaryStore();
    const { log, index } = await written(temporary);
    const zeros = Buffer.alloc(3 * RECORD_SIZE);
    const records = [zeros, index.subarray(0, RECORD_SIZE), index.subarray(-RECORD_SIZE)];
    for (const behind of records) {
      await writeFile(temporary.logFile('run'), Buffer.concat([log, Buffer.alloc(500, 'x')]));
      await writeFile(temporary.indexFile('run'), Buffer.concat([index, behind]));
      await expectCutTo(temporary, PARTS);
    }
  });
});

describe('reading a damaged log', { timeout: 60_000 }, () => {
  const text = async (temporary: TemporaryStore): Promise<string[]> =>
    (await temporary.another().page('run', 0, 100)).map((line) => line.text);
  const bytesOf = async (temporary: TemporaryStore): Promise<Buffer> =>
    allBytes(await temporary.another().read('run', 0, 1_000_000));

  it('takes a log without an index for one stream', async () => {
    const temporary = await temporaryStore();
    const { log } = await written(temporary);
    await writeFile(temporary.logFile('other'), log);
    const lines = await temporary.store.page('other', 0, 100);
    expect(lines.map((line) => line.text)).toEqual(log.toString().split('\n'));
    expect(new Set(lines.map((line) => line.stream))).toEqual(new Set([STDOUT]));
    expect(await temporary.store.head('other')).toEqual({ bytes: log.length, lines: lines.length });
  });

  it('does the same when no record of the index is whole', async () => {
    const temporary = await temporaryStore();
    const { log } = await written(temporary);
    await writeFile(temporary.indexFile('run'), Buffer.alloc(10 * RECORD_SIZE, 'noise'));
    expect(await text(temporary)).toEqual(log.toString().split('\n'));
  });

  it('shows what whole records cover when the end of the index is gone', async () => {
    const temporary = await temporaryStore();
    await written(temporary);
    await truncate(temporary.indexFile('run'), 2 * RECORD_SIZE + 7);
    expect(await text(temporary)).toEqual(['first', 'second line']);
  });

  it('keeps all bytes when a record in the middle is damaged', async () => {
    const temporary = await temporaryStore();
    const { log, index } = await written(temporary);
    index.fill('?', RECORD_SIZE, 2 * RECORD_SIZE);
    await writeFile(temporary.indexFile('run'), index);
    expect(await bytesOf(temporary)).toEqual(log);
    expect(await text(temporary)).toEqual(referenceLines(PARTS).map((line) => line.text));
  });

  it('keeps all bytes when a record was left out, whatever is read first', async () => {
    const temporary = await temporaryStore();
    const { log, index } = await written(temporary);
    for (let out = 0; out < PARTS.length - 1; out++) {
      const rest = index.subarray((out + 1) * RECORD_SIZE);
      const gapped = Buffer.concat([index.subarray(0, out * RECORD_SIZE), rest]);
      await writeFile(temporary.indexFile('run'), gapped);
      expect(await bytesOf(temporary)).toEqual(log);
      expect((await text(temporary)).join('').replace(/\u{fffd}/gu, '')).toBe(
        log.toString().replace(/\n|\u{fffd}/gu, ''),
      );
    }
  });

  it('shows what is there when the end of the bytes is gone', async () => {
    const temporary = await temporaryStore();
    await written(temporary);
    const before = await temporary.store.page('run', 0, 100);
    expect(before).toEqual(referenceLines(PARTS));
    await truncate(temporary.logFile('run'), allBytes(PARTS.slice(0, 2)).length + 1);
    expect(await text(temporary)).toEqual(['first', 'second line']);
    // A store that knew the log before it was cut finds out as well.
    const lines = await temporary.store.page('run', 0, 100);
    expect(lines.map((line) => line.text)).toEqual(['first', 'second line']);
  });

  it('says so when the bytes are gone', async () => {
    const temporary = await temporaryStore();
    const { index } = await written(temporary);
    await writeFile(temporary.indexFile('other'), index);
    for (const read of [
      () => temporary.store.head('other'),
      () => temporary.store.page('other', 0, 1),
      () => temporary.store.read('other', 0, 1),
    ]) {
      await expect(read()).rejects.toMatchObject({ code: 'E_LOG_DAMAGED' });
    }
  });

  it('never fails in any other way, whatever the index holds', async () => {
    const temporary = await temporaryStore();
    const { log, index } = await written(temporary);
    const damage = fc.array(
      fc.record({
        at: fc.nat(index.length),
        bytes: fc.oneof(
          fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
          fc.nat(PARTS.length).map((n) => index.subarray(n * RECORD_SIZE, (n + 1) * RECORD_SIZE)),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(index.length), async (changes, size) => {
        const changed = Buffer.concat([index, Buffer.alloc(60)]);
        for (const { at, bytes } of changes) bytes.copy(changed, at);
        await writeFile(temporary.indexFile('run'), changed.subarray(0, size));
        const store = temporary.another();
        expect((await store.page('run', 1, 2)).length).toBeLessThanOrEqual(2);
        const read = allBytes(await store.read('run', 0, 1_000_000));
        expect(read).toEqual(log.subarray(0, read.length));
        const { lines, bytes } = await store.head('run');
        expect(bytes).toBe(read.length);
        expect(await store.page('run', 0, 100)).toHaveLength(lines);
      }),
      { numRuns: 150 },
    );
  });
});
