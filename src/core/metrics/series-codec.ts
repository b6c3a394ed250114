/** One measured value. `at` is ms since 1970, or null when the code told no time. */
export interface Point {
  step: number;
  at: number | null;
  value: number;
}

/** Three little-endian doubles a point; a time that is not known is NaN. */
const POINT_BYTES = 24;

export function encodePoints(points: readonly Point[]): Buffer {
  const bytes = Buffer.allocUnsafe(points.length * POINT_BYTES);
  points.forEach(({ step, at, value }, index) => {
    const offset = index * POINT_BYTES;
    bytes.writeDoubleLE(step, offset);
    bytes.writeDoubleLE(at ?? Number.NaN, offset + 8);
    bytes.writeDoubleLE(value, offset + 16);
  });
  return bytes;
}

/** The point at an index of what {@link encodePoints} made. */
export function pointAt(bytes: Buffer, index: number): Point {
  const offset = index * POINT_BYTES;
  const at = bytes.readDoubleLE(offset + 8);
  return {
    step: bytes.readDoubleLE(offset),
    at: Number.isNaN(at) ? null : at,
    value: bytes.readDoubleLE(offset + 16),
  };
}

export const pointCount = (bytes: Buffer): number => Math.floor(bytes.length / POINT_BYTES);
