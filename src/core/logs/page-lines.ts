import type { LogLine } from '../../shared/contract/log-stream.ts';
import type { IndexRecord } from './index-record.ts';
import { DamagedIndex } from './log-index.ts';
import { lineText, splitRun } from './line-splitter.ts';
import type { LogView } from './log-view.ts';

/** Bytes read at a time: a page of usual lines is found in one read. */
const WINDOW = 96 * 1024;

/** Consecutive bytes of a log and the pieces they lie in. */
interface Window {
  from: number;
  bytes: Buffer;
  pieces: IndexRecord[];
}

/** The bytes [from, to), which must be stored. */
export async function readWindow(view: LogView, from: number, to: number): Promise<Window> {
  const pieces = await view.index.covering(from, to);
  return { from, pieces, bytes: await view.bytes(from, to) };
}

/** Whether the last byte that is stored is the end of its line. */
export async function endsLine({ head, bytes }: LogView): Promise<boolean> {
  if (head.bytes === 0) return false;
  const [last] = await bytes(head.bytes - 1, head.bytes);
  return last === 0x0a;
}

/** `count` lines from line `first` on, fewer at the end. With `ends` their text has its line end. */
export async function readPage(
  view: LogView,
  first: number,
  count: number,
  ends = false,
): Promise<LogLine[]> {
  const { index, head } = view;
  if (first < 0 || first >= head.lines || count <= 0) return [];
  const start = await index.record(await index.search((record) => record.lines, first));
  const last = await index.record(await index.search((record) => record.lines, first + count));
  const end = last.offset + last.length;
  // A line that is open where the piece starts began before it, and how it is cut depends on where.
  const page = new PageLines({ first, count, ends }, start.lines - (start.carry > 0 ? 1 : 0));
  for (let from = start.offset - start.carry; from < end && !page.full;) {
    const to = Math.min(end, from + WINDOW);
    const used = page.add(await readWindow(view, from, to), to === head.bytes);
    // A window is longer than any line: only an index that contradicts the bytes gets stuck.
    if (used === 0) throw new DamagedIndex('its index is damaged');
    from += used;
  }
  return page.lines;
}

/** Takes windows of a log, each from the start of a line, and keeps the lines that were asked for. */
class PageLines {
  readonly lines: LogLine[] = [];
  readonly #wanted: { first: number; count: number; ends: boolean };
  #number: number;

  /** `number`: the line that the first window starts with. */
  constructor(wanted: { first: number; count: number; ends: boolean }, number: number) {
    this.#wanted = wanted;
    this.#number = number;
  }

  get full(): boolean {
    return this.lines.length === this.#wanted.count;
  }

  /** Returns up to where the window was used. `atEnd`: nothing is stored behind it. */
  add({ from, bytes, pieces }: Window, atEnd: boolean): number {
    let used = 0;
    for (const run of runsOf(from, bytes.length, pieces)) {
      const whole = run.end < bytes.length || atEnd;
      for (const line of splitRun(bytes.subarray(run.start, run.end), whole)) {
        if (this.full) return used;
        used = run.start + line.end;
        const number = this.#number++;
        if (number < this.#wanted.first) continue;
        const text = lineText(bytes, run.start + line.start, used, this.#wanted.ends);
        const at = run.timeAt(from + run.start + line.start);
        this.lines.push({ text, stream: run.stream, number, at, continues: line.continues });
      }
    }
    return used;
  }
}

interface Run {
  stream: number;
  start: number;
  end: number;
  /** Time of the piece that holds the byte at this offset of the log; to be asked in rising order. */
  timeAt(offset: number): number;
}

/** Joins neighbouring pieces of one stream. Starts and ends are places in the window. */
function* runsOf(from: number, length: number, pieces: readonly IndexRecord[]): Generator<Run> {
  for (let first = 0; first < pieces.length;) {
    let next = first + 1;
    const piece = pieces[first];
    if (!piece) return;
    while (pieces[next]?.stream === piece.stream) next++;
    const start = Math.max(0, piece.offset - from);
    const end = Math.min(length, (pieces[next]?.offset ?? Infinity) - from);
    yield { stream: piece.stream, start, end, timeAt: timesOf(pieces, first) };
    first = next;
  }
}

function timesOf(pieces: readonly IndexRecord[], first: number): (offset: number) => number {
  let index = first;
  return (offset) => {
    while ((pieces[index + 1]?.offset ?? Infinity) <= offset) index++;
    return pieces[index]?.at ?? 0;
  };
}
