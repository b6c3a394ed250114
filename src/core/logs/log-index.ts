import type { FileHandle } from 'node:fs/promises';
import { decodeRecord, type IndexRecord, RECORD_SIZE } from './index-record.ts';
import { readAt } from './log-files.ts';

/** Records that are read, and kept, at a time. */
export const BLOCK_RECORDS = 128;
const BLOCK_SIZE = BLOCK_RECORDS * RECORD_SIZE;
const MOST_BLOCKS = 64;

/** A record inside the index is not what it should be. */
export class DamagedIndex extends Error {}

/** Where blocks of records come from: a file, or a whole index in memory. */
type BlockSource = (from: number, length: number) => Promise<Buffer>;

export const fromFile =
  (file: FileHandle): BlockSource =>
  (from, length) =>
    readAt(file, from, length);

export const fromMemory =
  (index: Buffer): BlockSource =>
  (from, length) =>
    Promise.resolve(index.subarray(from, from + length));

/** The blocks of one index that were read last; records never change, so full blocks stay true. */
export class BlockCache {
  readonly #blocks = new Map<number, Buffer>();

  get(block: number): Buffer | undefined {
    const found = this.#blocks.get(block);
    if (!found) return undefined;
    this.#blocks.delete(block);
    this.#blocks.set(block, found);
    return found;
  }

  set(block: number, bytes: Buffer): void {
    this.#blocks.delete(block);
    this.#blocks.set(block, bytes);
    const [oldest] = this.#blocks.keys();
    if (this.#blocks.size > MOST_BLOCKS && oldest !== undefined) this.#blocks.delete(oldest);
  }
}

/** The first `count` records of an index, for search and for reading in order. */
export class LogIndex {
  readonly #source: BlockSource;
  readonly #cache: BlockCache;
  readonly count: number;

  constructor(source: BlockSource, cache: BlockCache, count: number) {
    this.#source = source;
    this.#cache = cache;
    this.count = count;
  }

  /** Throws {@link DamagedIndex} when there is no whole record. */
  async record(at: number): Promise<IndexRecord> {
    const record = at < 0 ? null : await this.recordIfWhole(at);
    if (!record) throw new DamagedIndex('its index is damaged');
    return record;
  }

  async recordIfWhole(at: number): Promise<IndexRecord | null> {
    return decodeIn(await this.#block(at), at);
  }

  /**
   * The last record whose `key` is at most `value`, or -1. The key must not fall from record to
   * record, as it does for all of a record's sums.
   */
  async search(key: (record: IndexRecord) => number, value: number): Promise<number> {
    let low = -1;
    let high = this.count - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (key(await this.record(middle)) <= value) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The records from `at` to the end of its block, for whoever goes through all of them. */
  async block(at: number): Promise<IndexRecord[]> {
    const bytes = await this.#block(at);
    const end = Math.min(this.count, at - (at % BLOCK_RECORDS) + BLOCK_RECORDS);
    const records: IndexRecord[] = [];
    for (let next = at; next < end; next++) {
      const record = decodeIn(bytes, next);
      if (!record) throw new DamagedIndex('its index is damaged');
      records.push(record);
    }
    return records;
  }

  /** The records of the pieces that hold the bytes [from, to), which must be stored. */
  async covering(from: number, to: number): Promise<IndexRecord[]> {
    const found: IndexRecord[] = [];
    // Before the first record: then it is no first record, which is found out below.
    let at = Math.max(0, await this.search(offsetOf, from));
    for (let next = from; next < to;) {
      const block = at < this.count ? await this.#block(at) : EMPTY;
      do {
        const record = decodeIn(block, at++);
        const begins =
          record && (found.length > 0 ? record.offset === next : record.offset <= next);
        const end = record && begins ? record.offset + record.length : 0;
        if (!record || end <= next) throw new DamagedIndex('its index is damaged');
        found.push(record);
        next = end;
      } while (next < to && at % BLOCK_RECORDS !== 0);
    }
    return found;
  }

  #block(at: number): Buffer | Promise<Buffer> {
    const cached = this.#cache.get(Math.floor(at / BLOCK_RECORDS));
    const covers = cached && cached.length > (at % BLOCK_RECORDS) * RECORD_SIZE;
    return covers ? cached : this.#load(at);
  }

  async #load(at: number): Promise<Buffer> {
    const block = Math.floor(at / BLOCK_RECORDS);
    const length = Math.min(BLOCK_SIZE, this.count * RECORD_SIZE - block * BLOCK_SIZE);
    const bytes = await this.#source(block * BLOCK_SIZE, length);
    this.#cache.set(block, bytes);
    return bytes;
  }
}

const EMPTY = Buffer.alloc(0);

const offsetOf = (record: IndexRecord): number => record.offset;

const decodeIn = (block: Buffer, at: number): IndexRecord | null =>
  decodeRecord(block, (at % BLOCK_RECORDS) * RECORD_SIZE);
