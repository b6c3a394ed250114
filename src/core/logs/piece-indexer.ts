import { crc32 } from 'node:zlib';
import { countLines } from './line-splitter.ts';
import {
  advance,
  encodeRecord,
  type IndexRecord,
  type LogState,
  RECORD_SIZE,
  storableTime,
} from './index-record.ts';
import { MoveWatch } from './move-watch.ts';

const LF = 0x0a;
const FIRST_ROOM = 64 * RECORD_SIZE;

/** Describes pieces one after the other and collects their records, encoded. */
export class PieceIndexer {
  readonly #state: LogState;
  #records = Buffer.allocUnsafe(FIRST_ROOM);
  #used = 0;

  readonly #moves: MoveWatch;

  /** Goes on from `state`, which it makes its own. */
  constructor(state: LogState) {
    this.#state = state;
    this.#moves = new MoveWatch(state.flags, state.open);
  }

  /** The log with all pieces so far. */
  state(): LogState {
    return { ...this.#state, open: { ...this.#state.open } };
  }

  /** Adds the next piece: at most MAX_PIECE bytes of one stream. */
  add(stream: number, at: number, bytes: Buffer): void {
    const { open, bytes: offset, lines, stdout, stderr } = this.#state;
    const carry = open.stream === stream ? open.length : 0;
    const begins = this.#count(stream, bytes);
    // Field by field: this is done for every line of a slow log, and a spread takes microseconds.
    const record: IndexRecord = {
      offset,
      lines,
      stdout,
      stderr,
      at: storableTime(at),
      length: bytes.length,
      begins,
      stream,
      carry,
      checksum: crc32(bytes),
      flags: this.#moves.flags,
    };
    this.#makeRoom();
    encodeRecord(record, this.#records, this.#used);
    this.#used += RECORD_SIZE;
    advance(this.#state, record);
  }

  /** The records since the last call. */
  take(): Buffer {
    const taken = this.#records.subarray(0, this.#used);
    this.#records = Buffer.allocUnsafe(FIRST_ROOM);
    this.#used = 0;
    return taken;
  }

  #count(stream: number, bytes: Buffer): number {
    const moves = this.#moves;
    let rest = bytes.lastIndexOf(LF) + 1;
    moves.before(this.#state.open, stream);
    const begins = countLines(this.#state.open, stream, bytes, (from, to) => {
      moves.cut(bytes, from, to);
      rest = Math.max(rest, to);
    });
    moves.after(bytes, rest);
    return begins;
  }

  #makeRoom(): void {
    if (this.#used < this.#records.length) return;
    const larger = Buffer.allocUnsafe(this.#records.length * 2);
    this.#records.copy(larger);
    this.#records = larger;
  }
}
