import type { LogLine } from '../../../shared/contract/log-stream.ts';
import { foldLine } from '../fold/fold-line.ts';
import type { LinesView, ViewHead } from './lines-view.ts';

/** The lines of a view, each as a terminal shows it; right where nothing moves between lines. */
export class LineFoldedView implements LinesView {
  readonly #base: LinesView;

  constructor(base: LinesView) {
    this.#base = base;
  }

  grow(): Promise<ViewHead> {
    return this.#base.grow();
  }

  async page(first: number, count: number): Promise<LogLine[]> {
    const lines = await this.#base.page(first, count);
    for (const line of lines) line.text = foldLine(line.text);
    return lines;
  }

  locate(number: number): Promise<number | null> {
    return this.#base.locate(number);
  }

  from(number: number): Promise<number | null> {
    return this.#base.from(number);
  }
}
