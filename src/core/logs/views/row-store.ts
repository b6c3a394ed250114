import { deflateSync, inflateSync } from 'node:zlib';
import type { LogLine } from '../../../shared/contract/log-stream.ts';

/** A row that a terminal shows and no line of the log is. */
export interface StoredRow extends LogLine {
  /** Places in the base view of the first and the last line that wrote in it. */
  first: number;
  last: number;
}

const CHUNK_ROWS = 64;
/** Bytes of packed rows that are kept of one view: rows of about a million different progress bars. */
const MOST_BYTES = 48 * 1024 * 1024;

/** Rows in the order of the view, packed, as a log can make any number of them. */
export class RowStore {
  readonly #chunks: Buffer[] = [];
  #filling: StoredRow[] = [];
  #bytes = 0;
  #read: { chunk: number; rows: StoredRow[] } | null = null;

  get length(): number {
    return this.#chunks.length * CHUNK_ROWS + this.#filling.length;
  }

  get full(): boolean {
    return this.#bytes > MOST_BYTES;
  }

  push(row: StoredRow): void {
    this.#filling.push(row);
    if (this.#filling.length < CHUNK_ROWS) return;
    const packed = deflateSync(JSON.stringify(this.#filling), { level: 1 });
    this.#chunks.push(packed);
    this.#bytes += packed.length;
    this.#filling = [];
  }

  get(index: number): StoredRow | undefined {
    return this.#rowsOf(Math.floor(index / CHUNK_ROWS))[index % CHUNK_ROWS];
  }

  #rowsOf(chunk: number): StoredRow[] {
    const packed = this.#chunks[chunk];
    if (!packed) return chunk === this.#chunks.length ? this.#filling : [];
    if (this.#read?.chunk === chunk) return this.#read.rows;
    const rows = JSON.parse(inflateSync(packed).toString('utf8')) as StoredRow[];
    this.#read = { chunk, rows };
    return rows;
  }
}
