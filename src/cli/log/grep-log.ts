import type { LogLine } from '../../shared/contract/log-stream.ts';
import { fromErrorData } from '../../shared/errors.ts';
import type { ViewChoice } from '../../core/logs/views/lines-view.ts';
import { checkCancelled } from '../../core/scope.ts';
import type { PrintedLog, ShownLines } from './log-lines.ts';
import type { LogOptions } from './log-options.ts';

const LOOK_MS = 50;

/** What becomes of the lines that are found. */
export interface FoundLines {
  lines(lines: readonly LogLine[]): Promise<void> | void;
  /** What follows stands apart from what was before. */
  gap(): Promise<void> | void;
}

/**
 * Finds the lines of a range that match, with those around them as `grep -C` does. Returns how many
 * match. @throws AppError `E_PATTERN`, `E_CANCELLED`
 */
export async function grepLog(
  log: PrintedLog,
  shown: ShownLines,
  options: LogOptions,
  to: FoundLines,
): Promise<number> {
  const { view, range } = shown;
  const around = new Around(shown, options.context ?? 0, to);
  let found = 0;
  for await (const lines of matches(log, shown.choice, options)) {
    await view.grow();
    for (const line of lines) {
      if (line < range.first || line >= range.end) continue;
      found++;
      await around.tell(line);
    }
  }
  return found;
}

/** What the search tells, until it is over. */
async function* matches(
  log: PrintedLog,
  choice: ViewChoice,
  options: LogOptions,
): AsyncGenerator<number[]> {
  const search = {
    pattern: options.grep ?? '',
    regex: options.fixedStrings !== true,
    matchCase: options.ignoreCase !== true,
  };
  const queue: number[][] = [];
  let wake = (): void => undefined;
  let [done, failure]: [boolean, unknown] = [false, null];
  const job = { id: log.id, choice, search };
  const running = log.core.logSearches.start(job, log.ended(), {
    found: (found) => {
      queue.push(found.lines);
      done = found.done;
      wake();
    },
    failed: (error) => {
      failure = fromErrorData(error);
      wake();
    },
  });
  const timer = setInterval(() => running.grown(log.ended()), LOOK_MS);
  const stop = () => wake();
  log.signal.addEventListener('abort', stop);
  try {
    for (;;) {
      yield* queue.splice(0);
      if (failure !== null) throw failure;
      checkCancelled(log.signal, 'Reading the log');
      if (done) return;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    clearInterval(timer);
    log.signal.removeEventListener('abort', stop);
    running.stop();
  }
}

/** Lines with their context, each line once. */
class Around {
  readonly #shown: ShownLines;
  readonly #context: number;
  readonly #to: FoundLines;
  #next = -1;

  constructor(shown: ShownLines, context: number, to: FoundLines) {
    this.#shown = shown;
    this.#context = context;
    this.#to = to;
  }

  async tell(line: number): Promise<void> {
    const { view, range, ends } = this.#shown;
    const from = Math.max(range.first, line - this.#context, this.#next);
    const to = Math.min(range.end, line + this.#context + 1);
    if (to <= from) return;
    if (this.#context > 0 && this.#next !== -1 && from > this.#next) await this.#to.gap();
    const lines = await view.page(from, to - from, ends);
    await this.#to.lines(lines);
    this.#next = from + lines.length;
  }
}
