import type { FileHandle } from 'node:fs/promises';
import { AppError, cancelled } from '../../shared/errors.ts';
import { BLOCK_SIZE, RecordSplitter } from './record-splitter.ts';

/** `:W&B`, the magic number 0xBEE1 (little endian) and version 0. */
export const FILE_HEADER: Buffer = Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0]);
/** Read at once, in blocks. */
const PIECE = 8 * BLOCK_SIZE;
/** Largest record that is taken, in bytes: the SDK keeps media and large tables in files of their own. */
const RECORD_LIMIT = 32 << 20;

/** Gets what is in the file, in order. */
export interface RecordTaker {
  /** The bytes are valid during the call only. */
  record(bytes: Buffer): void;
  /** Now and then, and at the end: the moment to wait for whatever takes the results. */
  flush(): void | Promise<void>;
}

/** What of the file could not be taken. */
export interface WandbFileReport {
  damaged: number;
  tooLong: number;
}

/**
 * Reads the records of a `.wandb` file piece by piece, in memory that does not grow with it. It ends
 * where the file does, be it in the middle of a record: the run may still be writing.
 * @throws AppError `E_SOURCE_UNREADABLE` for another kind of file, `E_CANCELLED`
 */
export async function readWandbFile(
  file: FileHandle,
  taker: RecordTaker,
  signal: AbortSignal,
  recordLimit: number = RECORD_LIMIT,
): Promise<WandbFileReport> {
  const splitter = new RecordSplitter((bytes) => taker.record(bytes), recordLimit);
  const piece = Buffer.alloc(PIECE);
  for (let position = 0; ; position += PIECE) {
    if (signal.aborted) throw cancelled('Reading the run');
    const length = await fill(file, piece, position);
    if (position === 0) checkHeader(piece.subarray(0, Math.min(length, FILE_HEADER.length)));
    splitBlocks(splitter, piece.subarray(0, length), position === 0 ? FILE_HEADER.length : 0);
    await taker.flush();
    if (length < PIECE) return { damaged: splitter.damaged, tooLong: splitter.tooLong };
  }
}

function splitBlocks(splitter: RecordSplitter, piece: Buffer, from: number): void {
  for (let at = 0; at < piece.length; at += BLOCK_SIZE) {
    splitter.block(piece.subarray(at, at + BLOCK_SIZE), at === 0 ? from : 0);
  }
}

/** Reads until the buffer is full or the file ends; returns the number of bytes. */
async function fill(file: FileHandle, buffer: Buffer, position: number): Promise<number> {
  let length = 0;
  while (length < buffer.length) {
    const left = buffer.length - length;
    const { bytesRead } = await file.read(buffer, length, left, position + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}

/** A header that is not all there yet is no error: the SDK has just begun. */
function checkHeader(start: Buffer): void {
  if (start.equals(FILE_HEADER.subarray(0, start.length))) return;
  const newer = start.subarray(0, 6).equals(FILE_HEADER.subarray(0, 6));
  throw new AppError(
    'E_SOURCE_UNREADABLE',
    newer
      ? `The file is of a newer format (${start[6]}) than this version of Slipway reads.`
      : 'The file is no log of a W&B run.',
    { next: newer ? 'Update Slipway.' : 'Check that the folder is a run folder of the W&B SDK.' },
  );
}
