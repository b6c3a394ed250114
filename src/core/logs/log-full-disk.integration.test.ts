import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STDERR, STDOUT } from '../../shared/contract/log-stream.ts';
import { createLogStore } from './create-log-store.ts';
import type { LogStore, LogWriter } from './log-store.ts';
import { saveLog } from './save-log.ts';
import { numberedStream } from './testing/numbered-stream.ts';
import { streamBytes } from './testing/reference-log.ts';
import { temporaryStore } from './testing/temporary-store.ts';

const run = promisify(execFile);
const SIZE = 2 * 1024 * 1024;
const STREAMS = [
  [STDOUT, 'stdout'],
  [STDERR, 'stderr'],
] as const;

/** Appends the next bytes of both streams in turns until `bytes` are in, as a follower does. */
async function follow(writer: LogWriter, bytes: number, step: number): Promise<void> {
  for (let turn = 0; ; turn++) {
    const position = writer.position();
    const stored = position.stdout + position.stderr;
    if (stored >= bytes) return;
    const [stream, name] = STREAMS[turn % 2] ?? STREAMS[0];
    const from = position[name];
    const length = Math.min(step, bytes - stored);
    await writer.append(stream, numberedStream(name, from, from + length), turn);
    if (turn % 5 === 0) await writer.flush();
  }
}

async function expectNumbered(store: LogStore, writer: LogWriter, id: string): Promise<number> {
  const { bytes, lines } = await store.head(id);
  const chunks = await store.read(id, 0, bytes);
  for (const [stream, name] of STREAMS) {
    const found = streamBytes(chunks, stream);
    expect(found.length).toBe(writer.position()[name]);
    expect(found.equals(numberedStream(name, 0, found.length))).toBe(true);
  }
  expect(await store.page(id, lines - 1, 10)).toHaveLength(Math.min(lines, 1));
  return bytes;
}

describe.skipIf(process.getuid?.() !== 0)('a log on a disk that is full', () => {
  let folder: string;
  const ballast = () => join(folder, 'ballast');
  const full = { code: 'E_DISK_FULL', next: expect.stringContaining('The run goes on') };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slipway-full-'));
    await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder]);
  });

  afterAll(async () => {
    await run('umount', ['--lazy', folder]);
    await rm(folder, { recursive: true });
  });

  it.each([100, 3000, 65_536, 200_000])(
    'keeps what is stored and goes on without a gap when there is space again (%d bytes at a time)',
    async (step) => {
      const store = createLogStore(folder);
      const id = `run-${step}`;
      const writer = await store.openWriter(id);
      let before = 0;
      for (const room of [300_000, 600_000, 900_000]) {
        await writeFile(ballast(), Buffer.alloc(SIZE - room));
        await expect(follow(writer, SIZE, step)).rejects.toMatchObject(full);
        const stored = await expectNumbered(createLogStore(folder), writer, id);
        expect(stored).toBeGreaterThan(before);
        // Still full: said again, and nothing changes.
        await expect(follow(writer, SIZE, step)).rejects.toMatchObject(full);
        await expectNumbered(store, writer, id);
        before = stored;
      }
      await rm(ballast());
      await follow(writer, 1_000_000, step);
      await writer.close();
      expect(await expectNumbered(createLogStore(folder), writer, id)).toBe(1_000_000);
      await store.remove(id);
    },
  );

  it('refuses what comes after the lost bytes until it was asked for its position', async () => {
    const store = createLogStore(folder);
    const writer = await store.openWriter('run');
    await writeFile(ballast(), Buffer.alloc(SIZE - 50_000));
    void writer.append(STDOUT, Buffer.alloc(500_000, 'lost'), 1);
    await expect(writer.flush()).rejects.toMatchObject(full);
    await rm(ballast());
    await expect(writer.append(STDOUT, Buffer.from('after'), 2)).rejects.toMatchObject(full);
    const { stdout } = writer.position();
    expect(stdout).toBe(writer.head().bytes);
    await writer.append(STDOUT, Buffer.from('again'), 3);
    await writer.close();
    expect((await store.head('run')).bytes).toBe(stdout + 5);
    await store.remove('run');
  });

  it('tells who does not wait with the next append', async () => {
    const store = createLogStore(folder);
    const writer = await store.openWriter('run');
    await writeFile(ballast(), Buffer.alloc(SIZE - 50_000));
    void writer.append(STDOUT, Buffer.alloc(500_000, 'lost'), 1);
    while (writer.position().stdout === 500_000) await new Promise(setImmediate);
    await expect(writer.append(STDOUT, Buffer.from('next'), 2)).rejects.toMatchObject(full);
    await writer.close();
    await rm(ballast());
    await store.remove('run');
  });

  it('says so when not even an empty log can be made', async () => {
    await writeFile(ballast(), Buffer.alloc(SIZE)).catch(() => undefined);
    const store = createLogStore(join(folder, 'logs'));
    const writer = await store.openWriter('run').catch((error: unknown) => error);
    if (writer instanceof Error) expect(writer).toMatchObject(full);
    else {
      void (writer as LogWriter).append(STDOUT, Buffer.from('x'), 1);
      await expect((writer as LogWriter).close()).rejects.toMatchObject(full);
    }
    await rm(ballast());
  });

  it('has no room for a copy, of which nothing is left', async () => {
    const { store } = await temporaryStore();
    const writer = await store.openWriter('run');
    await writer.append(STDOUT, numberedStream('stdout', 0, 2 * SIZE), 1);
    await writer.close();
    const before = await readdir(folder);
    const control = { signal: new AbortController().signal };
    const choice = { streams: null, plain: false };
    const saved = saveLog({ store, id: 'run' }, choice, join(folder, 'copy.log'), control);
    await expect(saved).rejects.toMatchObject({ code: 'E_DISK_FULL' });
    expect(await readdir(folder)).toEqual(before);
  });
});
