/** How a piece of text is drawn. Colours are 0-15 (the theme's own) or `rgb(...)`. */
export interface AnsiStyle {
  color?: number | string;
  background?: number | string;
  bold?: true;
  dim?: true;
  italic?: true;
  underline?: true;
  inverse?: true;
  strike?: true;
}

export interface AnsiSpan {
  text: string;
  style: AnsiStyle;
}

const PLAIN: AnsiStyle = {};
/** An own object, so that the text after it is a piece of its own. */
const RETURN: AnsiStyle = { dim: true };
const LEVELS = [0, 95, 135, 175, 215, 255] as const;

/** Colour of the 256-colour palette: 16 of the theme, a 6x6x6 cube, 24 greys. */
function paletteColor(n: number): number | string | undefined {
  if (!(n >= 0 && n <= 255)) return undefined;
  if (n < 16) return n;
  if (n >= 232) {
    const grey = 8 + (n - 232) * 10;
    return `rgb(${grey} ${grey} ${grey})`;
  }
  const cube = n - 16;
  const level = (i: number): number => LEVELS[i % 6] ?? 0;
  return `rgb(${level(Math.floor(cube / 36))} ${level(Math.floor(cube / 6))} ${level(cube)})`;
}

/** Reads what follows 38 or 48; `words` is what is left of the sequence, and is used up. */
function extendedColor(words: number[]): number | string | undefined {
  const kind = words.shift();
  if (kind === 5) return paletteColor(words.shift() ?? -1);
  if (kind !== 2) return undefined;
  const rgb = words.splice(0, 3);
  const valid = rgb.length === 3 && rgb.every((n) => n >= 0 && n <= 255);
  return valid ? `rgb(${rgb.join(' ')})` : undefined;
}

type Flag = 'bold' | 'dim' | 'italic' | 'underline' | 'inverse' | 'strike';
const SET: Readonly<Record<number, Flag>> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  7: 'inverse',
  9: 'strike',
};
const UNSET: Readonly<Record<number, readonly Flag[]>> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  29: ['strike'],
};

function without(style: AnsiStyle, ...keys: (keyof AnsiStyle)[]): AnsiStyle {
  const next = { ...style };
  for (const key of keys) delete next[key];
  return next;
}

const withColor = (
  style: AnsiStyle,
  key: 'color' | 'background',
  value: number | string | undefined,
): AnsiStyle => (value === undefined ? without(style, key) : { ...style, [key]: value });

function applyCode(style: AnsiStyle, code: number, rest: number[]): AnsiStyle {
  if (code === 0) return PLAIN;
  if (code === 38 || code === 48) {
    const value = extendedColor(rest);
    const key = code === 38 ? 'color' : 'background';
    return value === undefined ? style : withColor(style, key, value);
  }
  const flag = SET[code];
  if (flag) return { ...style, [flag]: true };
  const off = UNSET[code];
  if (off) return without(style, ...off);
  if (code === 39) return without(style, 'color');
  if (code === 49) return without(style, 'background');
  if (code >= 30 && code <= 37) return withColor(style, 'color', code - 30);
  if (code >= 40 && code <= 47) return withColor(style, 'background', code - 40);
  if (code >= 90 && code <= 97) return withColor(style, 'color', code - 82);
  if (code >= 100 && code <= 107) return withColor(style, 'background', code - 92);
  return style;
}

/** One parameter with its colon-separated parts, made flat: `38:2::1:2:3` names a colour space first. */
function flatten(parameter: string): number[] {
  const parts = parameter.split(':');
  if (parts.length === 1) return [Number(parameter || 0)];
  if (parts[1] === '2' && parts.length > 5) parts.splice(2, 1);
  const isColor = parts[0] === '38' || parts[0] === '48';
  const numbers = parts.map((part) => Number(part || 0));
  if (isColor) return numbers;
  // `4:0` switches underlining off, `4:3` is a kind of underlining.
  return parts[0] === '4' && parts[1] === '0' ? [24] : numbers.slice(0, 1);
}

function applySgr(style: AnsiStyle, parameters: string): AnsiStyle {
  const words = parameters.split(';').flatMap(flatten);
  let next = style;
  for (let code = words.shift(); code !== undefined; code = words.shift()) {
    next = applyCode(next, code, words);
  }
  return next;
}

// In this order: a whole CSI sequence; a whole string sequence (OSC, DCS, SOS, PM, APC) up to BEL or
// ST; one of these cut off by the end of the text; any other escape; a carriage return; a control
// character other than tab; a character that would change the direction of the text around it.
const SPECIAL =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /(?:\x1b\[|\x9b)([0-?]*)([ -/]*)([@-~])|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|$)|(?:\x1b\[|\x9b)[0-?]*[ -/]*|\x1b[ -/]*[0-~]?|\r|[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const HAS_SPECIAL = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

/** Stands for a carriage return where lines are not folded. */
export const RETURN_SIGN = '\u240d';

/**
 * Splits a line of terminal output into styled pieces of plain text. Colours and weights (SGR) are
 * understood, everything else a terminal would obey is dropped. A carriage return starts the line
 * over: the last piece that has text wins, as with progress bars. Not `folded`, all pieces are kept,
 * with a sign between them.
 */
export function parseAnsi(line: string, folded = true): AnsiSpan[] {
  if (!HAS_SPECIAL.test(line)) return line === '' ? [] : [{ text: line, style: PLAIN }];
  let spans: AnsiSpan[] = [];
  let shown: AnsiSpan[] = [];
  let style = PLAIN;
  let from = 0;
  const push = (to: number): void => {
    if (to <= from) return;
    const text = line.slice(from, to);
    const last = spans.at(-1);
    if (last && last.style === style) last.text += text;
    else spans.push({ text, style });
  };
  for (const match of line.matchAll(SPECIAL)) {
    push(match.index);
    from = match.index + match[0].length;
    if (match[0] === '\r' && !folded) {
      if (from < line.length) spans.push({ text: RETURN_SIGN, style: RETURN });
    } else if (match[0] === '\r') {
      if (spans.length > 0) shown = spans;
      spans = [];
    } else if (match[3] === 'm' && match[2] === '' && isPlain(match[1])) {
      style = applySgr(style, match[1] ?? '');
    }
  }
  push(line.length);
  return spans.length > 0 ? spans : shown;
}

/** `CSI > 4 m` and its like end in `m` too, but are no colours. */
const isPlain = (parameters: string | undefined): boolean => /^[\d:;]*$/.test(parameters ?? '');

/** What is left of a line when it is copied: the text as shown. */
export const plainText = (line: string, folded = true): string =>
  parseAnsi(line, folded)
    .map(({ text }) => text)
    .join('');
