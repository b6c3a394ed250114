import type { LogLine } from '../../../shared/contract/log-stream.ts';
import type { LogReader } from '../log-reader.ts';
import { readPage } from '../page-lines.ts';
import type { LinesView, ViewHead } from './lines-view.ts';

/** All lines of a log, as they are. */
export class WholeView implements LinesView {
  readonly #reader: LogReader;
  #lines = 0;

  constructor(reader: LogReader) {
    this.#reader = reader;
  }

  async grow(): Promise<ViewHead> {
    const { lines, bytes } = await this.#reader.head();
    this.#lines = lines;
    // The last one may be without its end.
    return { lines, bytes, settled: Math.max(0, lines - 1), more: false };
  }

  page(first: number, count: number, ends = false): Promise<LogLine[]> {
    return this.#reader.use((view) => readPage(view, first, count, ends));
  }

  async locate(number: number): Promise<number | null> {
    return number < this.#lines ? number : null;
  }

  from(number: number): Promise<number | null> {
    return this.locate(number);
  }
}
