import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fsPath, parseShown, showBytes, toBytes } from './path-bytes.ts';

const bytes = fc
  .uint8Array({ maxLength: 40 })
  .map((array) => Buffer.from(array).toString('latin1'));

/** Bytes that look like escapes: the hard case. */
const escapeLike = fc.string({
  unit: fc.constantFrom('\\', 'x', '5', 'c', 'f', '\xff', '\n', 'é'),
});

describe('showBytes', () => {
  it('is undone by parseShown for any bytes', () => {
    fc.assert(
      fc.property(bytes, (path) => {
        expect(parseShown(showBytes(path))).toBe(path);
      }),
    );
    fc.assert(
      fc.property(escapeLike, (path) => {
        expect(parseShown(showBytes(path))).toBe(path);
      }),
    );
  });

  it('never shows two paths alike', () => {
    fc.assert(
      fc.property(escapeLike, escapeLike, (a, b) => {
        expect(showBytes(a) === showBytes(b)).toBe(a === b);
      }),
    );
  });

  it('shows text as text and never control characters', () => {
    expect(showBytes(toBytes('données/日本 🚀 ok.txt'))).toBe('données/日本 🚀 ok.txt');
    expect(showBytes('a\nb\x1b[2J\x7f')).toBe('a\\x0ab\\x1b[2J\\x7f');
    expect(showBytes('caf\xe9')).toBe('caf\\xe9');
  });

  it('tells a name that looks like an escape from an escape', () => {
    expect(showBytes('\\x41')).toBe('\\x5cx41');
    expect(showBytes('C:\\dir')).toBe('C:\\dir');
  });

  it.each(['\xc0\xaf', '\xed\xa0\x80', '\xf4\x90\x80\x80', '\xe2\x82'])(
    'escapes ill-formed UTF-8 byte by byte (%j)',
    (path) => expect(showBytes(path)).toMatch(/^(\\x[0-9a-f]{2})+$/),
  );
});

describe('fsPath', () => {
  it('keeps exact bytes', () => {
    expect(fsPath('plain')).toBe('plain');
    expect(fsPath('caf\xe9')).toEqual(Buffer.from([0x63, 0x61, 0x66, 0xe9]));
  });
});
