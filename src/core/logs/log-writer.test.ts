import { stat } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { STDERR, STDOUT } from '../../shared/contract/log-stream.ts';
import { MAX_PIECE, RECORD_SIZE } from './index-record.ts';
import { temporaryStore, type TemporaryStore } from './testing/temporary-store.ts';

const recordsOf = async ({ indexFile }: TemporaryStore): Promise<number> =>
  (await stat(indexFile('run'))).size / RECORD_SIZE;

describe('a log writer', () => {
  it('makes one record of a burst', async () => {
    const temporary = await temporaryStore();
    const writer = await temporary.store.openWriter('run');
    for (let line = 0; line < 1000; line++) void writer.append(STDOUT, Buffer.from('x\n'), 7);
    await writer.close();
    expect(await recordsOf(temporary)).toBe(1);
  });

  it('makes at most one record a millisecond of each stream, also when times go back and forth', async () => {
    const temporary = await temporaryStore();
    const writer = await temporary.store.openWriter('run');
    for (let line = 0; line < 1000; line++) {
      void writer.append(STDOUT, Buffer.from('x\n'), 100 + (line % 10));
    }
    await writer.close();
    expect(await recordsOf(temporary)).toBe(10);
    const times = (await temporary.store.page('run', 0, 12)).map((line) => line.at);
    expect(times).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 109, 109]);
  });

  it('cuts pieces at their longest size', async () => {
    const temporary = await temporaryStore();
    const writer = await temporary.store.openWriter('run');
    void writer.append(STDOUT, Buffer.alloc(3 * MAX_PIECE + 1, 'a\n'), 1);
    await writer.close();
    expect(await recordsOf(temporary)).toBe(4);
    const chunks = await temporary.store.read('run', 0, 4 * MAX_PIECE);
    expect(chunks.map((chunk) => chunk.bytes.length)).toEqual([MAX_PIECE, MAX_PIECE, MAX_PIECE, 1]);
  });

  it.each([NaN, -5, Infinity, 1.9, 2 ** 60])('stores a time of %d as one that fits', async (at) => {
    const temporary = await temporaryStore();
    const writer = await temporary.store.openWriter('run');
    await writer.append(STDERR, Buffer.from('x'), at);
    await writer.close();
    const [line] = await temporary.store.page('run', 0, 1);
    expect(line).toMatchObject({ text: 'x', stream: STDERR });
    expect(Number.isSafeInteger(line?.at)).toBe(true);
  });

  it.each([-1, 1.5, 65_536, NaN])('refuses to number a stream %d', async (stream) => {
    const writer = await (await temporaryStore()).store.openWriter('run');
    expect(() => writer.append(stream, Buffer.from('x'), 1)).toThrow(RangeError);
    await writer.close();
  });

  it('writes what was appended without being asked to', async () => {
    const { store, another } = await temporaryStore();
    const writer = await store.openWriter('run');
    for (const text of ['one\n', 'two\n', 'three\n']) {
      const before = (await another().head('run')).bytes;
      void writer.append(STDOUT, Buffer.from(text), Date.now());
      await vi.waitFor(async () => {
        expect((await another().head('run')).bytes).toBe(before + text.length);
      });
    }
    await writer.close();
  });

  it('copies what it is given', async () => {
    const { store } = await temporaryStore();
    const writer = await store.openWriter('run');
    const bytes = Buffer.from('kept');
    void writer.append(STDOUT, bytes, 1);
    bytes.fill('!');
    await writer.close();
    expect((await store.page('run', 0, 1))[0]?.text).toBe('kept');
  });

  it('asks its caller to wait when megabytes are waiting', async () => {
    const { store } = await temporaryStore();
    const writer = await store.openWriter('run');
    const bytes = Buffer.alloc(64 * 1024, 'line\n');
    let appended = 0;
    let wait: Promise<void> | void = undefined;
    while (!wait) {
      wait = writer.append(STDOUT, bytes, 1);
      appended += bytes.length;
      expect(appended).toBeLessThanOrEqual(8 * 1024 * 1024);
    }
    await wait;
    expect(appended - writer.head().bytes).toBeLessThanOrEqual(appended / 2);
    await writer.close();
    expect((await store.head('run')).bytes).toBe(appended);
  });

  it('counts what is waiting in its position, and only what is stored in its head', async () => {
    const { store } = await temporaryStore();
    const writer = await store.openWriter('run');
    void writer.append(STDOUT, Buffer.from('abc'), 1);
    void writer.append(STDERR, Buffer.from('de\n'), 1);
    expect(writer.position()).toEqual({ stdout: 3, stderr: 3 });
    expect(writer.head()).toEqual({ bytes: 0, lines: 0 });
    await writer.flush();
    expect(writer.head()).toEqual({ bytes: 6, lines: 2 });
    await writer.close();
  });

  it('refuses appends after it was closed, and closes once', async () => {
    const { store } = await temporaryStore();
    const writer = await store.openWriter('run');
    await Promise.all([writer.close(), writer.close()]);
    await expect(writer.append(STDOUT, Buffer.from('x'), 1)).rejects.toMatchObject({
      code: 'E_STATE',
    });
  });

  it('reads back what was appended just before', async () => {
    const { store } = await temporaryStore();
    const writer = await store.openWriter('run');
    void writer.append(STDOUT, Buffer.from('abc'), 1);
    void writer.append(STDERR, Buffer.from('xyz'), 1);
    void writer.append(STDOUT, Buffer.from('def'), 1);
    expect((await writer.lastBytes(STDOUT, 4)).toString()).toBe('cdef');
    expect((await writer.lastBytes(STDERR, 100)).toString()).toBe('xyz');
    expect(await writer.lastBytes(STDOUT, 0)).toHaveLength(0);
    await writer.close();
  });
});
