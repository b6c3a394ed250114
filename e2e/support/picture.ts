import sharp from 'sharp';

/** A part of a picture, in its pixels. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Pixels of a picture that become one cell when two are compared. */
const CELL = 8;
/** Blurs letters into grey, so that another smoothing of them stays below {@link LEVEL}. */
const BLUR = 1.5;
/** How far apart two cells are that differ, of 255. */
const LEVEL = 8;

/** As a picture of few colours, which is what a window is: a quarter of the bytes, and no difference to see. */
export const compact = (png: Buffer): Promise<Buffer> =>
  sharp(png).removeAlpha().png({ palette: true, colours: 128, dither: 0, effort: 7 }).toBuffer();

interface Cells {
  /** Three bytes a cell. */
  data: Buffer;
  width: number;
  height: number;
}

async function cellsOf(png: Buffer): Promise<Cells> {
  const { width } = await sharp(png).metadata();
  const { data, info } = await sharp(png)
    .removeAlpha()
    .toColourspace('srgb')
    .resize(Math.round(width / CELL))
    .blur(BLUR)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

const covers = ({ x, y, width, height }: Area, column: number, row: number): boolean =>
  column >= x / CELL - 2 &&
  column < (x + width) / CELL + 1 &&
  row >= y / CELL - 2 &&
  row < (y + height) / CELL + 1;

/**
 * The share of two pictures of the same size that looks different when their letters are blurred.
 *
 * @param changing - Areas that are never the same twice
 * @param level - How far apart two places are that differ, of 255
 * @returns From 0 to 1; 1 when their sizes differ
 */
export async function difference(
  one: Buffer,
  other: Buffer,
  changing: readonly Area[],
  level = LEVEL,
): Promise<number> {
  const [a, b] = await Promise.all([cellsOf(one), cellsOf(other)]);
  if (a.width !== b.width || a.height !== b.height) return 1;
  let different = 0;
  for (let cell = 0; cell < a.width * a.height; cell += 1) {
    const apart = Math.max(
      ...[0, 1, 2].map((i) => Math.abs(a.data[cell * 3 + i]! - b.data[cell * 3 + i]!)),
    );
    if (apart <= level) continue;
    const [column, row] = [cell % a.width, Math.floor(cell / a.width)];
    if (!changing.some((area) => covers(area, column, row))) different += 1;
  }
  return different / (a.width * a.height);
}
