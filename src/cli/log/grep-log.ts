import { fromErrorData } from '../../shared/errors.ts';
import type { LinesView } from '../../core/logs/views/lines-view.ts';
import { choiceOf, type PrintedLog, printedLine, write } from './log-lines.ts';
import type { LogOptions } from './log-options.ts';

const LOOK_MS = 50;

/**
 * Prints the lines of a range that match, with those around them as `grep -C` does. Returns how many
 * there are. @throws AppError `E_PATTERN`
 */
export async function grepLog(
  log: PrintedLog,
  view: LinesView,
  range: { first: number; end: number },
  options: LogOptions,
): Promise<number> {
  const printer = new Printer(view, range, options);
  let found = 0;
  for await (const lines of matches(log, options)) {
    await view.grow();
    for (const line of lines) {
      if (line < range.first || line >= range.end) continue;
      found++;
      await printer.print(line);
    }
  }
  return found;
}

/** What the search tells, until it is over. */
async function* matches(log: PrintedLog, options: LogOptions): AsyncGenerator<number[]> {
  const search = {
    pattern: options.grep ?? '',
    regex: options.fixedStrings !== true,
    matchCase: options.ignoreCase !== true,
  };
  const queue: number[][] = [];
  let wake = (): void => undefined;
  let [done, failure]: [boolean, unknown] = [false, null];
  const job = { id: log.id, choice: choiceOf(options), search };
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
      if (done || log.signal.aborted) return;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    clearInterval(timer);
    log.signal.removeEventListener('abort', stop);
    running.stop();
  }
}

/** Prints lines with their context, each line once and `--` between what is apart. */
class Printer {
  readonly #view: LinesView;
  readonly #range: { first: number; end: number };
  readonly #options: LogOptions;
  #next = -1;

  constructor(view: LinesView, range: { first: number; end: number }, options: LogOptions) {
    this.#view = view;
    this.#range = range;
    this.#options = options;
  }

  async print(line: number): Promise<void> {
    const context = this.#options.context ?? 0;
    const from = Math.max(this.#range.first, line - context, this.#next);
    const to = Math.min(this.#range.end, line + context + 1);
    if (to <= from) return;
    if (context > 0 && this.#next !== -1 && from > this.#next) await write('--\n');
    const lines = await this.#view.page(from, to - from);
    await write(lines.map((each) => printedLine(each, this.#options)).join(''));
    this.#next = from + lines.length;
  }
}
