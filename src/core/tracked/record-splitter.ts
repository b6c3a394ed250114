import { crc32 } from 'node:zlib';

/** Bytes of a block, counted from the start of the file. */
export const BLOCK_SIZE = 32_768;
/** Bytes before the data of a chunk: crc (4), length (2), type (1). */
export const CHUNK_HEADER = 7;
/** Chunk types: a whole record, or its first, a middle or its last piece. */
export const CHUNK = { full: 1, first: 2, middle: 3, last: 4 } as const;

/** A chunk as its header describes it; `end` may lie behind what there is. */
interface Chunk {
  type: number;
  start: number;
  end: number;
}

/**
 * Puts records together from the blocks of a LevelDB log as W&B writes it (wandb's
 * `core/pkg/leveldb/record.go`): the crc is plain CRC-32 over type and data, and a damaged chunk costs
 * the rest of its block.
 */
export class RecordSplitter {
  /** How many chunks were damaged, and how many records were longer than the limit. */
  damaged = 0;
  tooLong = 0;
  readonly #take: (record: Buffer) => void;
  readonly #limit: number;
  /** What there is of a record that goes on in the next block; null outside of one. */
  #pieces: Buffer[] | null = null;
  #length = 0;

  /** `take` gets bytes that are valid during the call only; `limit` is in bytes. */
  constructor(take: (record: Buffer) => void, limit: number) {
    this.#take = take;
    this.#limit = limit;
  }

  /** One block, or what there is of the last one; `from` is behind the file's own header. */
  block(block: Buffer, from: number): void {
    let at = from;
    while (at + CHUNK_HEADER <= block.length) {
      const chunk = readHeader(block, at);
      // Zeroes: space that was set aside, or that a crash left unwritten.
      if (chunk.type === 0 && chunk.end === chunk.start) return;
      if (chunk.end > block.length) {
        if (block.length === BLOCK_SIZE) this.#damage();
        return;
      }
      const data = block.subarray(chunk.start, chunk.end);
      if (block.readUInt32LE(at) !== sumOf(chunk.type, data)) return this.#damage();
      this.#chunk(chunk.type, data);
      at = chunk.end;
    }
  }

  #chunk(type: number, data: Buffer): void {
    if (type === CHUNK.full || type === CHUNK.first) {
      if (this.#pieces) this.#damage();
      if (type === CHUNK.full) this.#give(data);
      else this.#begin(data);
    } else if (this.#pieces) {
      this.#goOn(data);
      if (type === CHUNK.last) this.#finish(this.#pieces);
    }
  }

  #begin(data: Buffer): void {
    this.#pieces = [Buffer.from(data)];
    this.#length = data.length;
  }

  #goOn(data: Buffer): void {
    this.#length += data.length;
    // What is too long is read to its end, but not kept.
    if (this.#length > this.#limit) this.#pieces = [];
    else this.#pieces?.push(Buffer.from(data));
  }

  #finish(pieces: Buffer[]): void {
    this.#pieces = null;
    if (this.#length > this.#limit) this.tooLong++;
    else this.#take(Buffer.concat(pieces));
  }

  #give(data: Buffer): void {
    if (data.length > this.#limit) this.tooLong++;
    else this.#take(data);
  }

  #damage(): void {
    this.damaged++;
    this.#pieces = null;
  }
}

function readHeader(block: Buffer, at: number): Chunk {
  const start = at + CHUNK_HEADER;
  return { type: block.readUInt8(at + 6), start, end: start + block.readUInt16LE(at + 4) };
}

/** The sums of the types alone, to go on from: a log has very many small chunks. */
const SUMS = Object.values(CHUNK).map((type) => crc32(Buffer.of(type)));

/** What the crc of a chunk must be; null for a type that there is none of. */
function sumOf(type: number, data: Buffer): number | null {
  const start = SUMS[type - CHUNK.full];
  return start === undefined ? null : crc32(data, start);
}
