import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { countLines, type OpenLine } from './line-splitter.ts';
import {
  advance,
  decodeRecord,
  follows,
  type IndexRecord,
  type LogState,
  RECORD_SIZE,
} from './index-record.ts';
import { readAt } from './log-files.ts';

const INDEX_CHUNK = 1024 * RECORD_SIZE;
/**
 * Bytes at the end whose checksums are compared: a power cut can keep a record and lose its bytes,
 * but only those of the last moments.
 */
const CHECKED_TAIL = 4 * 1024 * 1024;

export interface OpenFiles {
  log: FileHandle;
  index: FileHandle;
}

/**
 * Cuts both files back behind the last record up to which everything is consistent, and returns
 * the state there. `known` is a state that is sure; only what follows it is looked at.
 */
export async function cutBack(files: OpenFiles, known: LogState): Promise<LogState> {
  const { size } = await files.log.stat();
  const tail = await LogTail.read(files.log, size);
  const state: LogState = { ...known, open: { ...known.open } };
  const last = await adoptRecords(files.index, state, (record) => tail.allows(record));
  await files.log.truncate(state.bytes);
  await files.index.truncate(state.records * RECORD_SIZE);
  if (last) state.open = await openLineAfter(files.log, last);
  return state;
}

/** Moves `state` over all records that follow it and are allowed. Returns the last of them. */
async function adoptRecords(
  index: FileHandle,
  state: LogState,
  allowed: (record: IndexRecord) => boolean,
): Promise<IndexRecord | null> {
  let last: IndexRecord | null = null;
  for (;;) {
    const chunk = await readAt(index, state.records * RECORD_SIZE, INDEX_CHUNK);
    for (let start = 0; start < INDEX_CHUNK; start += RECORD_SIZE) {
      const record = decodeRecord(chunk, start);
      if (!record || !follows(state, record) || !allowed(record)) return last;
      advance(state, record);
      last = record;
    }
  }
}

/** The end of the bytes file, to check pieces against. */
class LogTail {
  readonly #bytes: Buffer;
  readonly #start: number;

  private constructor(bytes: Buffer, start: number) {
    this.#bytes = bytes;
    this.#start = start;
  }

  static async read(log: FileHandle, size: number): Promise<LogTail> {
    const start = Math.max(0, size - CHECKED_TAIL);
    return new LogTail(await readAt(log, start, size - start), start);
  }

  /** Whether the piece is there and, as far as it lies in the tail, holds what was written. */
  allows({ offset, length, checksum }: IndexRecord): boolean {
    const from = offset - this.#start;
    if (from + length > this.#bytes.length) return false;
    return from < 0 || crc32(this.#bytes.subarray(from, from + length)) === checksum;
  }
}

async function openLineAfter(log: FileHandle, record: IndexRecord): Promise<OpenLine> {
  const open = { stream: record.stream, length: 0 };
  const length = record.carry + record.length;
  countLines(open, record.stream, await readAt(log, record.offset - record.carry, length));
  return open;
}
