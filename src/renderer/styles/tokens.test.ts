import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];
/** Red, green, blue and opacity, each from 0 to 1. */
type Color = readonly [number, number, number, number];

function tokenText(name: string, theme: Theme): string {
  const value = new RegExp(`--${name}: ([^;]+);`).exec(css)?.[1] ?? '';
  const both = /^light-dark\((\S+), (\S+)\)$/.exec(value);
  return (theme === 'light' ? both?.[1] : both?.[2]) ?? value;
}

function color(name: string, theme: Theme): Color {
  const digits = /^#([0-9a-f]{6})([0-9a-f]{2})?$/.exec(tokenText(name, theme));
  if (!digits) throw new Error(`--${name} is no colour`);
  const parts = (digits[1]! + (digits[2] ?? 'ff')).match(/../g)!;
  const [r = 0, g = 0, b = 0, a = 1] = parts.map((part) => parseInt(part, 16) / 255);
  return [r, g, b, a];
}

/** A colour as it looks on another. */
function over([r, g, b, a]: Color, ground: Color): Color {
  const mix = (top: number, below: number): number => top * a + below * (1 - a);
  return [mix(r, ground[0]), mix(g, ground[1]), mix(b, ground[2]), 1];
}

/** WCAG 2.2, relative luminance. */
function luminance([r, g, b]: Color): number {
  const linear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** WCAG 2.2, contrast ratio: 1 to 21. `grounds` lie on each other, the lowest first. */
function contrast(theme: Theme, name: string, grounds: readonly string[]): number {
  const ground = grounds
    .map((each) => color(each, theme))
    .reduce((below, each) => over(each, below));
  const [a, b] = [luminance(over(color(name, theme), ground)), luminance(ground)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const SURFACES = ['bg', 'bg-sidebar', 'bg-sunken', 'bg-raised', 'bg-control'].map((each) => [each]);
const ON_SURFACES = (wash: string) => SURFACES.map(([surface]) => [surface!, wash]);
const STATES = ['grey', 'blue', 'amber', 'green', 'red', 'orange'];
const ANSI = Array.from({ length: 16 }, (_, n) => `ansi-${n}`);

/** Contrast AA of text is 4.5, of marks and the focus ring 3. */
const PAIRS: { names: string[]; on: string[][]; atLeast: number }[] = [
  { names: ['text', 'text-2', 'text-3'], on: SURFACES, atLeast: 4.5 },
  { names: ['text', 'text-2'], on: ON_SURFACES('bg-selected'), atLeast: 4.5 },
  { names: ['text', 'text-2'], on: ON_SURFACES('bg-hover'), atLeast: 4.5 },
  { names: ['text', 'text-2'], on: ON_SURFACES('bg-press'), atLeast: 4.5 },
  { names: ['accent'], on: [...SURFACES, ['bg', 'bg-selected']], atLeast: 4.5 },
  { names: ['on-accent'], on: [['accent-fill'], ['accent-fill-hover']], atLeast: 4.5 },
  { names: ['focus'], on: [...SURFACES, ['bg', 'bg-selected']], atLeast: 3 },
  { names: STATES, on: SURFACES, atLeast: 4.5 },
  { names: STATES, on: ON_SURFACES('bg-selected'), atLeast: 3 },
  { names: ['red', 'text', 'text-2'], on: [['bg', 'red-wash']], atLeast: 4.5 },
  { names: ['green', 'text', 'text-2'], on: [['bg', 'green-wash']], atLeast: 4.5 },
  { names: ['amber', 'text', 'text-2'], on: [['bg', 'amber-wash']], atLeast: 4.5 },
  { names: ANSI, on: [['bg']], atLeast: 4.5 },
];

const CASES = PAIRS.flatMap(({ names, on, atLeast }) =>
  names.flatMap((name) => on.map((grounds) => ({ name, grounds, atLeast }))),
);

describe.each(THEMES)('contrast of the %s theme', (theme) => {
  it.each(CASES)('$name on $grounds', ({ name, grounds, atLeast }) => {
    expect(contrast(theme, name, grounds)).toBeGreaterThanOrEqual(atLeast);
  });
});
