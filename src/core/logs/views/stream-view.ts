import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogLine } from '../../../shared/contract/log-stream.ts';

import type { IndexRecord } from '../index-record.ts';
import { BLOCK_RECORDS } from '../log-index.ts';
import type { LogReader } from '../log-reader.ts';
import type { LogView } from '../log-view.ts';
import { endsLine, readPage } from '../page-lines.ts';
import type { LinesView, ViewHead } from './lines-view.ts';

/** Blocks of the index that are looked through at a time, in about a millisecond. */
const BLOCKS_AT_ONCE = 16;
const GROW_MS = 50;
/** Lines of other streams that are rather read along than skipped by another read. */
const READ_ALONG = 400;

interface Range {
  first: number;
  end: number;
}

/**
 * The lines of some streams. The records of the index tell how many lines begin in each piece, so
 * that no text is read: what is kept is how many lines there are before every block of records.
 */
export class StreamView implements LinesView {
  readonly #reader: LogReader;
  readonly #streams: ReadonlySet<number>;
  /** Lines of the streams before each block that was begun. */
  #before: number[] = [];
  #records = 0;
  #lines = 0;

  constructor(reader: LogReader, streams: readonly number[]) {
    this.#reader = reader;
    this.#streams = new Set(streams);
  }

  async grow(): Promise<ViewHead> {
    for (const started = performance.now(); ;) {
      const { bytes, more, isWhole } = await this.#reader.use((view) => this.#lookOn(view));
      const [lines, settled] = [this.#lines, Math.max(0, this.#lines - 1)];
      const head = { bytes, more, lines, settled, whole: isWhole ? lines : settled };
      if (!more || performance.now() > started + GROW_MS) return head;
      await nextTurn();
    }
  }

  page(first: number, count: number, ends = false): Promise<LogLine[]> {
    return this.#reader.use(async (view) => {
      const lines: LogLine[] = [];
      for (const { first: from, end } of joined(await this.#ranges(view, first, count))) {
        const page = await readPage(view, from, end - from, ends);
        lines.push(...page.filter((line) => this.#streams.has(line.stream)));
      }
      return lines;
    });
  }

  async locate(number: number): Promise<number | null> {
    const line = await this.from(number);
    if (line === null) return null;
    const [found] = await this.page(line, 1);
    return found?.number === number ? line : null;
  }

  from(number: number): Promise<number | null> {
    return this.#reader.use(async ({ index }) => {
      const at = await index.search((record) => record.lines, number);
      if (at < 0 || at >= this.#records) return null;
      const block = at - (at % BLOCK_RECORDS);
      let line = this.#before[block / BLOCK_RECORDS] ?? 0;
      for (const record of (await index.block(block)).slice(0, at - block + 1)) {
        if (this.#shows(record)) line += Math.min(record.begins, number - record.lines);
      }
      return line < this.#lines ? line : null;
    });
  }

  #shows(record: IndexRecord): boolean {
    return this.#streams.has(record.stream);
  }

  /** Looks through some blocks. `isWhole`: the last line of the log has its end. */
  async #lookOn(view: LogView): Promise<{ bytes: number; more: boolean; isWhole: boolean }> {
    const { index, head } = view;
    if (index.count < this.#records) this.#restart();
    for (let blocks = 0; this.#records < index.count; blocks++) {
      if (blocks === BLOCKS_AT_ONCE) return { bytes: head.bytes, more: true, isWhole: false };
      if (this.#records % BLOCK_RECORDS === 0) this.#before.push(this.#lines);
      for (const record of await index.block(this.#records)) {
        if (this.#shows(record)) this.#lines += record.begins;
        this.#records++;
      }
    }
    return { bytes: head.bytes, more: false, isWhole: await endsLine(view) };
  }

  /** The log was written anew. */
  #restart(): void {
    this.#before = [];
    this.#records = 0;
    this.#lines = 0;
  }

  /** Where in the whole log the lines are. */
  async #ranges({ index }: LogView, first: number, count: number): Promise<Range[]> {
    const ranges: Range[] = [];
    const end = Math.min(first + count, this.#lines);
    let block = this.#blockOf(first);
    const { length } = this.#before;
    for (let line = this.#before[block] ?? 0; line < end && block < length; block++) {
      // Nothing of the streams is in it.
      if (this.#before[block + 1] === line) continue;
      for (const record of await index.block(block * BLOCK_RECORDS)) {
        if (!this.#shows(record) || line >= end) continue;
        const from = record.lines + Math.max(0, first - line);
        const to = record.lines + Math.min(record.begins, end - line);
        if (from < to) ranges.push({ first: from, end: to });
        line += record.begins;
      }
    }
    return ranges;
  }

  /** The block in which line `line` of the view begins. */
  #blockOf(line: number): number {
    let low = 0;
    let high = this.#before.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#before[middle] ?? 0) <= line) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Ranges with little between them as one. */
function joined(ranges: readonly Range[]): Range[] {
  const all: Range[] = [];
  for (const { first, end } of ranges) {
    const last = all.at(-1);
    if (last && first - last.end <= READ_ALONG) last.end = end;
    else all.push({ first, end });
  }
  return all;
}
