import type { LogLine } from '../../shared/contract/log-stream.ts';
import type { Core } from '../../core/create-core.ts';
import { withoutSequences } from '../../core/logs/fold/sequences.ts';
import type { LinesView, ViewChoice } from '../../core/logs/views/lines-view.ts';
import { checkCancelled, delay } from '../../core/scope.ts';
import type { LogOptions } from './log-options.ts';

const PAGE = 2000;
/** Time between looks at a log that is followed. */
const LOOK_MS = 50;

/** The log that is printed. */
export interface PrintedLog {
  core: Core;
  id: string;
  /** Whether no more will be written to it, as far as it is waited for. */
  ended: () => boolean;
  signal: AbortSignal;
}

/** Lines [first, end) of a view. */
export interface LineRange {
  first: number;
  end: number;
}

/** The lines that are asked for, as a view of the log has them. */
export interface ShownLines {
  choice: ViewChoice;
  view: LinesView;
  range: LineRange;
  /** Their text has its line end. */
  ends: boolean;
}

/** Stored lines as they are, or what a terminal would have shown of them. */
export async function linesOf(
  log: PrintedLog,
  options: LogOptions,
  as: { folded: boolean; ends: boolean },
): Promise<ShownLines> {
  const { stream } = options;
  const choice = { streams: stream === undefined ? null : [stream], folded: as.folded };
  const view = log.core.logs.view(log.id, choice);
  return { choice, view, range: await rangeOf(log, view, options), ends: as.ends };
}

/** Lines [first, end) of the view, by the times and the tail that were asked for. */
async function rangeOf(
  { core, id, signal }: PrintedLog,
  view: LinesView,
  { since, until, tail }: LogOptions,
): Promise<LineRange> {
  let head = await view.grow();
  while (head.more) {
    checkCancelled(signal, 'Reading the log');
    head = await view.grow();
  }
  const lineAt = async (time: number): Promise<number> => {
    const number = await core.logs.lineAt(id, time);
    return (number === null ? null : await view.from(number)) ?? head.lines;
  };
  const end = until === undefined ? Infinity : await lineAt(until);
  const first = since === undefined ? 0 : await lineAt(since);
  const last = Math.min(end, head.lines);
  return { first: tail === undefined ? first : Math.max(first, last - tail), end };
}

/** Pages of lines, going on with a log that is followed until it ends. */
export async function* pagesOf(
  { ended, signal }: PrintedLog,
  { view, range: { first, end }, ends }: ShownLines,
): AsyncGenerator<LogLine[]> {
  for (let line = first; line < end;) {
    checkCancelled(signal, 'Reading the log');
    const last = ended();
    const head = await view.grow();
    const there = Math.min(end, last && !head.more ? head.lines : head.whole);
    while (line < there) {
      const page = await view.page(line, Math.min(PAGE, there - line), ends);
      if (page.length === 0) return;
      line += page.length;
      yield page;
    }
    if (last && !head.more) return;
    if (!head.more) await delay(LOOK_MS, signal);
  }
}

/** A line as it is printed, with its end. */
export function printedLine(line: LogLine, { timestamps, raw }: LogOptions): string {
  const time = timestamps ? `${new Date(line.at).toISOString()} ` : '';
  if (raw) return `${time}${line.text}`;
  // Colours are for a terminal; without one the text is what counts.
  const text = process.stdout.isTTY ? line.text : withoutSequences(line.text);
  return `${time}${text}\n`;
}

/** Waits while the reader is slow. */
export function write(text: string): Promise<void> | void {
  if (process.stdout.write(text)) return;
  return new Promise((resolve) => process.stdout.once('drain', resolve));
}
