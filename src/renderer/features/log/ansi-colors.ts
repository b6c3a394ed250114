import type { AnsiStyle } from './ansi.ts';
import { mix, readableOn, type Rgb } from './contrast.ts';

/** The colours of one theme that text of a log meets. */
interface Theme {
  text: Rgb;
  page: Rgb;
  palette: readonly Rgb[];
}

/** The light theme and the dark one. */
export type Themes = readonly [Theme, Theme];

const DIM = 0.35;
/** Programs that use more colours than this do not mean them. */
const REMEMBERED = 4000;

const HEX = /#([0-9a-f]{6})\b/gi;
const RGB = /^rgb\((\d+) (\d+) (\d+)\)$/;

const fromHex = (hex: string): Rgb => {
  const n = Number.parseInt(hex, 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
};

/** Both colours of a token, `light-dark(#…, #…)`; null when it is written in another way. */
function pair(token: string): [Rgb, Rgb] | null {
  const [light, dark] = [...token.matchAll(HEX)].map(([, hex = '']) => fromHex(hex));
  return light && dark ? [light, dark] : null;
}

/** Reads the colours of both themes from the tokens; null where there are none, as in tests. */
export function readThemes(tokenOf: (name: string) => string): Themes | null {
  const text = pair(tokenOf('--text'));
  const page = pair(tokenOf('--bg-sunken'));
  const palette = Array.from({ length: 16 }, (_, n) => pair(tokenOf(`--ansi-${n}`)));
  if (!text || !page || palette.includes(null)) return null;
  const theme = (at: 0 | 1): Theme => ({
    text: text[at],
    page: page[at],
    palette: palette.map((both) => both?.[at] ?? text[at]),
  });
  return [theme(0), theme(1)];
}

function resolve(color: number | string | undefined, { palette }: Theme): Rgb | undefined {
  if (typeof color === 'number') return palette[color];
  const [, ...parts] = (color && RGB.exec(color)) || [];
  return parts.length === 3 ? [Number(parts[0]), Number(parts[1]), Number(parts[2])] : undefined;
}

interface Colors {
  color: Rgb;
  background: Rgb | null;
}

/** Text and background of a style in one theme, the text readable whatever a program asked for. */
export function colorsIn(theme: Theme, style: AnsiStyle): Colors {
  const own = resolve(style.color, theme) ?? theme.text;
  const behind = resolve(style.background, theme) ?? theme.page;
  const [front, back] = style.inverse ? [behind, own] : [own, behind];
  const color = readableOn(style.dim ? mix(front, back, DIM) : front, back);
  const hasBackground = style.inverse === true || style.background !== undefined;
  return { color, background: hasBackground ? back : null };
}

const css = (color: Rgb): string => `rgb(${color.join(' ')})`;
const both = (light: Rgb, dark: Rgb): string => `light-dark(${css(light)}, ${css(dark)})`;

export interface CssColors {
  color?: string;
  backgroundColor?: string;
}

/** What is done where the colours of the themes are not known: the program's own, unchecked. */
function unchecked({ color, background, inverse }: AnsiStyle): CssColors {
  const word = (value: number | string | undefined): string | undefined =>
    typeof value === 'number' ? `var(--ansi-${value})` : value;
  const own = word(color);
  const behind = word(background);
  if (inverse) return { color: behind ?? 'var(--bg)', backgroundColor: own ?? 'var(--text)' };
  return { ...(own && { color: own }), ...(behind && { backgroundColor: behind }) };
}

/** How styles are coloured in both themes at once, worked out once for each. */
export function createColorist(themes: Themes | null): (style: AnsiStyle) => CssColors {
  const known = new Map<string, CssColors>();
  const work = (style: AnsiStyle): CssColors => {
    if (!themes) return unchecked(style);
    const [light, dark] = [colorsIn(themes[0], style), colorsIn(themes[1], style)];
    return {
      color: both(light.color, dark.color),
      ...(light.background &&
        dark.background && { backgroundColor: both(light.background, dark.background) }),
    };
  };
  return (style) => {
    const { color, background, inverse, dim } = style;
    // The colours of the theme are readable on its page.
    const isOwn = typeof color !== 'string' && background === undefined;
    if (isOwn && !inverse && !dim) return unchecked(style);
    const key = `${color} ${background} ${inverse} ${dim}`;
    const had = known.get(key);
    if (had) return had;
    if (known.size === REMEMBERED) known.clear();
    const made = work(style);
    known.set(key, made);
    return made;
  };
}
