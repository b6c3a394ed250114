import { createHash } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { Sqlite } from '../db/sqlite.ts';
import { unpack, type Packed } from './codec.ts';

/** Unpacked chunks kept at hand: the files of a folder mostly share a few. */
const CACHED_CHUNKS = 8;

interface Part {
  chunk: number;
  start: number;
  length: number;
}

const damaged = (sha: string, cause?: unknown): AppError =>
  new AppError('E_DB_DAMAGED', `The stored content of a file is damaged (${sha.slice(0, 12)}).`, {
    next: 'Restore a backup of snapshots.db; the other snapshots in it can still be used.',
    cause,
  });

/** Reads blobs and proves that they are what their digest says. */
export class BlobReader {
  readonly #parts;
  readonly #chunk;
  readonly #cache = new Map<number, Buffer>();

  constructor(db: Sqlite) {
    this.#parts = db.prepare<[Buffer], Part>(
      'SELECT chunk, start, length FROM blobs WHERE sha = ? ORDER BY part',
    );
    this.#chunk = db.prepare<[number], Packed & { size: number }>(
      'SELECT codec, size, data FROM chunks WHERE id = ?',
    );
  }

  /** The pieces of a blob in order. Throws `E_DB_DAMAGED`, at the latest after the last piece. */
  *pieces(sha: string, size: number): Generator<Buffer> {
    const hash = createHash('sha256');
    let left = size;
    for (const piece of this.#unproven(sha)) {
      left -= piece.length;
      if (left < 0) throw damaged(sha);
      hash.update(piece);
      yield piece;
    }
    if (left !== 0 || hash.digest('hex') !== sha) throw damaged(sha);
  }

  /** Up to `limit` first bytes of a blob; proven only when that is all of it. */
  head(sha: string, size: number, limit: number): Buffer {
    const pieces: Buffer[] = [];
    let length = 0;
    for (const piece of limit >= size ? this.pieces(sha, size) : this.#unproven(sha)) {
      pieces.push(piece);
      length += piece.length;
      if (length >= limit && limit < size) break;
    }
    return Buffer.concat(pieces).subarray(0, limit);
  }

  *#unproven(sha: string): Generator<Buffer> {
    const parts = this.#parts.all(Buffer.from(sha, 'hex'));
    if (parts.length === 0) throw damaged(sha);
    for (const { chunk, start, length } of parts) {
      yield this.#unpacked(chunk, sha).subarray(start, start + length);
    }
  }

  #unpacked(id: number, sha: string): Buffer {
    const cached = this.#cache.get(id);
    if (cached) return cached;
    const row = this.#chunk.get(id);
    if (!row) throw damaged(sha);
    const bytes = this.#unpackRow(row, sha);
    const oldest = this.#cache.keys().next();
    if (this.#cache.size >= CACHED_CHUNKS && !oldest.done) this.#cache.delete(oldest.value);
    this.#cache.set(id, bytes);
    return bytes;
  }

  #unpackRow(row: Packed & { size: number }, sha: string): Buffer {
    try {
      const bytes = unpack(row, row.size);
      if (bytes.length === row.size) return bytes;
    } catch (error) {
      throw damaged(sha, error);
    }
    throw damaged(sha);
  }
}
