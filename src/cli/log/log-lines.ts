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

/** Raw lines are what is stored; else a terminal gets what it would have shown. */
export const choiceOf = ({ stream, raw }: LogOptions): ViewChoice => ({
  streams: stream === undefined ? null : [stream],
  folded: raw !== true && process.stdout.isTTY,
});

/** Lines [first, end) of the view, by the times and the tail that were asked for. */
export async function rangeOf(
  { core, id, signal }: PrintedLog,
  view: LinesView,
  { since, until, tail }: LogOptions,
): Promise<{ first: number; end: number }> {
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

/** Pages of lines [first, end), going on with a log that is followed until it ends. */
export async function* pagesOf(
  { ended, signal }: PrintedLog,
  view: LinesView,
  { first, end }: { first: number; end: number },
): AsyncGenerator<LogLine[]> {
  for (let line = first; line < end;) {
    checkCancelled(signal, 'Reading the log');
    const last = ended();
    const head = await view.grow();
    const there = Math.min(end, last && !head.more ? head.lines : head.settled);
    while (line < there) {
      const page = await view.page(line, Math.min(PAGE, there - line));
      if (page.length === 0) return;
      line += page.length;
      yield page;
    }
    if (last && !head.more) return;
    if (!head.more) await delay(LOOK_MS, signal);
  }
}

/** A line as it is printed, with its end. */
export function printedLine(line: LogLine, { timestamps }: LogOptions): string {
  // Colours are for a terminal; without one the text is what counts.
  const text = process.stdout.isTTY ? line.text : withoutSequences(line.text);
  const time = timestamps ? `${new Date(line.at).toISOString()} ` : '';
  return `${time}${text}\n`;
}

/** Waits while the reader is slow. */
export function write(text: string): Promise<void> | void {
  if (process.stdout.write(text)) return;
  return new Promise((resolve) => process.stdout.once('drain', resolve));
}
