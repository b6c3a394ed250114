import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOG_LINE_LIMIT, STDERR, STDOUT } from '../../shared/contract/log-stream.ts';
import { createLogStore } from './create-log-store.ts';
import type { LogStore, LogWriter } from './log-store.ts';
import { allBytes, type Part, referenceLines, streamBytes } from './testing/reference-log.ts';
import { temporaryStore } from './testing/temporary-store.ts';

const part = fc.record({
  stream: fc.constantFrom(STDOUT, STDERR, 7),
  pause: fc.integer({ min: 0, max: 2 }),
  flush: fc.boolean(),
  bytes: fc.oneof(
    { weight: 4, arbitrary: fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 4, arbitrary: fc.string({ unit: 'binary' }).map((text) => Buffer.from(`${text}\n`)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.constantFrom('x', 'é', '漢', '😀', 'ab\n', '\n', '\r'),
          fc.integer({ min: LOG_LINE_LIMIT - 5, max: 2 * LOG_LINE_LIMIT }),
        )
        .map(([text, length]) => Buffer.from(text.repeat(length / text.length))),
    },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: 1, max: 70_000 })
        .map((length) => Buffer.alloc(length, 'line\n')),
    },
  ),
});

type Step = Part & { flush: boolean };

const steps = fc.array(part, { maxLength: 15 }).map((drawn): Step[] => {
  let at = 1_700_000_000_000;
  return drawn.map(({ pause, ...step }) => ({ ...step, at: (at += pause) }));
});

async function write(writer: LogWriter, parts: readonly Step[], cut = Infinity): Promise<void> {
  for (const { stream, bytes, at, flush } of parts) {
    for (let from = 0; from < bytes.length; from += cut) {
      await writer.append(stream, bytes.subarray(from, from + cut), at);
    }
    if (flush) await writer.flush();
  }
}

async function expectStored(store: LogStore, id: string, parts: readonly Step[]): Promise<void> {
  const bytes = allBytes(parts);
  const lines = referenceLines(parts);
  expect(await store.head(id)).toEqual({ bytes: bytes.length, lines: lines.length });
  expect(await store.page(id, 0, lines.length + 5)).toEqual(lines);
  const tailed = [];
  const { signal } = new AbortController();
  for await (const chunk of store.tail(id, 0, () => true, signal)) tailed.push(chunk);
  expect(allBytes(tailed).equals(bytes)).toBe(true);
  for (const stream of [STDOUT, STDERR, 7]) {
    expect(streamBytes(tailed, stream).equals(streamBytes(parts, stream))).toBe(true);
  }
}

describe('a log', { timeout: 60_000 }, () => {
  it('is read as the reference says, whatever was appended and however it was cut', async () => {
    const { store, another } = await temporaryStore();
    let count = 0;
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 50_000 }), async (parts, cut) => {
        const id = `run-${count++}`;
        const writer = await store.openWriter(id);
        await write(writer, parts, cut);
        await writer.flush();
        await expectStored(store, id, parts);
        await writer.close();
        await expectStored(another(), id, parts);
      }),
      { numRuns: 30 },
    );
  });

  it('goes on after it was opened again as if it had never been closed', async () => {
    const { store } = await temporaryStore();
    let count = 0;
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(15), async (parts, at) => {
        const id = `run-${count++}`;
        for (const half of [parts.slice(0, at), parts.slice(at)]) {
          const writer = await store.openWriter(id);
          await write(writer, half);
          await writer.close();
        }
        await expectStored(store, id, parts);
      }),
      { numRuns: 20 },
    );
  });

  it('gives any page, any bytes and any part of a stream', async () => {
    const { store } = await temporaryStore();
    let count = 0;
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(), fc.nat(), async (parts, one, two) => {
        const id = `run-${count++}`;
        const writer = await store.openWriter(id);
        await write(writer, parts);
        const lines = referenceLines(parts);
        await writer.flush();
        const first = one % (lines.length + 2);
        const some = (two % 300) + 1;
        expect(await store.page(id, first, some)).toEqual(lines.slice(first, first + some));

        const bytes = allBytes(parts);
        const offset = one % (bytes.length + 2);
        const limit = two % 200_000;
        const chunks = await store.read(id, offset, limit);
        expect(allBytes(chunks).equals(bytes.subarray(offset, offset + limit))).toBe(true);
        if (chunks[0]) expect(chunks[0].offset).toBe(offset);

        const stdout = streamBytes(parts, STDOUT);
        const from = one % (stdout.length + 2);
        const to = from + (two % 100_000);
        const read = [];
        for await (const piece of writer.readStream(STDOUT, from, to)) read.push(piece);
        expect(Buffer.concat(read).equals(stdout.subarray(from, to))).toBe(true);
        const stderr = streamBytes(parts, STDERR);
        const kept = stderr.subarray(Math.max(0, stderr.length - (two % 50_000)));
        expect((await writer.lastBytes(STDERR, two % 50_000)).equals(kept)).toBe(true);
        expect(writer.position()).toEqual({ stdout: stdout.length, stderr: stderr.length });
        await writer.close();
      }),
      { numRuns: 30 },
    );
  });

  it('shows one line of many megabytes in pieces and keeps its bytes', async () => {
    const { store } = await temporaryStore();
    const writer = await store.openWriter('run');
    const bytes = Buffer.alloc(20 * 1024 * 1024, 'long');
    await writer.append(STDOUT, bytes, 1);
    await writer.close();
    const lines = bytes.length / LOG_LINE_LIMIT;
    expect(await store.head('run')).toEqual({ bytes: bytes.length, lines });
    const end = await store.page('run', lines - 2, 10);
    expect(end.map((line) => [line.text.length, line.continues])).toEqual([
      [LOG_LINE_LIMIT, true],
      [LOG_LINE_LIMIT, false],
    ]);
  });

  it('pages through a million empty lines', async () => {
    const { store } = await temporaryStore();
    const writer = await store.openWriter('run');
    await writer.append(STDERR, Buffer.alloc(1_000_000, '\n'), 5);
    await writer.close();
    expect((await store.head('run')).lines).toBe(1_000_000);
    const page = await store.page('run', 999_990, 200);
    expect(page).toHaveLength(10);
    page.forEach((line, index) => {
      const number = 999_990 + index;
      expect(line).toEqual({ text: '', stream: STDERR, number, at: 5, continues: false });
    });
  });

  it('is empty when nobody wrote it', async () => {
    const { store } = await temporaryStore();
    expect(await store.head('none')).toEqual({ bytes: 0, lines: 0 });
    expect(await store.page('none', 0, 10)).toEqual([]);
    expect(await store.read('none', 0, 10)).toEqual([]);
    await store.remove('none');
  });

  it('is gone after it was removed, and can be written again', async () => {
    const { store, logFile, indexFile } = await temporaryStore();
    const writer = await store.openWriter('run');
    await writer.append(STDOUT, Buffer.from('old\n'), 1);
    await expect(store.remove('run')).rejects.toMatchObject({ code: 'E_STATE' });
    await writer.close();
    expect((await store.page('run', 0, 1))[0]?.text).toBe('old');
    await store.remove('run');
    await expect(stat(logFile('run'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(stat(indexFile('run'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await store.head('run')).toEqual({ bytes: 0, lines: 0 });
    const again = await store.openWriter('run');
    await again.append(STDOUT, Buffer.from('new\n'), 1);
    await again.close();
    expect((await store.page('run', 0, 9)).map((line) => line.text)).toEqual(['new']);
  });

  it('has one writer at a time', async () => {
    const { store } = await temporaryStore();
    const writer = await store.openWriter('run');
    await expect(store.openWriter('run')).rejects.toMatchObject({ code: 'E_STATE' });
    await writer.close();
    await (await store.openWriter('run')).close();
  });

  it.each(['', '..', '../x', 'a/b', 'A', 'a.b', 'a\n', 'a\0', 'é', 'x'.repeat(81)])(
    'refuses the name %j everywhere',
    async (id) => {
      const { store } = await temporaryStore();
      const refusal = { code: 'E_NAME' };
      await expect(store.openWriter(id)).rejects.toMatchObject(refusal);
      await expect(store.head(id)).rejects.toMatchObject(refusal);
      await expect(store.page(id, 0, 1)).rejects.toMatchObject(refusal);
      await expect(store.read(id, 0, 1)).rejects.toMatchObject(refusal);
      await expect(store.remove(id)).rejects.toMatchObject(refusal);
      expect(() => store.watch(id, 10, () => undefined)).toThrow(expect.objectContaining(refusal));
      const tail = store.tail(id, 0, () => true, new AbortController().signal);
      await expect(tail[Symbol.asyncIterator]().next()).rejects.toMatchObject(refusal);
    },
  );

  it('is for its owner only', async () => {
    const { store, folder, logFile, indexFile } = await temporaryStore();
    const inner = createLogStore(join(folder, 'made', 'for-it'));
    await (await inner.openWriter('run')).close();
    await (await store.openWriter('run')).close();
    expect((await stat(join(folder, 'made', 'for-it'))).mode & 0o077).toBe(0);
    for (const file of [logFile('run'), indexFile('run')]) {
      expect((await stat(file)).mode & 0o077).toBe(0);
    }
  });

  it('says so when its folder cannot be one', async () => {
    const { folder } = await temporaryStore();
    await writeFile(join(folder, 'file'), '');
    const store = createLogStore(join(folder, 'file'));
    await expect(store.openWriter('run')).rejects.toMatchObject({ code: 'E_DATA_DIR' });
  });
});
