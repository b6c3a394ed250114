import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { bytesOf, referenceOf, type LinesSpec, type LogStream } from '../job/reference.ts';

/**
 * A reader of stored logs of its own, written from the description of the format: `<id>.log` holds the
 * bytes, `<id>.idx` records of 48 bytes, each about the next piece of them.
 */
const RECORD = 48;
/** Records that are read at a time. */
const RECORDS = 4096;
/** The three highest bits of a length are flags. */
const LENGTH = 0x1f_ffff;

interface Piece {
  stream: number;
  bytes: Buffer;
}

const readAt = (file: number, at: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  const size = readSync(file, bytes, 0, length, at);
  return bytes.subarray(0, size);
};

/**
 * The pieces of a log in order.
 * @throws Error for a record or a piece that is not what its checksum says, for gaps and for rests
 */
export function* piecesOf(folder: string, id: string): Generator<Piece> {
  const index = openSync(join(folder, `${id}.idx`), 'r');
  const log = openSync(join(folder, `${id}.log`), 'r');
  try {
    let offset = 0;
    const size = fstatSync(index).size;
    if (size % RECORD !== 0) throw new Error('the index ends within a record');
    for (let at = 0; at < size; at += RECORD * RECORDS) {
      const records = readAt(index, at, RECORD * RECORDS);
      for (let start = 0; start < records.length; start += RECORD) {
        const piece = readPiece(records.subarray(start, start + RECORD), log, offset);
        offset += piece.bytes.length;
        yield piece;
      }
    }
    if (fstatSync(log).size !== offset) throw new Error('the log has bytes without a record');
  } finally {
    closeSync(index);
    closeSync(log);
  }
}

function readPiece(record: Buffer, log: number, offset: number): Piece {
  if (crc32(record.subarray(0, RECORD - 4)) !== record.readUInt32LE(RECORD - 4)) {
    throw new Error(`the record of byte ${offset} is damaged`);
  }
  if (record.readUIntLE(0, 6) !== offset) throw new Error(`a gap at byte ${offset}`);
  const length = record.readUIntLE(30, 3) & LENGTH;
  const bytes = readAt(log, offset, length);
  if (crc32(bytes) !== record.readUInt32LE(40)) {
    throw new Error(`the bytes at ${offset} are not those of their record`);
  }
  return { stream: record.readUInt16LE(36), bytes };
}

/** What a log is to be: exactly the reference, or as much of it as was printed before the end. */
export type Extent = 'whole' | 'prefix';

/**
 * Compares a stored log with what its job printed, byte for byte.
 * @returns what is wrong, in words; nothing when it is the same
 */
export function compareLog(
  folder: string,
  id: string,
  spec: LinesSpec,
  extent: Extent = 'whole',
): string[] {
  const cursors = { 1: new Cursor(spec, 1), 2: new Cursor(spec, 2) };
  try {
    for (const { stream, bytes } of piecesOf(folder, id)) {
      if (stream !== 1 && stream !== 2) return [`a piece of stream ${stream}`];
      const problem = cursors[stream].take(bytes);
      if (problem) return [problem];
    }
  } catch (error) {
    return [(error as Error).message];
  }
  if (extent === 'prefix') return [];
  return [cursors[1].rest(), cursors[2].rest()].filter((problem) => problem !== null);
}

/** How far one stream of a log agrees with the reference. */
class Cursor {
  readonly #spec: LinesSpec;
  readonly #stream: LogStream;
  readonly #reference: Generator<Buffer>;
  #expected: Buffer = Buffer.alloc(0);
  #seen = 0;

  constructor(spec: LinesSpec, stream: LogStream) {
    this.#spec = spec;
    this.#stream = stream;
    this.#reference = referenceOf(spec, stream);
  }

  take(bytes: Buffer): string | null {
    for (let at = 0; at < bytes.length;) {
      if (this.#expected.length === 0) {
        const { value, done } = this.#reference.next();
        if (done) return `${this.#name}: ${bytes.length - at} bytes too many`;
        this.#expected = value;
      }
      const size = Math.min(bytes.length - at, this.#expected.length);
      const expected = this.#expected.subarray(0, size);
      if (!expected.equals(bytes.subarray(at, at + size))) return this.#differs(bytes, at);
      this.#expected = this.#expected.subarray(size);
      this.#seen += size;
      at += size;
    }
    return null;
  }

  /** What is missing at the end. */
  rest(): string | null {
    const missing = bytesOf(this.#spec, this.#stream) - this.#seen;
    return missing === 0 ? null : `${this.#name}: ${missing} bytes are missing at the end`;
  }

  #differs(bytes: Buffer, at: number): string {
    const show = (text: Buffer): string => JSON.stringify(text.subarray(0, 40).toString('latin1'));
    const place = `about byte ${this.#seen}, line ${Math.floor(this.#seen / this.#spec.width)}`;
    return `${this.#name} differs ${place}: ${show(bytes.subarray(at))} for ${show(this.#expected)}`;
  }

  get #name(): string {
    return this.#stream === 1 ? 'stdout' : 'stderr';
  }
}

/** Bytes of a log that are in its file; 0 while there is none. */
export const bytesStored = (folder: string, id: string): number =>
  statSync(join(folder, `${id}.log`), { throwIfNoEntry: false })?.size ?? 0;
