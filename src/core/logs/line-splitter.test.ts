import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOG_LINE_LIMIT } from '../../shared/contract/log-stream.ts';
import { countLines, lineText, splitRun } from './line-splitter.ts';

const linesOf = (bytes: Buffer) =>
  [...splitRun(bytes, true)].map(({ start, end, continues }) => ({
    text: lineText(bytes, start, end),
    continues,
  }));

const textsOf = (text: string) => linesOf(Buffer.from(text)).map((line) => line.text);

describe('splitRun', { timeout: 60_000 }, () => {
  it('ends lines at \\n and drops one CR before it', () => {
    expect(textsOf('a\n\nb\r\nc\rd\r\r\ne')).toEqual(['a', '', 'b', 'c\rd\r', 'e']);
  });

  it('keeps control bytes, NUL and a byte order mark', () => {
    expect(textsOf('\u{feff}\x1b[31mred\x1b[0m\0\n')).toEqual(['\u{feff}\x1b[31mred\x1b[0m\0']);
  });

  it('decodes bytes that are no UTF-8 as U+FFFD', () => {
    const bytes = Buffer.from([0x61, 0xff, 0x62, 0xed, 0xa0, 0x80, 0x0a]);
    expect(linesOf(bytes)[0]?.text).toMatch(/^a\u{fffd}b\u{fffd}+$/u);
  });

  it('does not cut a line of exactly the limit', () => {
    const line = 'x'.repeat(LOG_LINE_LIMIT);
    expect(linesOf(Buffer.from(`${line}\ny`))).toEqual([
      { text: line, continues: false },
      { text: 'y', continues: false },
    ]);
    expect(textsOf(line)).toEqual([line]);
  });

  it('cuts a longer line and says that it goes on', () => {
    const lines = linesOf(Buffer.from(`${'x'.repeat(2 * LOG_LINE_LIMIT + 1)}\n`));
    expect(lines.map((line) => [line.text.length, line.continues])).toEqual([
      [LOG_LINE_LIMIT, true],
      [LOG_LINE_LIMIT, true],
      [1, false],
    ]);
  });

  it('cuts between characters, as near to the limit as they allow', () => {
    const character = fc.constantFrom('a', 'é', '漢', '😀');
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 9 }), character, (start, filler) => {
        const text = start + filler.repeat(LOG_LINE_LIMIT);
        const lines = linesOf(Buffer.from(text));
        expect(lines.map((line) => line.text).join('')).toBe(text);
        for (const line of lines.slice(0, -1)) {
          const { length } = Buffer.from(line.text);
          expect(length).toBeLessThanOrEqual(LOG_LINE_LIMIT);
          expect(length).toBeGreaterThan(LOG_LINE_LIMIT - Buffer.byteLength(filler));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('cuts bytes that belong to no character at the limit', () => {
    const lines = [...splitRun(Buffer.alloc(LOG_LINE_LIMIT + 5, 0x80), true)];
    expect(lines.map((line) => line.end)).toEqual([LOG_LINE_LIMIT, LOG_LINE_LIMIT + 5]);
  });

  it('leaves out a line whose end is not known yet', () => {
    const ends = [...splitRun(Buffer.from('a\nb'), false)].map((line) => line.end);
    expect(ends).toEqual([2]);
  });
});

describe('countLines', { timeout: 60_000 }, () => {
  const part = fc.record({
    stream: fc.constantFrom(1, 2),
    bytes: fc.oneof(
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
      fc.constantFrom('\n', 'a\r\n', '漢', '😀\n').map((text) => Buffer.from(text)),
      fc
        .tuple(fc.constantFrom('x', 'é', '漢', '😀'), fc.integer({ min: -6, max: 6 }))
        .map(([text, more]) => Buffer.from(text.repeat((LOG_LINE_LIMIT + more) / text.length))),
    ),
  });

  it('counts the same lines however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 12 }),
        fc.integer({ min: 1, max: 40 }),
        (parts, cut) => {
          const whole = { stream: 0, length: 0 };
          const cutUp = { stream: 0, length: 0 };
          for (const { stream, bytes } of parts) {
            if (bytes.length === 0) continue;
            const lines = countLines(whole, stream, bytes);
            let sum = 0;
            for (let at = 0; at < bytes.length; at += cut) {
              sum += countLines(cutUp, stream, bytes.subarray(at, at + cut));
            }
            expect(sum).toBe(lines);
            expect(cutUp).toEqual(whole);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('begins a line at a change of stream', () => {
    const open = { stream: 0, length: 0 };
    const parts: [number, string][] = [
      [1, 'ab'],
      [2, 'c\n'],
      [1, 'd'],
      [1, 'e\n'],
      [2, 'f'],
    ];
    expect(parts.map(([stream, text]) => countLines(open, stream, Buffer.from(text)))).toEqual([
      1, 1, 1, 0, 1,
    ]);
  });
});
