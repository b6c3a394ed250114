import { FrameError, type FramePiece } from './demux.ts';

/** Longest time the engine writes before a frame: RFC 3339 with nanoseconds and a zone. */
const LIMIT = 40;
const SPACE = 0x20;

export interface TimedPiece {
  stream: FramePiece['stream'];
  bytes: Buffer;
  /** True for the first piece of a frame, which may be empty. */
  start: boolean;
  /** The engine's time of the frame, ms since 1970. */
  at: number;
}

/**
 * Takes the time off the start of each frame of `logs?timestamps=1`, also when it is cut by a
 * chunk's end. Every frame has one: also each part of a line longer than 16 KiB.
 */
export class TimestampStripper {
  #head: Buffer | null = null;
  #at = 0;

  /** The piece without its time; null while the time has not come to its end. */
  strip(piece: FramePiece): TimedPiece | null {
    if (piece.start) this.#head = Buffer.alloc(0);
    const start = this.#head !== null;
    const bytes = this.#head ? this.#readTime(this.#head, piece.bytes) : piece.bytes;
    return bytes && { stream: piece.stream, bytes, start, at: this.#at };
  }

  #readTime(head: Buffer, bytes: Buffer): Buffer | null {
    const end = bytes.indexOf(SPACE);
    const part = end < 0 ? bytes : bytes.subarray(0, end);
    if (head.length + part.length > LIMIT) throw new FrameError('A frame has no time.');
    // The common case, a whole time in one piece, needs no copy.
    const time = head.length === 0 ? part : Buffer.concat([head, part]);
    if (end < 0) {
      this.#head = Buffer.from(time);
      return null;
    }
    this.#head = null;
    this.#at = Date.parse(time.toString('latin1'));
    if (Number.isNaN(this.#at)) throw new FrameError('A frame has no time.');
    return bytes.subarray(end + 1);
  }
}
