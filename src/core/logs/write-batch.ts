import { MAX_PIECE, type LogState } from './index-record.ts';
import type { PieceIndexer } from './piece-indexer.ts';

/** Bytes written to disk at a time. */
export const BATCH_SIZE = 512 * 1024;

/**
 * Bytes on their way to disk, gathered into pieces: a piece ends at a change of stream, at MAX_PIECE,
 * or when the time moves on by a millisecond. A time that went back ends none, or two clocks that
 * take turns would make a piece of every line.
 */
export class WriteBatch {
  readonly #bytes: Buffer;
  #used = 0;
  #piece = { start: 0, stream: -1, at: 0 };

  constructor(bytes: Buffer = Buffer.allocUnsafeSlow(BATCH_SIZE)) {
    this.#bytes = bytes;
  }

  get length(): number {
    return this.#used;
  }

  get full(): boolean {
    return this.#used === this.#bytes.length;
  }

  /** Copies as many of `bytes` as belong to one piece and have room, and returns how many. */
  add(stream: number, bytes: Buffer, at: number, indexer: PieceIndexer): number {
    if (this.#endsBefore(stream, at)) this.#begin(stream, at, indexer);
    const room = Math.min(this.#bytes.length, this.#piece.start + MAX_PIECE) - this.#used;
    const taken = bytes.copy(this.#bytes, this.#used, 0, Math.min(room, bytes.length));
    this.#used += taken;
    return taken;
  }

  /** Ends the last piece. Returns what to write: the bytes, their records and the state after them. */
  finish(indexer: PieceIndexer): FinishedBatch {
    this.#endPiece(indexer);
    const bytes = this.#bytes.subarray(0, this.#used);
    return { buffer: this.#bytes, bytes, records: indexer.take(), after: indexer.state() };
  }

  #endsBefore(stream: number, at: number): boolean {
    const piece = this.#piece;
    return piece.stream !== stream || at > piece.at || this.#used - piece.start === MAX_PIECE;
  }

  #begin(stream: number, at: number, indexer: PieceIndexer): void {
    this.#endPiece(indexer);
    this.#piece = { start: this.#used, stream, at };
  }

  #endPiece(indexer: PieceIndexer): void {
    const { start, stream, at } = this.#piece;
    if (this.#used > start) indexer.add(stream, at, this.#bytes.subarray(start, this.#used));
  }
}

export interface FinishedBatch {
  /** The whole buffer, to be used again. */
  buffer: Buffer;
  bytes: Buffer;
  records: Buffer;
  after: LogState;
}
