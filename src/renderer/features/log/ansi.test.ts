import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAnsi, plainText } from './ansi.ts';

const ESC = '\x1b';

describe('parseAnsi', () => {
  it('leaves plain text as it is', () => {
    expect(parseAnsi('epoch 1/3\tloss=0.5 <b>')).toEqual([
      { text: 'epoch 1/3\tloss=0.5 <b>', style: {} },
    ]);
    expect(parseAnsi('')).toEqual([]);
  });

  it('reads colours and weights, and their ends', () => {
    expect(parseAnsi(`${ESC}[1;31mError${ESC}[22m: ${ESC}[39mno${ESC}[0m!`)).toEqual([
      { text: 'Error', style: { bold: true, color: 1 } },
      { text: ': ', style: { color: 1 } },
      { text: 'no', style: {} },
      { text: '!', style: {} },
    ]);
    expect(parseAnsi(`${ESC}[97;104mx${ESC}[my`)).toEqual([
      { text: 'x', style: { color: 15, background: 12 } },
      { text: 'y', style: {} },
    ]);
  });

  it.each([
    ['38;5;9', { color: 9 }],
    ['38;5;196', { color: 'rgb(255 0 0)' }],
    ['48;5;244', { background: 'rgb(128 128 128)' }],
    ['38;2;1;2;3', { color: 'rgb(1 2 3)' }],
    ['38:2::1:2:3', { color: 'rgb(1 2 3)' }],
    ['38:5:196', { color: 'rgb(255 0 0)' }],
    ['4:3', { underline: true }],
    ['4;4:0', {}],
    ['38;5;300', {}],
    ['38;2;1;2', {}],
    ['1;38;5;2;3', { bold: true, color: 2, italic: true }],
  ])('SGR %s', (sgr, style) => {
    expect(parseAnsi(`${ESC}[${sgr}mx`)).toEqual([{ text: 'x', style }]);
  });

  it.each([
    ['cursor movement', `a${ESC}[2Kb${ESC}[10;5Hc${ESC}[?25l`, 'abc'],
    ['a private sequence that ends in m', `${ESC}[>4;1mx`, 'x'],
    ['a hyperlink, keeping its text', `${ESC}]8;;https://x${ESC}\\link${ESC}]8;;\x07!`, 'link!'],
    ['a title', `${ESC}]0;evil title\x07text`, 'text'],
    ['a device string', `${ESC}Pq#0;2${ESC}\\x`, 'x'],
    ['character sets and resets', `${ESC}(B${ESC}cx${ESC}7`, 'x'],
    ['a sequence cut off by the end', `x${ESC}[38;5`, 'x'],
    ['a lone escape', `x${ESC}`, 'x'],
    ['control characters', 'a\x00\x07\x08\x0b\x7f\x9bb', 'a'],
    ['characters that turn the text around', 'a\u202eb\u2066c', 'abc'],
  ])('drops %s', (_what, line, text) => {
    expect(plainText(line)).toBe(text);
  });

  it('lets the last piece of a carriage-return line win', () => {
    expect(plainText(' 10%|#  |\r 50%|## |\r100%|###|')).toBe('100%|###|');
    expect(plainText('done\r')).toBe('done');
    expect(plainText('done\r\r')).toBe('done');
    expect(plainText(`old\r${ESC}[K`)).toBe('old');
  });

  it('keeps the colour across a carriage return', () => {
    expect(parseAnsi(`${ESC}[32m10%\r20%`)).toEqual([{ text: '20%', style: { color: 2 } }]);
  });

  it('never lets a control character through, and never fails', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(ESC, `${ESC}[`, `${ESC}]`, '\x9b', 'm', ';', '38', ':', '\r', '\x07', '1'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
        expect(plainText(pieces.join(''))).not.toMatch(/[\x00-\x08\x0a-\x1f\x7f-\x9f]/);
      }),
    );
  });

  it('takes time in proportion to the line, however it is made', () => {
    const hostile = [
      `${ESC}[`.repeat(100_000),
      `${ESC}]`.repeat(100_000),
      `${ESC}[${'1;'.repeat(100_000)}`,
    ];
    for (const line of hostile) expect(plainText(line)).toBe('');
  });
});
