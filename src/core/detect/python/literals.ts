const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(\r\n|[^]))/gu;

/** The text between the quotes of a Python string, with its escapes replaced (unless it is raw). */
export function unescaped(text: string, raw: boolean): string {
  if (raw || !text.includes('\\')) return text;
  return text.replace(ESCAPE, (whole, x?: string, u?: string, long?: string, other?: string) => {
    const code = x ?? u ?? long;
    if (code !== undefined) return character(Number.parseInt(code, 16)) ?? whole;
    return other === undefined ? whole : (ESCAPES[other === '\r\n' ? '\n' : other] ?? whole);
  });
}

const character = (code: number): string | null =>
  code <= 0x10ffff ? String.fromCodePoint(code) : null;

const OPENING = /^([a-zA-Z]{0,2})('''|"""|'|")/;

export interface Quoted {
  prefix: string;
  /** Where the text starts and ends within the literal. */
  start: number;
  end: number;
}

/** The prefix and the inside of a string literal; null when it is not whole. */
export function quotedParts(literal: string): Quoted | null {
  const [opening, prefix = '', quote = ''] = OPENING.exec(literal) ?? [];
  if (opening === undefined || !literal.endsWith(quote)) return null;
  const end = literal.length - quote.length;
  return end < opening.length ? null : { prefix: prefix.toLowerCase(), start: opening.length, end };
}

/** The value of a number literal; null for what JSON has no number for: imaginary and infinite ones. */
export function numberOf(literal: string): number | null {
  if (/[jJ]$/.test(literal) && !/^0[xX]/.test(literal)) return null;
  const value = Number(literal.replaceAll('_', ''));
  return Number.isFinite(value) ? value : null;
}

/** Whether a number literal is an `int`: `1e3` and `1.` are not. */
export const isIntegerLiteral = (literal: string): boolean =>
  /^0[xXoObB]/.test(literal) || !/[.eEjJ]/.test(literal);
