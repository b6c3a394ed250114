import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { STDOUT } from '../../shared/contract/log-stream.ts';
import type { LogChunk } from './log-store.ts';
import { temporaryStore } from './testing/temporary-store.ts';

const firstOf = (tail: AsyncIterable<LogChunk>) => tail[Symbol.asyncIterator]().next();
const never = () => new AbortController().signal;

/** Timers that only the test moves on, so that those still running can be counted. */
function heldTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
}

describe('tail', () => {
  it.each(['this', 'another'] as const)('follows a log written by %s process', async (whose) => {
    const { store, another } = await temporaryStore();
    const reader = whose === 'this' ? store : another();
    let ended = false;
    let text = '';
    const reading = (async () => {
      for await (const chunk of reader.tail('run', 0, () => ended, never())) text += chunk.bytes;
    })();
    const writer = await store.openWriter('run');
    for (let line = 0; line < 5; line++) {
      void writer.append(STDOUT, Buffer.from(`line ${line}\n`), line);
      await vi.waitFor(() => expect(text).toMatch(new RegExp(`line ${line}\n$`)));
    }
    void writer.append(STDOUT, Buffer.from('the end'), 9);
    await writer.close();
    ended = true;
    await reading;
    expect(text).toMatch(/line 4\nthe end$/);
  });

  it('hands over what was appended just before the end', async () => {
    const { store } = await temporaryStore();
    const writer = await store.openWriter('run');
    void writer.append(STDOUT, Buffer.from('not written yet'), 1);
    let text = '';
    for await (const chunk of store.tail('run', 0, () => true, never())) text += chunk.bytes;
    expect(text).toBe('not written yet');
    await writer.close();
  });

  it('starts at any byte and ends at the end of an ended log', async () => {
    const { store } = await temporaryStore();
    const writer = await store.openWriter('run');
    void writer.append(STDOUT, Buffer.from('0123456789'), 1);
    await writer.close();
    const tail = store.tail('run', 4, () => true, never());
    const chunks = [];
    for await (const chunk of tail) chunks.push([chunk.offset, chunk.bytes.toString()]);
    expect(chunks).toEqual([[4, '456789']]);
  });

  it('reads on only when it is asked', async () => {
    const { store } = await temporaryStore();
    const writer = await store.openWriter('run');
    for (let part = 0; part < 40; part++) await writer.append(STDOUT, Buffer.alloc(65_536), part);
    await writer.close();
    const read = vi.spyOn(store, 'read');
    const tail = store.tail('run', 0, () => true, never())[Symbol.asyncIterator]();
    await tail.next();
    await sleep(60);
    expect(read.mock.calls.length).toBeLessThanOrEqual(1);
    await tail.return?.();
  });

  it('is cancelled while it waits, and leaves no timer', async () => {
    heldTimers();
    const { store } = await temporaryStore();
    const controller = new AbortController();
    const next = firstOf(store.tail('run', 0, () => false, controller.signal));
    const outcome = expect(next).rejects.toMatchObject({ code: 'E_CANCELLED' });
    while (vi.getTimerCount() === 0) await sleep(5);
    controller.abort();
    await outcome;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is cancelled before and between its reads', async () => {
    const { store } = await temporaryStore();
    const writer = await store.openWriter('run');
    for (const at of [1, 2, 3]) void writer.append(STDOUT, Buffer.from('x'), at);
    await writer.close();
    const aborted = firstOf(store.tail('run', 0, () => true, AbortSignal.abort()));
    await expect(aborted).rejects.toMatchObject({ code: 'E_CANCELLED' });
    const controller = new AbortController();
    const tail = store.tail('run', 0, () => true, controller.signal)[Symbol.asyncIterator]();
    await tail.next();
    controller.abort();
    await expect(tail.next()).rejects.toMatchObject({ code: 'E_CANCELLED' });
  });
});

describe('watch', () => {
  it.each(['this', 'another'] as const)('tells of growth by %s process', async (whose) => {
    const { store, another } = await temporaryStore();
    const heads: number[] = [];
    const watcher = whose === 'this' ? store : another();
    const stop = watcher.watch('run', 10, (head) => heads.push(head.bytes));
    const writer = await store.openWriter('run');
    for (let size = 1; size <= 4; size++) {
      void writer.append(STDOUT, Buffer.from('x'), size);
      await vi.waitFor(() => expect(heads.at(-1)).toBe(size));
    }
    stop();
    void writer.append(STDOUT, Buffer.from('x'), 9);
    await writer.close();
    await sleep(40);
    expect(heads.at(-1)).toBe(4);
    expect(heads).toEqual([...new Set(heads)].sort((a, b) => a - b));
  });

  it('tells at once of what is stored already', async () => {
    const { store, another } = await temporaryStore();
    const writer = await store.openWriter('run');
    void writer.append(STDOUT, Buffer.from('a\nb\n'), 1);
    await writer.close();
    const head = await new Promise((resolve) => {
      const stop = another().watch('run', 10_000, (found) => {
        resolve(found);
        stop();
      });
    });
    expect(head).toEqual({ bytes: 4, lines: 2 });
  });

  it('calls back no more often than asked', async () => {
    const { store } = await temporaryStore();
    const times: number[] = [];
    const stop = store.watch('run', 50, () => times.push(performance.now()));
    const writer = await store.openWriter('run');
    for (let part = 0; part < 100; part++) {
      void writer.append(STDOUT, Buffer.from('x'), part);
      await sleep(2);
    }
    await writer.close();
    stop();
    expect(times.length).toBeGreaterThan(1);
    // A timer may come a millisecond early by the other clock.
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThan(45);
  });

  it('leaves no timer behind, and needs none while a writer of this process tells', async () => {
    heldTimers();
    const { store } = await temporaryStore();
    const writer = await store.openWriter('run');
    const stop = store.watch('run', 10, () => undefined);
    await vi.advanceTimersByTimeAsync(10);
    await sleep(20);
    expect(vi.getTimerCount()).toBe(0);
    await writer.close();
    for (let look = 0; look < 3; look++) {
      expect(vi.getTimerCount()).toBe(1);
      await vi.advanceTimersByTimeAsync(10);
      while (vi.getTimerCount() === 0) await sleep(5);
    }
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
