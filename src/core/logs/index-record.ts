import { crc32 } from 'node:zlib';
import { STDERR, STDOUT } from '../../shared/contract/log-stream.ts';
import type { OpenLine } from './line-splitter.ts';
import { MOVES_KNOWN } from './move-watch.ts';

/**
 * `<id>.idx` is a sequence of records of this many bytes, each about the next piece of `<id>.log`.
 * All numbers are unsigned and little-endian:
 *
 *   0  u48 offset of the piece        24  u48 time, ms since 1970     36  u16 stream
 *   6  u48 lines begun before it      30  u24 length                  38  u16 bytes its first line has before it
 *  12  u48 stdout bytes before it     33  u24 lines begun in it       40  u32 CRC of the piece
 *  18  u48 stderr bytes before it                                     44  u32 CRC of bytes 0..43
 *
 * The three highest bits of the length say what is known of the log so far (see `move-watch.ts`);
 * they are 0, for nothing, in logs of before.
 */
export const RECORD_SIZE = 48;
const CHECKED = RECORD_SIZE - 4;

export const MAX_PIECE = 65_536;
const LENGTH = 0x1f_ffff;
const FLAGS_SHIFT = 16;
const MAX_STREAM = 0xffff;
const MAX_TIME = 2 ** 48 - 1;

export interface IndexRecord {
  offset: number;
  lines: number;
  stdout: number;
  stderr: number;
  at: number;
  length: number;
  begins: number;
  stream: number;
  carry: number;
  checksum: number;
  /** MOVES_KNOWN, MOVES, BROKEN: of the log up to its end. */
  flags: number;
}

/** Everything about a log up to some record: enough to describe the next piece. */
export interface LogState {
  records: number;
  bytes: number;
  lines: number;
  stdout: number;
  stderr: number;
  flags: number;
  open: OpenLine;
}

export const emptyState = (): LogState => ({
  records: 0,
  bytes: 0,
  lines: 0,
  stdout: 0,
  stderr: 0,
  flags: MOVES_KNOWN,
  open: { stream: 0, length: 0 },
});

export const isStream = (stream: number): boolean =>
  Number.isInteger(stream) && stream >= 0 && stream <= MAX_STREAM;

/** Times come from outside (an engine, a clock that was set): whatever does not fit is bent to what does. */
export const storableTime = (at: number): number =>
  at > 0 ? Math.min(Math.floor(at), MAX_TIME) : 0;

export function encodeRecord(record: IndexRecord, target: Buffer, start: number): void {
  target.writeUIntLE(record.offset, start, 6);
  target.writeUIntLE(record.lines, start + 6, 6);
  target.writeUIntLE(record.stdout, start + 12, 6);
  target.writeUIntLE(record.stderr, start + 18, 6);
  target.writeUIntLE(record.at, start + 24, 6);
  target.writeUIntLE(record.length | (record.flags << FLAGS_SHIFT), start + 30, 3);
  target.writeUIntLE(record.begins, start + 33, 3);
  target.writeUInt16LE(record.stream, start + 36);
  target.writeUInt16LE(record.carry, start + 38);
  target.writeUInt32LE(record.checksum, start + 40);
  target.writeUInt32LE(crc32(target.subarray(start, start + CHECKED)), start + CHECKED);
}

/** The record at byte `start`, or null when those bytes are no whole record. */
export function decodeRecord(source: Buffer, start: number): IndexRecord | null {
  if (start + RECORD_SIZE > source.length) return null;
  const checked = source.subarray(start, start + CHECKED);
  if (crc32(checked) !== source.readUInt32LE(start + CHECKED)) return null;
  const length = source.readUIntLE(start + 30, 3);
  return {
    offset: source.readUIntLE(start, 6),
    lines: source.readUIntLE(start + 6, 6),
    stdout: source.readUIntLE(start + 12, 6),
    stderr: source.readUIntLE(start + 18, 6),
    at: source.readUIntLE(start + 24, 6),
    length: length & LENGTH,
    flags: (length & ~LENGTH) >> FLAGS_SHIFT,
    begins: source.readUIntLE(start + 33, 3),
    stream: source.readUInt16LE(start + 36),
    carry: source.readUInt16LE(start + 38),
    checksum: source.readUInt32LE(start + 40),
  };
}

/** Whether `record` describes the piece right behind `state`. */
export const follows = (state: LogState, record: IndexRecord): boolean =>
  record.offset === state.bytes &&
  record.lines === state.lines &&
  record.stdout === state.stdout &&
  record.stderr === state.stderr &&
  record.length > 0;

/** Moves `state` behind the piece of `record`; the open line is the caller's. */
export function advance(state: LogState, record: IndexRecord): void {
  state.records++;
  state.bytes += record.length;
  state.lines += record.begins;
  state.flags = record.flags;
  if (record.stream === STDOUT) state.stdout += record.length;
  if (record.stream === STDERR) state.stderr += record.length;
}
