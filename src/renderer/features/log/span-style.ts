import type { CSSProperties } from 'react';
import type { AnsiStyle } from './ansi.ts';
import { createColorist, readThemes } from './ansi-colors.ts';

let colorist: ReturnType<typeof createColorist> | null = null;

function colorsOf(style: AnsiStyle): CSSProperties {
  if (!colorist) {
    const tokens = getComputedStyle(document.documentElement);
    colorist = createColorist(readThemes((name) => tokens.getPropertyValue(name)));
  }
  return colorist(style);
}

/** How a piece of a line is drawn; undefined for plain text. */
export function spanStyle(style: AnsiStyle): CSSProperties | undefined {
  if (Object.keys(style).length === 0) return undefined;
  const lines = [style.underline && 'underline', style.strike && 'line-through'];
  return {
    ...colorsOf(style),
    fontWeight: style.bold ? 600 : undefined,
    fontStyle: style.italic ? 'italic' : undefined,
    textDecoration: lines.filter(Boolean).join(' ') || undefined,
  };
}
