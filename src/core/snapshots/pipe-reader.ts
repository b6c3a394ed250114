import type { Readable } from 'node:stream';

const LINE_BYTES = 4096;
const NEWLINE = 0x0a;

/** Reads lines and counted bytes from a pipe. Every method returns null or false when it ended before. */
export class PipeReader {
  readonly #pieces: AsyncIterator<Buffer>;
  #ahead: Promise<IteratorResult<Buffer, unknown>>;
  #piece: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(pipe: Readable) {
    this.#pieces = pipe[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    // At once: Node throws away what a process printed that ends before anybody reads it.
    this.#ahead = this.#ask();
  }

  /** Fills all of `target`. */
  async fill(target: Buffer): Promise<boolean> {
    for (let filled = 0; filled < target.length;) {
      if (this.#at === this.#piece.length && !(await this.#next())) return false;
      const copied = this.#piece.copy(target, filled, this.#at);
      this.#at += copied;
      filled += copied;
    }
    return true;
  }

  /** The next line without its end. */
  async line(): Promise<string | null> {
    let line = '';
    while (line.length < LINE_BYTES) {
      if (this.#at === this.#piece.length && !(await this.#next())) return null;
      const end = this.#piece.indexOf(NEWLINE, this.#at);
      line += this.#piece.toString('latin1', this.#at, end < 0 ? undefined : end);
      this.#at = end < 0 ? this.#piece.length : end + 1;
      if (end >= 0) return line;
    }
    return null;
  }

  async #next(): Promise<boolean> {
    const { done, value } = await this.#ahead;
    if (done) return false;
    this.#ahead = this.#ask();
    this.#piece = value;
    this.#at = 0;
    return true;
  }

  #ask(): Promise<IteratorResult<Buffer, unknown>> {
    const asked = this.#pieces.next();
    asked.catch(() => undefined); // Awaited later; until then a failure must not count as unhandled.
    return asked;
  }
}
