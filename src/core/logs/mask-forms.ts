import { escapedForms } from './escaped-forms.ts';

/** Shorter values are not masked: they would blot out ordinary words. */
export const SHORTEST_MASKED = 4;

/** Characters of an encoding that a secret must determine by itself before they are taken for it. */
const SHORTEST_PART = 8;

const WORD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';

/** What is left as it is: by RFC 3986, Python's `quote`, JavaScript's functions, and forms. */
const KEPT = [`${WORD}~`, `${WORD}~/`, `${WORD}~!'()*`, `${WORD}*`];

const bytesOf = (text: string): Set<number> => new Set(Buffer.from(text, 'latin1'));

function percentEncoded(secret: Buffer, kept: Set<number>, space: string): string {
  const encode = (byte: number): string => {
    if (byte === 0x20) return space;
    if (kept.has(byte)) return String.fromCharCode(byte);
    return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  };
  return Array.from(secret, encode).join('');
}

function urlForms(secret: Buffer): string[] {
  return KEPT.map(bytesOf).flatMap((kept) =>
    ['%20', '+'].flatMap((space) => {
      const text = percentEncoded(secret, kept, space);
      return [text, text.replaceAll(/%../g, (code) => code.toLowerCase())];
    }),
  );
}

/**
 * The characters of Base64 that hold nothing but the secret when `before` bytes come before it and
 * anything behind it, as in the header of a login (`name:secret`).
 */
function innerBase64(secret: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), secret]).toString('base64');
  const first = Math.ceil((before * 8) / 6);
  const last = Math.floor(((before + secret.length) * 8) / 6);
  const inner = text.slice(first, last);
  return inner.length < SHORTEST_PART ? '' : inner;
}

function base64Forms(secret: Buffer): string[] {
  const whole = secret.toString('base64');
  const forms = [whole, whole.replace(/=+$/, ''), ...[0, 1, 2].map((n) => innerBase64(secret, n))];
  return forms.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]);
}

const hexForms = (secret: Buffer): string[] => {
  const hex = secret.toString('hex');
  return [hex, hex.toUpperCase()];
};

/** Its lines, for a value of several: they are printed one by one, indented, or with other line ends. */
function lineForms(secret: Buffer): Buffer[] {
  const lines = secret.toString('latin1').split(/[\r\n]+/);
  return lines
    .map((line) => Buffer.from(line.trim(), 'latin1'))
    .filter((line) => lines.length > 1 && line.length >= SHORTEST_PART);
}

/** The byte sequences that give a secret away: itself, and as other notations write it. */
export function formsOf(secret: Buffer): Buffer[] {
  if (secret.length < SHORTEST_MASKED) return [];
  const texts = new Set([...base64Forms(secret), ...urlForms(secret), ...hexForms(secret)]);
  const forms = [...texts].map((text) => Buffer.from(text, 'latin1'));
  const others = [...forms, ...escapedForms(secret), ...lineForms(secret)];
  return [secret, ...others.filter((form) => form.length >= SHORTEST_MASKED)];
}
