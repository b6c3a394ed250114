import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type LogReply, LOG_PAGE_LIMIT, STDOUT } from '../../shared/contract/log-stream.ts';
import { type LogPort, serveLogPort } from './log-port.ts';
import type { LogStore } from './log-store.ts';
import { temporarySearches, temporaryStore } from './testing/temporary-store.ts';

interface Opened {
  port: LogPort;
  replies: LogReply[];
  heads: () => (LogReply & { type: 'head' })[];
  end: () => void;
}

/** Opens a port on `run`. With `acks` every head is taken at once. */
function open(store: LogStore, { acks = true, id = 'run' } = {}): Opened {
  const replies: LogReply[] = [];
  let ended = false;
  const port = serveLogPort({
    store,
    searches: temporarySearches(store),
    id,
    ended: () => ended,
    send: (reply) => {
      replies.push(reply);
      if (acks && reply.type === 'head') queueMicrotask(() => port.receive({ type: 'ack' }));
    },
  });
  onTestFinished(() => port.close());
  const heads = () => replies.filter((reply) => reply.type === 'head');
  return { port, replies, heads, end: () => (ended = true) };
}

async function written(store: LogStore, text: string): Promise<void> {
  const writer = await store.openWriter('run');
  await writer.append(STDOUT, Buffer.from(text), 1);
  await writer.close();
}

const read = (requestId: number, line: number, count: number) => ({
  type: 'read',
  requestId,
  line,
  count,
});

describe('a log port', () => {
  it('tells the head of an empty log, and that it has ended once', async () => {
    const { store } = await temporaryStore();
    const { heads, end } = open(store);
    await vi.waitFor(() => expect(heads()).toHaveLength(1));
    end();
    await vi.waitFor(() => expect(heads()).toHaveLength(2));
    await sleep(150);
    expect(heads()).toEqual([
      { type: 'head', view: 0, bytes: 0, lines: 0, settled: 0, ended: false },
      { type: 'head', view: 0, bytes: 0, lines: 0, settled: 0, ended: true },
    ]);
  });

  it('tells of growth and says at the end how much there is', async () => {
    const { store } = await temporaryStore();
    const { heads, end } = open(store);
    const writer = await store.openWriter('run');
    for (let lines = 1; lines <= 3; lines++) {
      void writer.append(STDOUT, Buffer.from('line\n'), lines);
      await vi.waitFor(() => expect(heads().at(-1)?.lines).toBe(lines));
    }
    void writer.append(STDOUT, Buffer.from('the last'), 9);
    end();
    await vi.waitFor(() => expect(heads().at(-1)?.ended).toBe(true));
    expect(heads().at(-1)).toMatchObject({ lines: 4, bytes: 23 });
    await writer.close();
  });

  it('sends the next head only after the last one was taken, and then the newest', async () => {
    const { store } = await temporaryStore();
    const { port, heads, end } = open(store, { acks: false });
    await vi.waitFor(() => expect(heads()).toHaveLength(1));
    const writer = await store.openWriter('run');
    for (let lines = 1; lines <= 10; lines++) {
      await writer.append(STDOUT, Buffer.from('line\n'), lines);
      await sleep(10);
    }
    await writer.close();
    end();
    await sleep(150);
    expect(heads()).toHaveLength(1);
    port.receive({ type: 'ack' });
    await vi.waitFor(() => expect(heads()).toHaveLength(2));
    expect(heads()[1]).toMatchObject({ lines: 10, bytes: 50 });
    port.receive({ type: 'ack' });
    await vi.waitFor(() => expect(heads().at(-1)).toMatchObject({ lines: 10, ended: true }));
  });

  it('sends at most 30 heads a second of a flood', async () => {
    const { store } = await temporaryStore();
    const { heads } = open(store);
    const writer = await store.openWriter('run');
    const start = performance.now();
    while (performance.now() < start + 500) {
      await writer.append(STDOUT, Buffer.from('x'.repeat(1000)), performance.now());
      await sleep(1);
    }
    const seconds = (performance.now() - start) / 1000;
    expect(heads().length).toBeGreaterThan(2);
    expect(heads().length).toBeLessThanOrEqual(30 * seconds + 2);
    await writer.close();
  });

  it('answers reads, also past the end and after it has ended', async () => {
    const { store } = await temporaryStore();
    await written(store, 'a\nb\nc\n');
    const { port, replies, heads, end } = open(store);
    const answer = async (requestId: number) => {
      const find = () =>
        replies.find((reply) => reply.type === 'lines' && reply.requestId === requestId);
      return vi.waitFor(() => find() ?? expect.fail('no answer yet'));
    };
    port.receive(read(1, 1, 1));
    expect(await answer(1)).toEqual({
      type: 'lines',
      requestId: 1,
      first: 1,
      lines: [{ text: 'b', stream: STDOUT, number: 1, at: 1, continues: false }],
    });
    end();
    await vi.waitFor(() => expect(heads().at(-1)?.ended).toBe(true));
    port.receive(read(2, 2, LOG_PAGE_LIMIT));
    port.receive(read(3, 3, 5));
    expect(await answer(2)).toMatchObject({ first: 2, lines: [{ text: 'c' }] });
    expect(await answer(3)).toMatchObject({ first: 3, lines: [] });
  });

  it.each([
    [null, null],
    ['read', null],
    [{ type: 'other', requestId: 4 }, 4],
    [read(5, -1, 1), 5],
    [read(6, 0, 0), 6],
    [read(7, 0, LOG_PAGE_LIMIT + 1), 7],
    [{ ...read(8, 0, 1), more: true }, 8],
    [{ type: 'read', requestId: 'x', line: 0, count: 1 }, null],
  ])('answers the bad request %j with an error', async (request, requestId) => {
    const { store } = await temporaryStore();
    const { port, replies } = open(store);
    port.receive(request);
    expect(replies).toEqual([{ type: 'error', requestId, message: expect.any(String) }]);
  });

  it('refuses more reads at once than a window needs, and goes on after them', async () => {
    const { store } = await temporaryStore();
    await written(store, 'a\n');
    const { port, replies } = open(store);
    for (let id = 0; id < 40; id++) port.receive(read(id, 0, 1));
    await vi.waitFor(() => {
      expect(replies.filter((reply) => reply.type === 'lines')).toHaveLength(32);
    });
    const refused = replies.filter((reply) => reply.type === 'error');
    expect(refused.map((reply) => reply.requestId)).toEqual([32, 33, 34, 35, 36, 37, 38, 39]);
    port.receive(read(40, 0, 1));
    await vi.waitFor(() => {
      expect(replies).toContainEqual(expect.objectContaining({ type: 'lines', requestId: 40 }));
    });
  });

  it('tells what is wrong with a log, for the log and for a read, and still ends', async () => {
    const { store } = await temporaryStore();
    const { port, replies, heads, end } = open(store, { id: '../elsewhere' });
    port.receive(read(1, 0, 1));
    await vi.waitFor(() => {
      const errors = replies.filter((reply) => reply.type === 'error');
      expect(errors.map((error) => error.requestId)).toEqual(expect.arrayContaining([null, 1]));
    });
    end();
    await vi.waitFor(() => expect(heads().at(-1)?.ended).toBe(true));
  });

  it('ends when it cannot be asked any more whether the log has ended', async () => {
    const { store } = await temporaryStore();
    const replies: LogReply[] = [];
    const ended = () => {
      throw new Error('the run is gone');
    };
    const send = (reply: LogReply) => {
      replies.push(reply);
      if (reply.type === 'head') queueMicrotask(() => port.receive({ type: 'ack' }));
    };
    const port = serveLogPort({
      store,
      searches: temporarySearches(store),
      id: 'run',
      ended,
      send,
    });
    await vi.waitFor(() => expect(replies.at(-1)).toMatchObject({ type: 'head', ended: true }));
    expect(replies).toContainEqual(expect.objectContaining({ type: 'error', requestId: null }));
    port.close();
  });

  it('is silent after it was closed', async () => {
    const { store } = await temporaryStore();
    await written(store, 'a\n');
    const { port, replies, end } = open(store);
    port.receive(read(1, 0, 1));
    port.close();
    end();
    port.receive(read(2, 0, 1));
    port.receive('nonsense');
    await sleep(120);
    expect(replies).toEqual([]);
  });

  it('closes itself when the other side is gone', async () => {
    const { store } = await temporaryStore();
    const send = vi.fn(() => {
      throw new Error('the port is closed');
    });
    serveLogPort({
      store,
      searches: temporarySearches(store),
      id: 'run',
      ended: () => false,
      send,
    });
    await written(store, 'a\n');
    await sleep(150);
    expect(send).toHaveBeenCalledTimes(1);
  });
});
