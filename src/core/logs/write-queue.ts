import type { LogState } from './index-record.ts';
import { PieceIndexer } from './piece-indexer.ts';
import { BATCH_SIZE, type FinishedBatch, WriteBatch } from './write-batch.ts';

/** What waits to be written, in order: full batches, and the one being filled. */
export class WriteQueue {
  readonly #indexer: PieceIndexer;
  #filling = new WriteBatch();
  #finished: FinishedBatch[] = [];
  #spare: Buffer | null = null;

  /** What is added goes behind `state`. */
  constructor(state: LogState) {
    this.#indexer = new PieceIndexer({ ...state, open: { ...state.open } });
  }

  /** Copies `bytes`. */
  add(stream: number, bytes: Buffer, at: number): void {
    for (let done = 0; done < bytes.length;) {
      done += this.#filling.add(stream, bytes.subarray(done), at, this.#indexer);
      if (this.#filling.full) this.#finish();
    }
  }

  get hasFull(): boolean {
    return this.#finished.length > 0;
  }

  next(): FinishedBatch | undefined {
    return this.#finished.shift();
  }

  /** Lets what is not full yet be written as it is. */
  endBatch(): void {
    if (this.#filling.length > 0) this.#finish();
  }

  /** Takes a written batch's memory back. */
  recycle({ buffer }: FinishedBatch): void {
    if (buffer.length === BATCH_SIZE) this.#spare = buffer;
  }

  #finish(): void {
    this.#finished.push(this.#filling.finish(this.#indexer));
    this.#filling = new WriteBatch(this.#spare ?? undefined);
    this.#spare = null;
  }
}
