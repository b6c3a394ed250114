import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { STDERR, STDOUT } from '../../shared/contract/log-stream.ts';
import type { LogChunk, LogStore } from './log-store.ts';
import { numberedStream } from './testing/numbered-stream.ts';
import { referenceLines, streamBytes } from './testing/reference-log.ts';
import { temporaryStore } from './testing/temporary-store.ts';

const KILLS = 30;

/** Lets a process write for a moment and kills it without warning. */
async function writeAndKill(folder: string, seed: number): Promise<void> {
  const script = new URL('./testing/endless-writer.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, folder, String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  await once(child.stdout, 'data');
  await sleep((seed * 7) % 40);
  child.kill('SIGKILL');
  expect((await closed)[1]).toBe('SIGKILL');
}

async function readAll(store: LogStore): Promise<LogChunk[]> {
  const chunks: LogChunk[] = [];
  for (let offset = 0; ;) {
    const more = await store.read('run', offset, 1_000_000);
    if (more.length === 0) return chunks;
    chunks.push(...more);
    offset = more.reduce((sum, chunk) => sum + chunk.bytes.length, offset);
  }
}

function expectNumbered(chunks: LogChunk[]): { stdout: number; stderr: number } {
  const stdout = streamBytes(chunks, STDOUT);
  const stderr = streamBytes(chunks, STDERR);
  expect(stdout.equals(numberedStream('stdout', 0, stdout.length))).toBe(true);
  expect(stderr.equals(numberedStream('stderr', 0, stderr.length))).toBe(true);
  return { stdout: stdout.length, stderr: stderr.length };
}

it('loses and doubles nothing when its writer is killed again and again, while it is read', async () => {
  const { store, folder } = await temporaryStore();
  let ended = false;
  const followed: LogChunk[] = [];
  const following = (async () => {
    const { signal } = new AbortController();
    for await (const chunk of store.tail('run', 0, () => ended, signal)) followed.push(chunk);
  })();
  const heads: number[] = [];
  const stop = store.watch('run', 10, (head) => heads.push(head.bytes));

  for (let kill = 1; kill <= KILLS; kill++) {
    await writeAndKill(folder, kill);
    const { lines } = await store.head('run');
    const page = await store.page('run', Math.max(0, lines - 50), 50);
    expect(page).toHaveLength(Math.min(lines, 50));
  }
  ended = true;
  await following;
  stop();

  const stored = await readAll(store);
  const position = expectNumbered(stored);
  expect(expectNumbered(followed)).toEqual(position);
  expect(position.stdout).toBeGreaterThan(0);
  expect(heads.length).toBeGreaterThan(1);
  expect(heads).toEqual([...heads].sort((a, b) => a - b));
  const writer = await store.openWriter('run');
  expect(writer.position()).toEqual(position);
  await writer.close();

  const lines = referenceLines(stored);
  expect((await store.head('run')).lines).toBe(lines.length);
  for (let first = 0; first < lines.length; first += 2000) {
    expect(await store.page('run', first, 2000)).toEqual(lines.slice(first, first + 2000));
  }
}, 240_000);
