/** A piece of one frame. A frame may come in several pieces, never two frames in one piece. */
export interface FramePiece {
  /** 1 stdout, 2 stderr, 3 an error of the engine itself (0 is stdin and not sent). */
  stream: 0 | 1 | 2 | 3;
  /** A view on the chunk it came in: to be used before the next one is read, or copied. */
  bytes: Buffer;
  /** True for the first piece of a frame. */
  start: boolean;
}

/** The bytes are not in the engine's framing. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

const HEADER = 8;

const isStream = (value: number | undefined): value is FramePiece['stream'] =>
  value !== undefined && value <= 3;

/**
 * Takes the engine's multiplexed stream apart: frames of a header (stream, three zero bytes, length
 * as big-endian 32 bits) and that many bytes (moby pkg/stdcopy). Nothing is copied, except a header
 * that is cut by a chunk's end.
 */
export class Demuxer {
  readonly #header = Buffer.alloc(HEADER);
  #headerSize = 0;
  #stream: FramePiece['stream'] = 1;
  #left = 0;
  #start = false;

  /** True between frames: a stream that ends elsewhere was cut. */
  get atBorder(): boolean {
    return this.#left === 0 && this.#headerSize === 0;
  }

  /** Pieces in the chunk, in order. Throws {@link FrameError} on a header that cannot be one. */
  push(chunk: Buffer): FramePiece[] {
    const pieces: FramePiece[] = [];
    let offset = 0;
    while (offset < chunk.length) {
      if (this.#left === 0) {
        offset = this.#readHeader(chunk, offset);
        continue;
      }
      const end = Math.min(offset + this.#left, chunk.length);
      pieces.push({ stream: this.#stream, bytes: chunk.subarray(offset, end), start: this.#start });
      this.#start = false;
      this.#left -= end - offset;
      offset = end;
    }
    return pieces;
  }

  #readHeader(chunk: Buffer, offset: number): number {
    if (this.#headerSize === 0 && chunk.length - offset >= HEADER) {
      this.#begin(chunk, offset);
      return offset + HEADER;
    }
    const end = Math.min(offset + HEADER - this.#headerSize, chunk.length);
    chunk.copy(this.#header, this.#headerSize, offset, end);
    this.#headerSize += end - offset;
    if (this.#headerSize === HEADER) {
      this.#headerSize = 0;
      this.#begin(this.#header, 0);
    }
    return end;
  }

  #begin(bytes: Buffer, offset: number): void {
    const stream = bytes[offset];
    if (!isStream(stream) || bytes[offset + 1] || bytes[offset + 2] || bytes[offset + 3]) {
      const found = bytes.subarray(offset, offset + HEADER).toString('hex');
      throw new FrameError(`The engine sent ${found} where a frame should begin.`);
    }
    this.#stream = stream;
    this.#left = bytes.readUInt32BE(offset + 4);
    this.#start = true;
  }
}
