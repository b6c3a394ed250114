/** One measured value. `at` is ms since 1970, or null when the code told no time. */
export interface Point {
  step: number;
  at: number | null;
  value: number;
}

/** Three little-endian doubles a point; a time that is not known is NaN. */
const POINT_BYTES = 24;
const FIRST_POINTS = 64;

/** Points on their way to the store, as they are kept there: many at once are no objects. */
export class PointBuffer {
  count = 0;
  #bytes: Buffer = Buffer.alloc(0);
  #view = new DataView(this.#bytes.buffer);

  /** The parts of a {@link Point}. */
  add(step: number, at: number | null, value: number): void {
    const offset = this.count * POINT_BYTES;
    if (offset === this.#bytes.length) this.#grow();
    this.#view.setFloat64(offset, step, true);
    this.#view.setFloat64(offset + 8, at ?? Number.NaN, true);
    this.#view.setFloat64(offset + 16, value, true);
    this.count++;
  }

  /** What is kept of the points from one index to before another. */
  encoded(from: number, to: number): Buffer {
    return this.#bytes.subarray(from * POINT_BYTES, to * POINT_BYTES);
  }

  #grow(): void {
    const larger = Buffer.alloc(Math.max(FIRST_POINTS * POINT_BYTES, this.#bytes.length * 2));
    this.#bytes.copy(larger);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer, larger.byteOffset);
  }
}

/** The point at an index of what {@link PointBuffer.encoded} gave. */
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
