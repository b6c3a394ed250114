import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { FOUND_LIMIT, STDOUT } from '../../../shared/contract/log-stream.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import type { LogStore } from '../log-store.ts';
import { temporarySearches, temporaryStore } from '../testing/temporary-store.ts';
import type { Search } from './matcher.ts';
import type { Found } from './search-view.ts';

const run = promisify(execFile);
const WHOLE = { streams: null, folded: true };
const plain = (pattern: string): Search => ({ pattern, regex: false, matchCase: true });
const regex = (pattern: string): Search => ({ pattern, regex: true, matchCase: true });

async function written(store: LogStore, text: string): Promise<void> {
  const writer = await store.openWriter('run');
  await writer.append(STDOUT, Buffer.from(text), 1);
  await writer.close();
}

/** A search, and what it has told so far. */
function start(store: LogStore, search: Search, ended = true) {
  const searches = temporarySearches(store);
  const told: Found[] = [];
  const errors: ErrorData[] = [];
  const running = searches.start({ id: 'run', choice: WHOLE, search }, ended, {
    found: (found) => told.push(found),
    failed: (error) => errors.push(error),
  });
  const over = () =>
    vi.waitFor(() => expect(told.at(-1)?.done || errors.length > 0).toBe(true), 60_000);
  const lines = () => told.flatMap((found) => found.lines);
  return { running, told, errors, over, lines, searches };
}

describe('a search', () => {
  it('tells first what is found first, and how far it is', async () => {
    const { store } = await temporaryStore();
    const text = Array.from({ length: 200_000 }, (_, n) => `line ${n}${n % 1000 ? '' : ' x'}\n`);
    await written(store, text.join(''));
    const { told, over, lines } = start(store, plain(' x'));
    await over();
    expect(told.length).toBeGreaterThan(1);
    expect(lines()).toEqual(Array.from({ length: 200 }, (_, n) => n * 1000));
    expect(told.map(({ searched }) => searched)).toEqual(
      told.map(({ searched }) => searched).sort((a, b) => a - b),
    );
    expect(told.at(-1)).toMatchObject({ searched: 200_000, done: true, capped: false });
  });

  it('looks at lines as they are shown', async () => {
    const { store } = await temporaryStore();
    await written(store, '\x1b[31mer\x1b[1mror\x1b[0m\n 10%\r 99%\nError\nx\ny\n\x1b[2Aerror\n\n');
    const found = start(store, plain('error'));
    await found.over();
    expect(found.lines()).toEqual([0, 3]);
    const overwritten = start(store, plain('10%'));
    await overwritten.over();
    expect(overwritten.lines()).toEqual([]);
  });

  it('tells no more than the limit, and that there is more', async () => {
    const { store } = await temporaryStore();
    await written(store, 'x\n'.repeat(FOUND_LIMIT + 10));
    const { over, told, lines } = start(store, plain('x'));
    await over();
    expect(lines()).toHaveLength(FOUND_LIMIT);
    expect(told.at(-1)).toMatchObject({ done: true, capped: true });
  });

  it('ends a pattern that takes too long, holds nothing up, and searches on with another', async () => {
    const { store } = await temporaryStore();
    await written(store, `first\n${'a'.repeat(40)}!\n`);
    const { over, errors, searches } = start(store, regex('(a+)+$'));
    let turns = 0;
    const timer = setInterval(() => turns++, 10);
    await over();
    clearInterval(timer);
    expect(turns).toBeGreaterThan(50);
    expect(errors).toMatchObject([{ code: 'E_PATTERN', message: 'This pattern takes too long.' }]);
    const told: Found[] = [];
    searches.start({ id: 'run', choice: WHOLE, search: regex('^f') }, true, {
      found: (found) => told.push(found),
      failed: (error) => errors.push(error),
    });
    await vi.waitFor(() => expect(told.at(-1)?.done).toBe(true), 60_000);
    expect(told.flatMap(({ lines }) => lines)).toEqual([0]);
  });

  it.each(['(', '[', '*', '(?<a>x)(?<a>y)'])('says that %s is no pattern', async (pattern) => {
    const { store } = await temporaryStore();
    await written(store, 'a\n');
    const { over, errors } = start(store, regex(pattern));
    await over();
    expect(errors).toMatchObject([{ code: 'E_PATTERN' }]);
  });

  it('goes on with a log that grows until it ends, and leaves out the line without its end', async () => {
    const { store } = await temporaryStore();
    const writer = await store.openWriter('run');
    const { running, lines, told, over } = start(store, plain('x'), false);
    for (let n = 1; n <= 5; n++) {
      await writer.append(STDOUT, Buffer.from(n === 1 ? 'x1' : `\nx${n}`), n);
      await writer.flush();
      running.grown(false);
      await vi.waitFor(() => expect(lines()).toHaveLength(n - 1), 60_000);
    }
    await writer.append(STDOUT, Buffer.from('\n'), 6);
    await writer.flush();
    running.grown(false);
    await vi.waitFor(() => expect(lines()).toHaveLength(5), 60_000);
    await writer.close();
    running.grown(true);
    await over();
    expect(lines()).toEqual([0, 1, 2, 3, 4]);
    expect(told.at(-1)?.done).toBe(true);
  });

  it('is silent once it was stopped', async () => {
    const { store } = await temporaryStore();
    await written(store, 'x\n'.repeat(1000));
    const { running, told, errors } = start(store, plain('x'), false);
    running.stop();
    await sleep(500);
    expect([told, errors]).toEqual([[], []]);
  });

  it('says what is wrong with a log', async () => {
    const { store } = await temporaryStore();
    const searches = temporarySearches(store);
    const errors: ErrorData[] = [];
    searches.start({ id: '../x', choice: WHOLE, search: plain('x') }, true, {
      found: () => expect.fail('nothing can be found'),
      failed: (error) => errors.push(error),
    });
    await vi.waitFor(() => expect(errors).toMatchObject([{ code: 'E_NAME' }]), 60_000);
  });

  it('can be closed at once, by a process that waits for nothing else', async () => {
    const { folder } = await temporaryStore();
    const script = `
      const { LogSearches } = await import(process.argv[1]);
      const searches = new LogSearches(new URL('search-worker.ts', process.argv[1]), process.argv[2]);
      const job = { id: 'run', choice: { streams: null, folded: true } };
      const search = { pattern: '(', regex: true, matchCase: true };
      const failed = new Promise((failed) =>
        searches.start({ ...job, search }, true, { found: () => undefined, failed }));
      await failed;
      await searches.close();
      process.stdout.write('closed');`;
    const module = new URL('log-searches.ts', import.meta.url).href;
    const flags = ['--no-warnings', '--input-type=module', '-e', script, module, folder];
    expect((await run(process.execPath, flags)).stdout).toBe('closed');
  });
});
