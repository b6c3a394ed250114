import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formsOf } from './mask-forms.ts';
import { Masker } from './mask.ts';

/** Masks a stream that comes in these pieces. */
function masked(secrets: Buffer[], pieces: Buffer[]): Buffer {
  const masker = Masker.pair(secrets)?.[1];
  if (!masker) return Buffer.concat(pieces);
  const out = pieces.map((piece) => {
    // As a reader does that uses its buffer again.
    const reused = Buffer.from(piece);
    const part = Buffer.from(masker.push(reused));
    reused.fill(0);
    return part;
  });
  return Buffer.concat([...out, masker.end()]);
}

const text = (value: string): Buffer => Buffer.from(value, 'utf8');
const shown = (secrets: string[], ...pieces: string[]): string =>
  masked(secrets.map(text), pieces.map(text)).toString('utf8');

/** Few letters, so that secrets overlap, repeat and begin again within themselves. */
const letters = (min: number, max: number): fc.Arbitrary<Buffer> =>
  fc
    .array(fc.constantFrom('a', 'b', 'c', '\n', 'é', ' '), { minLength: min, maxLength: max })
    .map((parts) => text(parts.join('')));

const cut = (bytes: Buffer, at: number[]): Buffer[] => {
  const borders = [...at.map((n) => n % (bytes.length + 1)), 0, bytes.length].toSorted(
    (a, b) => a - b,
  );
  return borders.slice(1).map((end, index) => bytes.subarray(borders[index], end));
};

/** The rule in its plainest words: at each place the longest secret, else one byte. */
function plainly(secrets: Buffer[], bytes: Buffer): Buffer {
  const forms = secrets.flatMap(formsOf);
  const out = Buffer.from(bytes);
  for (let index = 0; index < bytes.length;) {
    const here = forms.filter((form) => bytes.subarray(index, index + form.length).equals(form));
    const length = Math.max(0, ...here.map((form) => form.length));
    out.fill('*', index, index + length);
    index += length || 1;
  }
  return out;
}

describe('masking', () => {
  it('is the same whatever the pieces, keeps the length and leaves no secret', () => {
    fc.assert(
      fc.property(
        fc.array(letters(4, 9), { minLength: 1, maxLength: 4 }),
        letters(0, 60),
        fc.array(fc.nat(), { maxLength: 12 }),
        (secrets, between, at) => {
          const bytes = Buffer.concat([between, ...secrets, between]);
          const out = masked(secrets, cut(bytes, at));
          expect(out.equals(plainly(secrets, bytes))).toBe(true);
          expect(out.length).toBe(bytes.length);
          for (const form of secrets.flatMap(formsOf)) expect(out.includes(form)).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('holds back nothing but what may be the beginning of a secret', () => {
    const masker = Masker.pair([text('hunter2-hunter2')])![1];
    expect(masker.push(text('loss 0.5 h')).toString()).toBe('loss 0.5 ');
    expect(masker.push(text('unter2-hunter')).toString()).toBe('');
    expect(masker.held).toBe('hunter2-hunter'.length);
    expect(masker.push(text('3\n')).toString()).toBe('hunter2-hunter3\n');
    expect(masker.held).toBe(0);
    expect(masker.push(text('hunter')).toString()).toBe('');
    expect(masker.end().toString()).toBe('hunter');
  });

  it.each([
    ['between other text', ['s3cret'], ['key=s3cret!'], 'key=******!'],
    ['again and again', ['abab'], ['abababab'], '********'],
    [
      'the longer of two that begin alike',
      ['abcd', 'abcdef'],
      ['abcde', 'f abcdeg'],
      '****** ****eg',
    ],
    ['the first of two that overlap', ['abcd', 'cdef'], ['abcdef'], '****ef'],
    [
      'byte by byte, in an accented value',
      ['pässwörd'],
      ['p\u00e4ssw', '\u00f6rd'],
      '*'.repeat(10),
    ],
    ['over several lines', ['one\ntwo\n'], ['[one\n', 'two\n]'], '[********]'],
  ])('takes a secret %s', (_, secrets, pieces, out) => {
    expect(shown(secrets, ...pieces)).toBe(out);
  });

  it('leaves values alone that are shorter than four bytes', () => {
    expect(Masker.pair([text('abc'), text('')])).toBeNull();
    expect(Masker.pair(undefined)).toBeNull();
  });

  it.each([
    ['Base64', (secret: string) => text(secret).toString('base64')],
    ['Base64 for URLs', (secret: string) => text(secret).toString('base64url')],
    ['a form', (secret: string) => new URLSearchParams({ secret }).toString().slice(7)],
    ['JavaScript', (secret: string) => encodeURIComponent(secret)],
  ])('finds a secret as %s writes it', (_, write) => {
    const secret = "sé cret/+&='()*~!?>";
    const written = write(secret);
    expect(shown([secret], `x ${written} y`)).toBe(`x ${'*'.repeat(written.length)} y`);
  });

  it.each([
    ['JSON', String.raw`p\"w\\d é\nline-two's`],
    ['JSON in ASCII', String.raw`p\"w\\d \u00e9\nline-two's`],
    ["Python's repr", String.raw`p"w\\d é\nline-two\'s`],
    ["Python's ascii", String.raw`p"w\\d \xe9\nline-two\'s`],
    ["Python's bytes", String.raw`p"w\\d \xc3\xa9\nline-two\'s`],
    ['hexadecimal', Buffer.from('p"w\\d é\nline-two\'s').toString('hex')],
  ])('finds a secret as %s writes it', (_, written) => {
    const out = shown(['p"w\\d é\nline-two\'s'], `{'a': "${written}"}`);
    expect(out).toBe(`{'a': "${'*'.repeat(Buffer.byteLength(written))}"}`);
  });

  it('finds the long lines of a secret of several, one by one', () => {
    expect(shown(['key: abcdefgh\r\nend\n  ijklmnop\n'], '  key: abcdefgh\n  end\nijklmnop')).toBe(
      `  ${'*'.repeat(13)}\n  end\n${'*'.repeat(8)}`,
    );
  });

  it('leaves no part of a secret to read in the header of a login, whatever the name is', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 12 }),
        fc.uint8Array({ minLength: 12, maxLength: 40 }),
        (name, bytes) => {
          const secret = Buffer.from(bytes);
          const header = Buffer.concat([text(`${name}:`), secret]).toString('base64');
          const out = masked([secret], [text(header)]).toString('latin1');
          // At most a character at each end is shared with what stands beside it.
          const before = text(`${name}:`).length;
          const inner = out.slice(
            Math.ceil((before * 8) / 6),
            Math.floor(((before + secret.length) * 8) / 6),
          );
          expect(inner).toBe('*'.repeat(inner.length));
        },
      ),
    );
  });
});
