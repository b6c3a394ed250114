import type { FileHandle } from 'node:fs/promises';
import { STDOUT } from '../../shared/contract/log-stream.ts';
import {
  decodeRecord,
  emptyState,
  type IndexRecord,
  MAX_PIECE,
  RECORD_SIZE,
} from './index-record.ts';
import { readAt } from './log-files.ts';
import { PieceIndexer } from './piece-indexer.ts';

const WINDOW = 4 * MAX_PIECE;

type Piece = Pick<IndexRecord, 'offset' | 'length' | 'stream' | 'at'>;

/**
 * A new index for a log whose own is missing or damaged: what whole records say is kept, the bytes
 * between them are taken for the stream before them. Without any record all is one stream.
 */
export async function rebuildIndex(
  log: FileHandle,
  index: FileHandle | null,
  logSize: number,
): Promise<Buffer> {
  const pieces = await wholePieces(index, logSize);
  const last = pieces.at(-1);
  const end = last ? last.offset + last.length : logSize;
  const indexer = new PieceIndexer(emptyState());
  const window = new Window(log, end);
  for (const piece of withoutGaps(pieces, end)) {
    indexer.add(piece.stream, piece.at, await window.read(piece.offset, piece.length));
  }
  return indexer.take();
}

/** What whole records say, as far as it fits together and is there. */
async function wholePieces(index: FileHandle | null, logSize: number): Promise<Piece[]> {
  if (!index) return [];
  const { size } = await index.stat();
  const bytes = await readAt(index, 0, size);
  const pieces: Piece[] = [];
  let end = 0;
  for (let start = 0; start + RECORD_SIZE <= size; start += RECORD_SIZE) {
    const record = decodeRecord(bytes, start);
    if (!record || record.offset < end || record.offset + record.length > logSize) continue;
    pieces.push(record);
    end = record.offset + record.length;
  }
  return pieces;
}

function* withoutGaps(pieces: readonly Piece[], end: number): Generator<Piece> {
  let before: Piece = { offset: 0, length: 0, stream: STDOUT, at: 0 };
  for (const piece of pieces) {
    yield* gap(before, piece.offset);
    yield piece;
    before = piece;
  }
  yield* gap(before, end);
}

function* gap({ offset, length, stream, at }: Piece, end: number): Generator<Piece> {
  for (let from = offset + length; from < end; from += MAX_PIECE) {
    yield { offset: from, length: Math.min(MAX_PIECE, end - from), stream, at };
  }
}

/** Reads small consecutive pieces a few at a time. */
class Window {
  readonly #log: FileHandle;
  readonly #end: number;
  #start = 0;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(log: FileHandle, end: number) {
    this.#log = log;
    this.#end = end;
  }

  async read(offset: number, length: number): Promise<Buffer> {
    if (offset + length > this.#start + this.#bytes.length) {
      this.#start = offset;
      this.#bytes = await readAt(this.#log, offset, Math.min(WINDOW, this.#end - offset));
    }
    return this.#bytes.subarray(offset - this.#start, offset - this.#start + length);
  }
}
