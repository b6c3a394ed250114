import { readSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { AppError } from '../../shared/errors.ts';
import { badArchive, badEntry } from '../transfer/archive-format.ts';
import { toBytes } from './path-bytes.ts';
import { fsCode, ioError } from './source-errors.ts';
import type { WorkControl } from './work-control.ts';

const BLOCK = 512;
const PIECE_BYTES = 64 * 1024;
/** What may be unpacked beyond what was admitted: headers, the end mark, and what buffers hold. */
const SLACK_BYTES = 4 * 1024 * 1024;

/** A plain file in an archive. It must be read to its end before the next one comes. */
export interface ArchiveEntry {
  name: string;
  size: number;
  pieces: AsyncIterable<Buffer>;
}

/**
 * The files of an archive, in order. `admit` is asked before any of an entry's bytes are unpacked, so
 * that no more is unpacked than what was declared, however small the archive is.
 * @throws AppError `E_ARCHIVE` when it is damaged, `E_ARCHIVE_ENTRY` when it holds more than files
 */
export async function* archiveEntries(
  { fd, file }: { fd: number; file: string },
  admit: (name: string, size: number) => void,
  control: WorkControl,
  onRead: (bytes: number) => void,
): AsyncGenerator<ArchiveEntry> {
  const meter = new Meter(control);
  const untar = extract();
  const flow = pipeline(
    packedBytes(fd, onRead),
    createGunzip({ chunkSize: PIECE_BYTES }),
    (pieces) => meter.pass(pieces),
    untar,
  );
  // The loop below meets its failure as well; here it only must not go on with a file that is closed.
  const ended = flow.catch(() => undefined);
  const failed = (error: unknown): unknown => meter.failure ?? readingError(error, file);
  try {
    for await (const entry of untar) {
      const { name, type, size } = entry.header;
      if (type !== 'file') throw badEntry(name, `which is a ${type}, not a file`);
      admit(name, size);
      meter.allowed += BLOCK * 2 + size;
      yield { name, size, pieces: piecesOf(entry, failed) };
    }
    await flow;
  } catch (error) {
    throw failed(error);
  } finally {
    untar.destroy();
    await ended;
  }
}

function* packedBytes(fd: number, onRead: (bytes: number) => void): Generator<Buffer> {
  for (let at = 0; ;) {
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    const read = readSync(fd, piece, 0, PIECE_BYTES, at);
    if (read === 0) return;
    at += read;
    onRead(at);
    yield piece.subarray(0, read);
  }
}

/** Counts what is unpacked, and stops it when it is more than was admitted. */
class Meter {
  allowed = SLACK_BYTES;
  failure: unknown = null;
  #seen = 0;
  readonly #control: WorkControl;

  constructor(control: WorkControl) {
    this.#control = control;
  }

  async *pass(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      this.#seen += piece.length;
      try {
        await this.#control.breathe();
        if (this.#seen > this.allowed) throw badArchive('holds more than its list of files says');
      } catch (error) {
        this.failure = error;
        throw error;
      }
      yield piece;
    }
  }
}

async function* piecesOf(
  entry: AsyncIterable<unknown>,
  failed: (error: unknown) => unknown,
): AsyncGenerator<Buffer> {
  try {
    for await (const piece of entry) yield piece as Buffer;
  } catch (error) {
    throw failed(error);
  }
}

/** The libraries tell of bad bytes with plain errors, and zlib with codes of its own. */
function readingError(error: unknown, file: string): unknown {
  if (error instanceof AppError) return error;
  const code = fsCode(error);
  if (code.startsWith('E') && !code.startsWith('ERR_')) return ioError(error, toBytes(file));
  return badArchive('is damaged, or not one of Slipway', error);
}
