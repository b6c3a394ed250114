import { createHash } from 'node:crypto';
import type { LogSink } from '../engine.ts';

/** What of one stream is stored. */
export interface StoredStream {
  bytes: number;
  /** SHA-256 of them. */
  digest: string;
}

/** Reads the stored bytes of one stream once, to align by. */
export async function storedStream(sink: LogSink, stream: 1 | 2): Promise<StoredStream> {
  const { stdout, stderr } = sink.position();
  const bytes = stream === 1 ? stdout : stderr;
  const hash = createHash('sha256');
  if (bytes > 0) {
    for await (const chunk of sink.readStream(stream, 0, bytes)) {
      hash.update(chunk);
    }
  }
  return { bytes, digest: hash.digest('hex') };
}

/**
 * Finds where the engine's copy of one stream goes on from what is stored: it passes over as many
 * bytes as are stored, and compares them by their digest.
 */
export class StreamAligner {
  readonly #stored: StoredStream;
  readonly #hash = createHash('sha256');
  #seen = 0;
  #same: boolean | null = null;

  constructor(stored: StoredStream) {
    this.#stored = stored;
  }

  /** False when the engine's copy is not what is stored; null until that many bytes came. */
  get same(): boolean | null {
    return this.#stored.bytes === 0 ? true : this.#same;
  }

  /** Bytes that were stored when it began. */
  get stored(): number {
    return this.#stored.bytes;
  }

  /** Bytes of the engine's copy so far. */
  get seen(): number {
    return this.#seen;
  }

  /** The part of the engine's next bytes that is not stored; null when there is none. */
  take(bytes: Buffer): Buffer | null {
    const known = Math.min(bytes.length, Math.max(0, this.#stored.bytes - this.#seen));
    if (known > 0) this.#compare(bytes.subarray(0, known));
    this.#seen += bytes.length - known;
    return known < bytes.length ? bytes.subarray(known) : null;
  }

  #compare(bytes: Buffer): void {
    this.#hash.update(bytes);
    this.#seen += bytes.length;
    if (this.#seen === this.#stored.bytes) {
      this.#same = this.#hash.digest('hex') === this.#stored.digest;
    }
  }
}
