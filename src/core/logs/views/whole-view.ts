import type { LogLine } from '../../../shared/contract/log-stream.ts';
import type { LogReader } from '../log-reader.ts';
import { endsLine, readPage } from '../page-lines.ts';
import type { LinesView, ViewHead } from './lines-view.ts';

/** All lines of a log, as they are. */
export class WholeView implements LinesView {
  readonly #reader: LogReader;
  #lines = 0;

  constructor(reader: LogReader) {
    this.#reader = reader;
  }

  async grow(): Promise<ViewHead> {
    return this.#reader.use(async (view) => {
      const { lines, bytes } = view.head;
      this.#lines = lines;
      // The last one may be without its end.
      const settled = Math.max(0, lines - 1);
      return {
        lines,
        bytes,
        settled,
        whole: (await endsLine(view)) ? lines : settled,
        more: false,
      };
    });
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
