import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type LogReply, STDERR, STDOUT } from '../../shared/contract/log-stream.ts';
import { serveLogPort } from './log-port.ts';
import type { LogStore } from './log-store.ts';
import { temporarySearches, temporaryStore } from './testing/temporary-store.ts';

type Reply<T extends LogReply['type']> = LogReply & { type: T };

/** A port on `run`, asked one thing at a time. */
function open(store: LogStore, ended: () => boolean = () => true) {
  const replies: LogReply[] = [];
  const port = serveLogPort({
    store,
    searches: temporarySearches(store),
    id: 'run',
    ended,
    send: (reply) => {
      replies.push(reply);
      if (reply.type === 'head') queueMicrotask(() => port.receive({ type: 'ack' }));
    },
  });
  onTestFinished(() => port.close());
  const wait = <T extends LogReply['type']>(type: T, fits: (reply: Reply<T>) => boolean) =>
    vi.waitFor(
      () =>
        replies.find(
          (reply): reply is Reply<T> => reply.type === type && fits(reply as Reply<T>),
        ) ?? expect.fail('no answer yet'),
      // A thread that searches has to start first.
      15_000,
    );
  let last = 0;
  const show = (streams: number[] | null, folded = false) => {
    const view = ++last;
    port.receive({ type: 'view', view, streams, folded });
    return wait('head', (head) => head.view === view && head.ended === ended());
  };
  const ask = async (request: object) => {
    const requestId = ++last;
    port.receive({ requestId, ...request });
    const { line } = await wait('line', (reply) => reply.requestId === requestId);
    return line;
  };
  const read = async (line: number, count: number) => {
    const requestId = ++last;
    port.receive({ type: 'read', requestId, line, count });
    const reply = await wait('lines', (found) => found.requestId === requestId);
    return reply.lines.map(({ number, text }) => `${number} ${text}`);
  };
  const search = async (
    pattern: string,
    options: { regex?: boolean; matchCase?: boolean } = {},
  ) => {
    const requestId = ++last;
    const request = { type: 'search', requestId, pattern, regex: false, matchCase: true };
    port.receive({ ...request, ...options });
    await wait('found', (reply) => reply.requestId === requestId && reply.done);
    return replies
      .filter((reply) => reply.type === 'found')
      .filter((reply) => reply.requestId === requestId)
      .flatMap(({ lines }) => lines);
  };
  return { port, replies, wait, show, ask, read, search };
}

async function written(store: LogStore, parts: [number, string, number][]): Promise<void> {
  const writer = await store.openWriter('run');
  for (const [stream, text, at] of parts) await writer.append(stream, Buffer.from(text), at);
  await writer.close();
}

/** out 0, err 1, out 2, err 3 ... */
const ALTERNATING: [number, string, number][] = Array.from({ length: 1000 }, (_, n) => [
  n % 2 === 0 ? STDOUT : STDERR,
  `line ${n}\n`,
  1000 + n,
]);

describe('the view of a log port', () => {
  it('shows one stream, with the true numbers, and all again', async () => {
    const { store } = await temporaryStore();
    await written(store, ALTERNATING);
    const { show, read } = open(store);
    expect(await show([STDERR])).toMatchObject({ lines: 500, ended: true });
    expect(await read(0, 2)).toEqual(['1 line 1', '3 line 3']);
    expect(await read(498, 10)).toEqual(['997 line 997', '999 line 999']);
    expect(await read(500, 10)).toEqual([]);
    expect(await show([STDOUT, STDERR])).toMatchObject({ lines: 1000 });
    expect(await show([])).toMatchObject({ lines: 0 });
    expect(await show(null)).toMatchObject({ lines: 1000 });
    expect(await read(3, 1)).toEqual(['3 line 3']);
  });

  it('grows with its stream', async () => {
    const { store } = await temporaryStore();
    const writer = await store.openWriter('run');
    const { show, wait, read } = open(store, () => false);
    expect(await show([STDERR])).toMatchObject({ lines: 0 });
    await writer.append(STDOUT, Buffer.from('a\n'), 1);
    await writer.append(STDERR, Buffer.from('b\n'), 1);
    await wait('head', (head) => head.lines === 1);
    expect(await read(0, 5)).toEqual(['1 b']);
    await writer.close();
  });

  it('finds lines by time and by their number', async () => {
    const { store } = await temporaryStore();
    await written(store, ALTERNATING);
    const { show, ask } = open(store);
    await show(null);
    expect(await ask({ type: 'at', at: 1500 })).toBe(500);
    expect(await ask({ type: 'at', at: 0 })).toBe(0);
    expect(await ask({ type: 'at', at: 5000 })).toBeNull();
    expect(await ask({ type: 'locate', number: 999 })).toBe(999);
    expect(await ask({ type: 'locate', number: 1000 })).toBeNull();
    await show([STDERR]);
    expect(await ask({ type: 'at', at: 1500 })).toBe(250);
    expect(await ask({ type: 'locate', number: 501 })).toBe(250);
    expect(await ask({ type: 'locate', number: 500 })).toBeNull();
  });

  it('tells the line that says why the run failed', async () => {
    const { store } = await temporaryStore();
    await written(store, [
      [STDOUT, 'starts\n', 1],
      [STDERR, 'Traceback (most recent call last):\n  File "a.py"\nKeyError: 3\n', 2],
    ]);
    const { show, ask } = open(store);
    await show([STDERR]);
    expect(await ask({ type: 'failure' })).toBe(2);
    await show([STDOUT]);
    expect(await ask({ type: 'failure' })).toBeNull();
  });

  it('folds what was written over, and says where its lines are', async () => {
    const { store } = await temporaryStore();
    await written(store, [
      [STDOUT, 'start\n', 1],
      [STDERR, '0%\n\r10%\x1b[A\r50%\n\r20%\x1b[A\n\n', 2],
      [STDOUT, 'end\n', 3],
    ]);
    const { show, read, ask, search } = open(store);
    expect(await show(null, true)).toMatchObject({ lines: 4 });
    expect(await read(0, 9)).toEqual(['0 start', '2 50%', '3 20%', '5 end']);
    expect(await ask({ type: 'at', at: 3 })).toBe(3);
    expect(await ask({ type: 'locate', number: 5 })).toBe(3);
    expect(await search('%')).toEqual([1, 2]);
    await show([STDERR], true);
    expect(await search('%')).toEqual([0, 1]);
  });

  it('tells from which line on others may stand there later', async () => {
    const { store } = await temporaryStore();
    await written(store, [
      [STDOUT, 'start\n', 1],
      [STDERR, '0%\n\r10%\x1b[A\r50%\n\r20%\x1b[A\n\n', 2],
      [STDOUT, 'end\n', 3],
    ]);
    const { show } = open(store);
    expect(await show(null)).toMatchObject({ lines: 6, settled: 5 });
    expect(await show(null, true)).toMatchObject({ lines: 4, settled: 1 });
  });

  it('says that the log was removed', async () => {
    const { store } = await temporaryStore();
    await written(store, ALTERNATING);
    const { show, wait, port } = open(store, () => false);
    await show(null);
    await store.remove('run');
    port.receive({ type: 'read', requestId: 70, line: 0, count: 1 });
    const { message } = await wait('error', ({ requestId }) => requestId === 70);
    expect(message).toBe('The log was removed while it was open.');
  });

  it('searches what it shows', async () => {
    const { store } = await temporaryStore();
    await written(store, ALTERNATING);
    const { show, search } = open(store);
    await show(null);
    expect(await search('line 99')).toEqual([99, 990, 991, 992, 993, 994, 995, 996, 997, 998, 999]);
    expect(await search('LINE 999', { matchCase: false })).toEqual([999]);
    expect(await search('LINE 999')).toEqual([]);
    expect(await search('^line [12]$', { regex: true })).toEqual([1, 2]);
    await show([STDERR]);
    expect(await search('line 99')).toEqual([49, 495, 496, 497, 498, 499]);
  });

  it('searches on while the log grows, until that is cancelled', async () => {
    const { store } = await temporaryStore();
    const writer = await store.openWriter('run');
    const { port, show, wait, replies } = open(store, () => false);
    await show(null);
    const search = { type: 'search', requestId: 90, pattern: 'x', regex: false, matchCase: true };
    port.receive(search);
    await writer.append(STDOUT, Buffer.from('a\nx\nb\n'), 1);
    await wait('found', ({ lines, done }) => lines.includes(1) && !done);
    port.receive({ type: 'cancel', requestId: 90 });
    const told = replies.length;
    await writer.append(STDOUT, Buffer.from('x\nx\nx\n'), 1);
    await wait('head', (head) => head.lines === 6);
    expect(replies.slice(told).filter(({ type }) => type === 'found')).toEqual([]);
    await writer.close();
  });
});
