/**
 * A path or a name as its exact bytes: one character (U+0000 to U+00FF) per byte. File names are
 * bytes, not text; comparing such strings compares bytes, and they work as keys of a map.
 */
export type Bytes = string;

/** The bytes of ordinary text. */
export const toBytes = (text: string): Bytes => Buffer.from(text, 'utf8').toString('latin1');

const PLAIN = /^[\x20-\x5b\x5d-\x7e]*$/;

// Well-formed UTF-8 (Unicode 15, table 3-7) without control characters and the backslash.
const TEXT = [
  '[\\x20-\\x5b\\x5d-\\x7e]',
  '[\\xc2-\\xdf][\\x80-\\xbf]',
  '\\xe0[\\xa0-\\xbf][\\x80-\\xbf]',
  '[\\xe1-\\xec\\xee\\xef][\\x80-\\xbf]{2}',
  '\\xed[\\x80-\\x9f][\\x80-\\xbf]',
  '\\xf0[\\x90-\\xbf][\\x80-\\xbf]{2}',
  '[\\xf1-\\xf3][\\x80-\\xbf]{3}',
  '\\xf4[\\x80-\\x8f][\\x80-\\xbf]{2}',
].join('|');
const PIECES = new RegExp(`((?:${TEXT})+|\\\\(?!x[0-9a-f]{2}))|[^]`, 'g');
const ESCAPE = /\\x([0-9a-f]{2})/g;
const ASCII_ONLY = new RegExp('^[\\x01-\\x7f]*$');

const escapeByte = (byte: string): string =>
  `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`;

/**
 * A path for people: UTF-8 as text, every other byte and every control character as `\xNN`, and a
 * backslash that would read as such an escape as `\x5c`. {@link parseShown} turns it back.
 */
export function showBytes(bytes: Bytes): string {
  if (PLAIN.test(bytes)) return bytes;
  return bytes.replace(PIECES, (piece: string, text: string | undefined) =>
    text === undefined ? escapeByte(piece) : Buffer.from(piece, 'latin1').toString('utf8'),
  );
}

/** The bytes of a path that {@link showBytes} made, or that a person typed. */
export function parseShown(shown: string): Bytes {
  return toBytes(shown).replace(ESCAPE, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** What `node:fs` takes for a path: text is quicker, but only safe for ASCII. */
export function fsPath(path: Bytes): string | Buffer {
  return ASCII_ONLY.test(path) ? path : Buffer.from(path, 'latin1');
}

export const joinPath = (folder: Bytes, name: Bytes): Bytes =>
  folder === '' ? name : `${folder}/${name}`;

/** The folder of a path; empty for a path at the top. */
export const parentPath = (path: Bytes): Bytes => {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
};

export const baseName = (path: Bytes): Bytes => path.slice(path.lastIndexOf('/') + 1);
