import type { Sqlite } from '../db/sqlite.ts';
import { pack, type Packed } from './codec.ts';

/** Bytes of a chunk before compression. */
export const CHUNK_BYTES = 512 * 1024;
const IN_FLIGHT = 4;
const BATCH_BYTES = 4 * 1024 * 1024;

interface Placed {
  sha: string;
  start: number;
  length: number;
}

/** A large file on its way: its chunks go in as they are read, its blob when the digest is known. */
interface LargeBlob {
  parts: { chunk: number; length: number }[];
}

type Item =
  | {
      kind: 'chunk';
      buffer: Buffer;
      used: number;
      placed: Placed[];
      large: LargeBlob | null;
      packed: Promise<Packed>;
    }
  | { kind: 'large'; large: LargeBlob; sha: string | null };

type Ready = { item: Item; packed: Packed | null };

/**
 * Writes blobs. Small ones are gathered in a chunk, a full chunk is compressed in the thread pool
 * while the next one fills, and finished chunks are inserted in batches, in order.
 */
export class ChunkWriter {
  readonly #db: Sqlite;
  readonly #known = new Set<string>();
  readonly #queue: Item[] = [];
  #ready: Ready[] = [];
  #readyBytes = 0;
  readonly #spare: Buffer[] = [];
  #buffer: Buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  #used = 0;
  #placed: Placed[] = [];
  /** A new file is worth knowing: asking for each digest would take a tenth of a first snapshot. */
  readonly #isNew: boolean;
  readonly #has;
  readonly #addChunk;
  readonly #addBlob;
  readonly #dropChunk;

  constructor(db: Sqlite) {
    this.#db = db;
    this.#has = db
      .prepare<[Buffer], number>('SELECT 1 FROM blobs WHERE sha = ? AND part = 0')
      .pluck();
    this.#isNew = db.prepare('SELECT 1 FROM blobs LIMIT 1').get() === undefined;
    this.#addChunk = db.prepare<[string, number, Buffer]>(
      'INSERT INTO chunks (codec, size, data) VALUES (?, ?, ?)',
    );
    this.#addBlob = db.prepare<[Buffer, number, number, number, number]>(
      'INSERT OR IGNORE INTO blobs (sha, part, chunk, start, length) VALUES (?, ?, ?, ?, ?)',
    );
    this.#dropChunk = db.prepare<[number]>('DELETE FROM chunks WHERE id = ?');
  }

  /** True when the content is stored, or on its way. */
  has(sha: string): boolean {
    if (this.#known.has(sha)) return true;
    if (this.#isNew || this.#has.get(Buffer.from(sha, 'hex')) === undefined) return false;
    this.#known.add(sha);
    return true;
  }

  /** True when `size` bytes can be read into {@link space} at once. */
  fits(size: number): boolean {
    return this.#used + size <= CHUNK_BYTES;
  }

  /** Where the next `size` bytes go; they count only after {@link keep}. */
  space(size: number): Buffer {
    return this.#buffer.subarray(this.#used, this.#used + size);
  }

  /** Takes what was put into {@link space} as the content of a blob. */
  keep(sha: string, length: number): void {
    this.#known.add(sha);
    this.#placed.push({ sha, start: this.#used, length });
    this.#used += length;
  }

  /** Begins a file that is larger than a chunk. */
  startLarge(): LargeBlob {
    return { parts: [] };
  }

  /** Stores the first `used` bytes of {@link space} as the next part of a large file. */
  async addPart(large: LargeBlob, used: number): Promise<void> {
    this.#used = used;
    await this.#send(large);
  }

  /** Ends a large file; without a digest, or with a known one, its parts are dropped again. */
  endLarge(large: LargeBlob, sha: string | null): void {
    const fresh = sha !== null && !this.has(sha);
    if (fresh) this.#known.add(sha);
    this.#queue.push({ kind: 'large', large, sha: fresh ? sha : null });
  }

  /** Sends the chunk that is being filled on its way; waits when too many are. */
  async flush(): Promise<void> {
    if (this.#placed.length > 0) await this.#send(null);
  }

  /** Waits until everything is inserted. */
  async finish(): Promise<void> {
    await this.flush();
    while (this.#queue.length > 0) await this.#settleOldest();
    this.#insertReady();
  }

  /** Waits for work under way, so that nothing runs on after a failure; drops what was not inserted. */
  async abandon(): Promise<void> {
    const packing = this.#queue.flatMap((item) => (item.kind === 'chunk' ? [item.packed] : []));
    await Promise.allSettled(packing);
    const unfinished = [...this.#ready.map(({ item }) => item), ...this.#queue];
    const larges = new Set(unfinished.flatMap((item) => (item.large ? [item.large] : [])));
    try {
      for (const large of larges) this.#dropParts(large);
    } catch {
      // A full disk, most likely: the failure that led here says so. Unused parts hurt nobody.
    }
  }

  async #send(large: LargeBlob | null): Promise<void> {
    const buffer = this.#buffer;
    const used = this.#used;
    const packed = pack(buffer.subarray(0, used));
    packed.catch(() => undefined); // Awaited later; until then a failure must not count as unhandled.
    this.#queue.push({ kind: 'chunk', buffer, used, placed: this.#placed, large, packed });
    this.#buffer = this.#spare.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES);
    this.#used = 0;
    this.#placed = [];
    while (this.#queue.length > IN_FLIGHT) await this.#settleOldest();
  }

  async #settleOldest(): Promise<void> {
    const item = this.#queue.shift();
    if (!item) return;
    const packed = item.kind === 'chunk' ? await item.packed : null;
    this.#ready.push({ item, packed });
    this.#readyBytes += packed?.data.length ?? 0;
    if (this.#readyBytes >= BATCH_BYTES) this.#insertReady();
  }

  #insertReady(): void {
    const ready = this.#ready;
    if (ready.length === 0) return;
    this.#db
      .transaction(() => {
        for (const { item, packed } of ready) this.#insert(item, packed);
      })
      .immediate();
    this.#ready = [];
    this.#readyBytes = 0;
    for (const { item } of ready) if (item.kind === 'chunk') this.#spare.push(item.buffer);
  }

  #insert(item: Item, packed: Packed | null): void {
    if (item.kind === 'large') return this.#insertLarge(item.large, item.sha);
    if (!packed) return;
    const row = this.#addChunk.run(packed.codec, item.used, packed.data);
    const chunk = Number(row.lastInsertRowid);
    item.large?.parts.push({ chunk, length: item.used });
    for (const { sha, start, length } of item.placed) {
      this.#addBlob.run(Buffer.from(sha, 'hex'), 0, chunk, start, length);
    }
  }

  #insertLarge(large: LargeBlob, sha: string | null): void {
    // Another process may have stored the same content meanwhile.
    const key = sha === null ? null : Buffer.from(sha, 'hex');
    if (!key || this.#has.get(key) !== undefined) return this.#dropParts(large);
    large.parts.forEach(({ chunk, length }, part) => {
      this.#addBlob.run(key, part, chunk, 0, length);
    });
  }

  #dropParts(large: LargeBlob): void {
    for (const { chunk } of large.parts) this.#dropChunk.run(chunk);
  }
}
