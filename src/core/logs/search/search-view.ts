import { FOUND_LIMIT } from '../../../shared/contract/log-stream.ts';
import { checkCancelled } from '../../scope.ts';
import { removed } from '../log-files.ts';
import type { LinesView } from '../views/lines-view.ts';
import type { Matcher } from './matcher.ts';

/** Lines read at a time: the first few soon, then as many as are read fastest. */
const FIRST_LINES = 500;
const MOST_LINES = 8000;
const LINES_A_BEAT = 200;
const REPORT_MS = 40;

/** What a search has found since the last report. */
export interface Found {
  lines: number[];
  searched: number;
  done: boolean;
  capped: boolean;
}

export interface SearchParts {
  /** Whether nothing will be added to the log any more. */
  ended: () => boolean;
  /** Resolves when the log may have grown or ended. */
  grown: () => Promise<void>;
  report: (found: Found) => void;
  /** Called when a few lines are about to be looked at, and when they were. */
  beat: () => void;
}

/** Looks at all lines of a view from the first on, and goes on with a log that grows until it ends. */
export async function searchView(
  view: LinesView,
  matches: Matcher,
  parts: SearchParts,
  signal: AbortSignal,
): Promise<void> {
  const reports = new Reports(parts.report);
  for (let line = 0; ;) {
    const ended = parts.ended();
    const head = await view.grow();
    const end = ended && !head.more ? head.lines : head.whole;
    for (let size = FIRST_LINES; line < end && !reports.capped; size = MOST_LINES) {
      const page = await view.page(line, Math.min(size, end - line));
      checkCancelled(signal, 'The search');
      if (page.length === 0) throw removed();
      for (let from = 0; from < page.length; from += LINES_A_BEAT) {
        parts.beat();
        for (const [index, { text }] of page.slice(from, from + LINES_A_BEAT).entries()) {
          if (matches(text)) reports.found(line + from + index);
        }
        parts.beat();
      }
      line += page.length;
      reports.tell(line);
    }
    if (reports.capped || (ended && !head.more)) return reports.finish(line);
    reports.tell(line, !head.more);
    if (!head.more) await parts.grown();
    checkCancelled(signal, 'The search');
  }
}

/** Gathers what was found, so that it is told a few times a second. */
class Reports {
  readonly #report: (found: Found) => void;
  #lines: number[] = [];
  #count = 0;
  #told = { at: -REPORT_MS, searched: -1 };

  constructor(report: (found: Found) => void) {
    this.#report = report;
  }

  capped = false;

  found(line: number): void {
    if (this.#count === FOUND_LIMIT) this.capped = true;
    else {
      this.#count++;
      this.#lines.push(line);
    }
  }

  tell(searched: number, now = false): void {
    if (searched === this.#told.searched && this.#lines.length === 0) return;
    if (!now && performance.now() < this.#told.at + REPORT_MS) return;
    this.#send(searched, false);
  }

  finish(searched: number): void {
    this.#send(searched, true);
  }

  #send(searched: number, done: boolean): void {
    this.#told = { at: performance.now(), searched };
    this.#report({ lines: this.#lines, searched, done, capped: this.capped });
    this.#lines = [];
  }
}
