import type { ConsolePiece, HistoryRow, SystemSample, TrackedRunSink } from './tracked-run.ts';

/** Where the rows, pieces and samples of a run go while it is read; sizes are bytes of the file. */
export interface SeriesOutput {
  history(row: HistoryRow, size: number): void;
  console(piece: ConsolePiece, size: number): void;
  system(sample: SystemSample, size: number): void;
  /** Hands on what has come so far. */
  flush(): Promise<void>;
  /** The last of each, if nobody else has them. */
  kept(): { history: HistoryRow[]; console: ConsolePiece[]; system: SystemSample[] };
}

/** What is kept of each when nobody takes it. */
const COUNT_LIMIT = 1000;
const SIZE_LIMIT = 4 << 20;

/** The last items of a sequence. */
class Tail<T> {
  #items: { item: T; size: number }[] = [];
  #size = 0;

  add(item: T, size: number): void {
    this.#items.push({ item, size });
    this.#size += size;
    // Not one by one: taking the first item away moves all others.
    if (this.#items.length > 2 * COUNT_LIMIT || this.#size > 2 * SIZE_LIMIT) this.#shorten();
  }

  items(): T[] {
    this.#shorten();
    return this.#items.map(({ item }) => item);
  }

  #shorten(): void {
    let start = this.#items.length;
    let size = 0;
    while (start > 0 && this.#items.length - start < COUNT_LIMIT) {
      const next = this.#items[start - 1]?.size ?? 0;
      if (size > 0 && size + next > SIZE_LIMIT) break;
      size += next;
      start--;
    }
    this.#items = this.#items.slice(start);
    this.#size = size;
  }
}

/** Keeps the last of each. */
export class KeptSeries implements SeriesOutput {
  readonly #history = new Tail<HistoryRow>();
  readonly #console = new Tail<ConsolePiece>();
  readonly #system = new Tail<SystemSample>();

  history(row: HistoryRow, size: number): void {
    this.#history.add(row, size);
  }

  console(piece: ConsolePiece, size: number): void {
    this.#console.add(piece, size);
  }

  system(sample: SystemSample, size: number): void {
    this.#system.add(sample, size);
  }

  async flush(): Promise<void> {}

  kept(): ReturnType<SeriesOutput['kept']> {
    return {
      history: this.#history.items(),
      console: this.#console.items(),
      system: this.#system.items(),
    };
  }
}

/** What a sink threw: no problem of the run's files. */
export class SinkFailure extends Error {}

/** Hands everything on to a sink, in batches, and waits for it. */
export class SinkSeries implements SeriesOutput {
  readonly #sink: TrackedRunSink;
  #history: HistoryRow[] = [];
  #console: ConsolePiece[] = [];
  #system: SystemSample[] = [];

  constructor(sink: TrackedRunSink) {
    this.#sink = sink;
  }

  history(row: HistoryRow): void {
    this.#history.push(row);
  }

  console(piece: ConsolePiece): void {
    this.#console.push(piece);
  }

  system(sample: SystemSample): void {
    this.#system.push(sample);
  }

  async flush(): Promise<void> {
    const [history, pieces, system] = [this.#history, this.#console, this.#system];
    [this.#history, this.#console, this.#system] = [[], [], []];
    try {
      if (history.length > 0) await this.#sink.history(history);
      if (pieces.length > 0) await this.#sink.console(pieces);
      if (system.length > 0) await this.#sink.system(system);
    } catch (cause) {
      throw new SinkFailure('The sink failed.', { cause });
    }
  }

  kept(): ReturnType<SeriesOutput['kept']> {
    return { history: [], console: [], system: [] };
  }
}
