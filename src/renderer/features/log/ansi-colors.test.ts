import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnsiStyle } from './ansi.ts';
import { colorsIn, createColorist, readThemes } from './ansi-colors.ts';
import { contrast, READABLE, readableOn, type Rgb } from './contrast.ts';

const tokens = readFileSync(new URL('../../styles/tokens.css', import.meta.url), 'utf8');
const tokenOf = (name: string): string =>
  new RegExp(`${name}: ([^;]+);`).exec(tokens)?.[1]?.trim() ?? '';
const themes = readThemes(tokenOf)!;

const part = fc.integer({ min: 0, max: 255 });
const color: fc.Arbitrary<number | string | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.integer({ min: 0, max: 15 }),
  fc.tuple(part, part, part).map((rgb) => `rgb(${rgb.join(' ')})`),
);

describe('colours of a log', () => {
  it('are those of both themes', () => {
    expect(themes).toHaveLength(2);
    expect(contrast(themes[0].page, [255, 255, 255])).toBeLessThan(1.2);
    expect(contrast(themes[1].page, [0, 0, 0])).toBeLessThan(1.5);
    expect(readThemes(() => '')).toBeNull();
  });

  it.each(['light', 'dark'] as const)('the 16 of the %s theme can be read on its page', (name) => {
    const { palette, page } = themes[name === 'light' ? 0 : 1];
    for (const own of palette) expect(contrast(own, page)).toBeGreaterThanOrEqual(READABLE);
  });

  it('can be read whatever a program asks for', () => {
    const flag = fc.constantFrom(true as const, undefined);
    const styles = fc.record({ color, background: color, dim: flag, inverse: flag });
    fc.assert(
      fc.property(styles, fc.constantFrom(...themes), (asked, theme) => {
        const style = Object.fromEntries(
          Object.entries(asked).filter(([, value]) => value !== undefined),
        ) as AnsiStyle;
        const { color: text, background } = colorsIn(theme, style);
        expect(contrast(text, background ?? theme.page)).toBeGreaterThanOrEqual(READABLE);
      }),
    );
  });

  it('stay as they are where they can be read', () => {
    const orange: Rgb = [255, 160, 60];
    expect(readableOn(orange, [0, 0, 0])).toEqual(orange);
    expect(readableOn([10, 10, 10], [0, 0, 0])).not.toEqual([10, 10, 10]);
  });

  it('are told for both themes at once, and left to the tokens where they are the theme’s own', () => {
    const colorsOf = createColorist(themes);
    expect(colorsOf({ color: 1, bold: true })).toEqual({ color: 'var(--ansi-1)' });
    expect(colorsOf({ color: 'rgb(20 20 20)' }).color).toMatch(/^light-dark\(rgb\(20 20 20\), /);
    expect(colorsOf({ inverse: true }).backgroundColor).toMatch(/^light-dark\(/);
  });
});
