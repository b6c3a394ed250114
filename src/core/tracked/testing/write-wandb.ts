import { crc32 } from 'node:zlib';
import { BLOCK_SIZE, CHUNK, CHUNK_HEADER } from '../record-splitter.ts';
import { FILE_HEADER } from '../wandb-file.ts';

/** Writes a `.wandb` file record by record, as the SDK does: records go on over the ends of blocks. */
export class WandbWriter {
  /** Bytes so far, with the file's header. */
  #size = FILE_HEADER.length;
  readonly #write: (bytes: Buffer) => void;

  /** Begins the file. */
  constructor(write: (bytes: Buffer) => void) {
    this.#write = write;
    write(FILE_HEADER);
  }

  record(data: Uint8Array): void {
    let rest = data;
    let first = true;
    do {
      const room = this.#room() - CHUNK_HEADER;
      const piece = rest.subarray(0, room);
      rest = rest.subarray(piece.length);
      this.#chunk(chunkType(first, rest.length === 0), piece);
      first = false;
    } while (rest.length > 0);
  }

  /** Bytes left in the block, after what cannot hold the header of a chunk was filled with zeroes. */
  #room(): number {
    const left = BLOCK_SIZE - (this.#size % BLOCK_SIZE);
    if (left >= CHUNK_HEADER) return left;
    this.#put(Buffer.alloc(left));
    return BLOCK_SIZE;
  }

  #chunk(type: number, data: Uint8Array): void {
    const chunk = Buffer.alloc(CHUNK_HEADER + data.length);
    chunk.writeUInt16LE(data.length, 4);
    chunk.writeUInt8(type, 6);
    chunk.set(data, CHUNK_HEADER);
    chunk.writeUInt32LE(crc32(chunk.subarray(CHUNK_HEADER - 1)), 0);
    this.#put(chunk);
  }

  #put(bytes: Buffer): void {
    this.#write(bytes);
    this.#size += bytes.length;
  }
}

function chunkType(first: boolean, last: boolean): number {
  if (first) return last ? CHUNK.full : CHUNK.first;
  return last ? CHUNK.last : CHUNK.middle;
}

/** A whole `.wandb` file in memory. */
export function wandbBytes(records: Iterable<Uint8Array>): Buffer {
  const parts: Buffer[] = [];
  const writer = new WandbWriter((bytes) => parts.push(bytes));
  for (const record of records) writer.record(record);
  return Buffer.concat(parts);
}
