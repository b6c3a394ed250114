/** Red, green and blue, 0 to 255 each. */
export type Rgb = readonly [number, number, number];

/** What text needs to be readable, by WCAG 2.2 at level AA. */
export const READABLE = 4.5;

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

const linear = (part: number): number => {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

const luminance = ([red, green, blue]: Rgb): number =>
  0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

/** The contrast of two colours as WCAG 2.2 defines it: 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** `share` of `b` in `a`. */
export const mix = (a: Rgb, b: Rgb, share: number): Rgb => {
  const part = (at: 0 | 1 | 2): number => Math.round(a[at] + (b[at] - a[at]) * share);
  return [part(0), part(1), part(2)];
};

/** The colour itself where it can be read, else the nearest one on the way to black or white that can. */
export function readableOn(color: Rgb, background: Rgb): Rgb {
  if (contrast(color, background) >= READABLE) return color;
  const toward = contrast(BLACK, background) > contrast(WHITE, background) ? BLACK : WHITE;
  for (let share = 0.1; share < 1; share += 0.1) {
    const next = mix(color, toward, share);
    if (contrast(next, background) >= READABLE) return next;
  }
  return toward;
}
