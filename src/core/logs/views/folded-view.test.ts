import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STDERR, STDOUT } from '../../../shared/contract/log-stream.ts';
import type { LogStore } from '../log-store.ts';
import type { Part } from '../testing/reference-log.ts';
import { grown } from '../testing/grown.ts';
import { plainRow, referenceRows } from '../testing/reference-terminal.ts';
import { temporaryStore } from '../testing/temporary-store.ts';
import type { ViewChoice } from './lines-view.ts';

const TERMINAL: ViewChoice = { streams: null, folded: true };

async function written(store: LogStore, parts: readonly Part[], id = 'run'): Promise<void> {
  const writer = await store.openWriter(id);
  for (const { stream, bytes, at } of parts) await writer.append(stream, bytes, at);
  await writer.close();
}

async function shown(store: LogStore, choice = TERMINAL, id = 'run'): Promise<string[]> {
  const view = store.view(id, choice);
  const head = await grown(view);
  const lines = await view.page(0, head.lines + 10);
  expect(lines).toHaveLength(head.lines);
  return lines.map(({ text }) => plainRow(text));
}

const part = (text: string, stream = STDOUT): Part => ({ stream, at: 1, bytes: Buffer.from(text) });

/** Of one text, in every view of a log that holds it. */
async function fold(...parts: Part[]): Promise<string[]> {
  const { store } = await temporaryStore();
  await written(store, parts);
  return shown(store);
}

describe('a folded view', () => {
  it.each([
    ['a return', 'abcdef\rXY\n', ['XYcdef']],
    ['a return before the end', 'abc\r\n', ['abc']],
    ['a bar', '\r 10%|#\r 50%|###\r100%|####', ['100%|####']],
    ['a bar that was cleared', '\r 10%|###\r        \rdone\n', ['done']],
    ['backspaces', 'abc\b\bX\n', ['aXc']],
    ['more backspaces than text', 'a\b\b\bX\n', ['X']],
    ['erasing the rest', 'abcdef\r12\x1b[K\n', ['12']],
    ['erasing the start', 'abcdef\x1b[3D\x1b[1K\n', ['    ef']],
    ['erasing all', 'abcdef\x1b[2K\rx\n', ['x']],
    ['cursor up', 'a\nb\n\x1b[2AX\n', ['X', 'b']],
    ['cursor up by one', 'a\nb\n\x1b[AX\n', ['a', 'X']],
    ['the line before', 'a\nbcd\x1b[FX', ['X', 'bcd']],
    ['up further than there is', 'a\n\x1b[9AX\n', ['X']],
    ['erasing below', 'a\nb\nc\n\x1b[2A\x1b[J', ['a', '', '']],
    ['wide characters', '界界界\rab\n', ['ab界界']],
    ['half a wide character', '界界\ra\n', ['a 界']],
    ['a combining mark', 'e\u0301x\rab\n', ['ab']],
    ['a tab', 'a\tb\rX\n', ['X       b']],
    ['a tab over text', 'abcdefghij\rX\tY\n', ['XbcdefghYj']],
    ['nested bars', '0%\n\r10%\x1b[A\r50%\n\r20%\x1b[A\n\n', ['50%', '20%']],
    ['a bell and other controls', 'a\x07b\x00c\r\x1b]0;title\x07X\n', ['Xbc']],
    ['what is not known', 'a\x1b[5;5Hb\x1b[2Jc\rX\n', ['Xbc']],
  ])('shows %s', async (_name, text, rows) => {
    expect(await fold(part(text))).toEqual(rows);
  });

  it('keeps colours, also where a part was written over', async () => {
    const { store } = await temporaryStore();
    await written(store, [part('\x1b[31mred\x1b[0m plain\rX\n')]);
    const view = store.view('run', TERMINAL);
    await grown(view);
    expect((await view.page(0, 1))[0]?.text).toBe('X\x1b[31med\x1b[0m plain');
  });

  it('begins a row where another stream goes on, but not behind a cleared bar', async () => {
    const bar = part('\r 10%', STDERR);
    expect(await fold(bar, part('loss\n'), part('\r 20%\n', STDERR))).toEqual([
      ' 10%',
      'loss',
      ' 20%',
    ]);
    const cleared = part('\r     \r', STDERR);
    expect(await fold(bar, cleared, part('loss\n'), part('\r 20%\n', STDERR))).toEqual([
      'loss',
      ' 20%',
    ]);
  });

  it('shows one stream as if there were no other', async () => {
    const { store } = await temporaryStore();
    await written(store, [part('\r 10%', STDERR), part('a\n'), part('\r 20%\n', STDERR)]);
    expect(await shown(store, { streams: [STDERR], folded: true })).toEqual([' 20%']);
    expect(await shown(store, { streams: [STDERR], folded: false })).toHaveLength(2);
  });

  it('shows a bar as one row when it is longer than a line may be', async () => {
    const steps = Array.from({ length: 3000 }, (_, n) => `\r${n} of 3000 [#####]`);
    expect(await fold(part(`before\n${steps.join('')}\nafter\n`))).toEqual([
      'before',
      '2999 of 3000 [#####]',
      'after',
    ]);
  });

  it('shows a long line without returns in its pieces', async () => {
    const { store } = await temporaryStore();
    await written(store, [part(`${'x'.repeat(40_000)}\nafter\x1b[A\n`)]);
    const view = store.view('run', TERMINAL);
    expect(await grown(view)).toMatchObject({ lines: 4 });
    const lines = await view.page(0, 4);
    expect(lines.map(({ text, continues }) => [text.length, continues])).toEqual([
      [16_384, true],
      [16_384, true],
      [7232, false],
      [5, false],
    ]);
  });

  it('tells which lines of the log its rows are', async () => {
    const { store } = await temporaryStore();
    const plain = Array.from({ length: 500 }, (_, n) => `line ${n}\n`).join('');
    const bars = '0%\n\r10%\x1b[A\r50%\n\r20%\x1b[A\n\n';
    await written(store, [part(plain), part(bars), part(plain)]);
    const view = store.view('run', TERMINAL);
    const { lines } = await grown(view);
    expect(lines).toBe(1002);
    const rows = await view.page(0, lines);
    expect(rows.slice(498, 504).map(({ number, text }) => `${number} ${text}`)).toEqual([
      '498 line 498',
      '499 line 499',
      '501 50%',
      '502 20%',
      '504 line 0',
      '505 line 1',
    ]);
    expect(await view.locate(250)).toBe(250);
    expect(await view.locate(500)).toBe(500);
    expect(await view.locate(503)).toBe(501);
    expect(await view.locate(700)).toBe(698);
    expect(await view.locate(1003)).toBe(1001);
    expect(await view.locate(1004)).toBeNull();
    for (const [row, { number }] of rows.entries()) expect(await view.locate(number)).toBe(row);
  });

  it('is right at every moment of a log that grows', async () => {
    const { store } = await temporaryStore();
    const writer = await store.openWriter('run');
    const view = store.view('run', TERMINAL);
    const parts: Part[] = [];
    for (let n = 0; n < 400; n++) {
      const next = part(n % 3 === 0 ? `row ${n}\n` : `\r ${n}%\n\x1b[A\x1b[K${n}`);
      parts.push(next);
      await writer.append(next.stream, next.bytes, n);
      await writer.flush();
      const { lines } = await grown(view);
      const rows = (await view.page(0, lines)).map(({ text }) => plainRow(text));
      expect(rows).toEqual(referenceRows(parts));
    }
    await writer.close();
  });

  it('gives the same page however it is asked for', async () => {
    const { store } = await temporaryStore();
    const text = Array.from({ length: 4000 }, (_, n) =>
      n % 700 < 300 ? `a${n}\n` : `b${n}\n\x1b[A`,
    );
    await written(store, [part(text.join(''))]);
    const view = store.view('run', TERMINAL);
    const { lines } = await grown(view);
    const all = await view.page(0, lines);
    expect(all.map((line) => plainRow(line.text))).toEqual(referenceRows([part(text.join(''))]));
    for (let first = 0; first < lines; first += 97) {
      expect(await view.page(first, 150)).toEqual(all.slice(first, first + 150));
    }
  });
});

const token = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'bcd', '50%|███  |', '界', 'é', 'e\u0301', '  ') },
  { weight: 3, arbitrary: fc.constantFrom('\n', '\r', '\r\n') },
  fc.constantFrom('\b', '\t', '\x1b[31m', '\x1b[0m', '\x1b[1;32m', '\x1b[?25l'),
  fc.constantFrom('\x1b[A', '\x1b[2A', '\x1b[F', '\x1b[3F', '\x1b[B', '\x1b[E', '\x1b[J'),
  fc.constantFrom('\x1b[K', '\x1b[1K', '\x1b[2K', '\x1b[C', '\x1b[4D', '\x1b[5G'),
);
const run = fc.record({
  stream: fc.constantFrom(STDOUT, STDERR),
  text: fc.array(token, { minLength: 1, maxLength: 25 }).map((tokens) => tokens.join('')),
});

describe('any log', { timeout: 60_000 }, () => {
  it('is shown as the plainest terminal shows it, however it is cut, and stays as it is', async () => {
    const { store, logFile } = await temporaryStore();
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(run, { maxLength: 12 }), fc.nat(7), async (runs, cut) => {
        const parts = runs.flatMap(({ stream, text }) => {
          const bytes = Buffer.from(text);
          const size = cut === 0 ? bytes.length : cut;
          return Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => ({
            stream,
            at: 1 + n,
            bytes: bytes.subarray(n * size, (n + 1) * size),
          }));
        });
        const id = `log-${count++}`;
        await written(store, parts, id);
        expect(await shown(store, TERMINAL, id)).toEqual(referenceRows(parts));
        const ofStderr = parts.filter(({ stream }) => stream === STDERR);
        const only = { streams: [STDERR], folded: true };
        expect(await shown(store, only, id)).toEqual(referenceRows(ofStderr));
        const stored = parts.length === 0 ? Buffer.alloc(0) : await readFile(logFile(id));
        expect(stored).toEqual(Buffer.concat(parts.map(({ bytes }) => bytes)));
      }),
      { numRuns: 400 },
    );
  });
});

describe('the lines that have their end', () => {
  it.each([
    [null, [part('a\n'), part('b')], 1],
    [null, [part('a\n'), part('b\n')], 2],
    [[STDOUT], [part('a\n'), part('b\n'), part('w\n', STDERR)], 2],
    [[STDOUT], [part('a\n'), part('b')], 1],
    [[STDERR], [part('a\n')], 0],
    [null, [], 0],
  ])('of the streams %j are counted', async (streams, parts, whole) => {
    const { store } = await temporaryStore();
    await written(store, parts);
    expect(await grown(store.view('run', { streams, folded: true }))).toMatchObject({ whole });
  });
});
