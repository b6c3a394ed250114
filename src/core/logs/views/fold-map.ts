import type { ScreenRow } from '../fold/screen.ts';
import { RowStore, type StoredRow } from './row-store.ts';

/** Fewer rows in a run than this are kept themselves: an entry for each would cost as much. */
const SHORTEST_RUN = 64;
/** Rows before one that may hold a later line: no more than a screen can be drawn over again. */
const LOOK_BACK = 100;

/** Rows [view, next entry): lines of the base from `base` on, or when that is -1, stored from `stored` on. */
interface Entry {
  view: number;
  base: number;
  stored: number;
}

/** A part of a page: lines of the base view, or rows that are kept. */
export type Part = { base: number; count: number } | { rows: StoredRow[] };

/** Which lines of a base view the rows of a folded view are, as far as they cannot change any more. */
export class FoldMap {
  readonly #entries: Entry[];
  readonly #rows = new RowStore();
  readonly #start: number;
  /** Rows at the end that are lines of the base, as long as they are few. */
  #run: ScreenRow[] = [];
  #count: number;

  /** The first `start` rows are lines of the base. */
  constructor(start: number) {
    this.#start = start;
    this.#count = start;
    this.#entries = [{ view: start, base: start, stored: -1 }];
  }

  /** Rows so far, with those before `start`. */
  get count(): number {
    return this.#count;
  }

  /** It takes no more. */
  get full(): boolean {
    return this.#rows.full;
  }

  add(row: ScreenRow): void {
    const view = this.#count++;
    if (this.#extends(row, view)) return;
    if (row.pure && this.#follows(row)) {
      this.#run.push(row);
      if (this.#run.length === SHORTEST_RUN) this.#beginRun(view + 1);
    } else {
      this.#keepRun(view);
      if (row.pure) this.#run = [row];
      else this.#store(row, view);
    }
  }

  /** No row comes behind the last one. */
  finish(): void {
    this.#keepRun(this.#count);
  }

  /** The rows [first, end), which must be there. */
  parts(first: number, end: number): Part[] {
    const parts: Part[] = [];
    if (first < this.#start) {
      parts.push({ base: first, count: Math.min(end, this.#start) - first });
    }
    for (let at = this.#entryOf(first); at < this.#entries.length; at++) {
      const entry = this.#entries[at]!;
      const from = Math.max(first, entry.view);
      const to = Math.min(end, this.#entries[at + 1]?.view ?? this.#keptCount);
      if (entry.view >= end) break;
      if (from < to) parts.push(this.#part(entry, from, to));
    }
    const open = this.#run.slice(Math.max(0, first - this.#keptCount), end - this.#keptCount);
    if (end > this.#keptCount && open.length > 0) parts.push({ rows: open.map(toStored) });
    return parts;
  }

  /** The row that line `place` of the base is, or became part of; null when that is not here. */
  locate(place: number): number | null {
    if (place < this.#start) return place;
    let [low, high] = [this.#start, this.#count - 1];
    if (high < low) return null;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#span(middle).first <= place) low = middle;
      else high = middle - 1;
    }
    for (let row = low; row >= Math.max(this.#start, low - LOOK_BACK); row--) {
      if (this.#span(row).last === place) return row;
    }
    return low;
  }

  get #keptCount(): number {
    return this.#count - this.#run.length;
  }

  #span(row: number): { first: number; last: number } {
    const [part] = this.parts(row, row + 1);
    if (!part) return { first: Infinity, last: Infinity };
    if ('rows' in part) return part.rows[0]!;
    return { first: part.base, last: part.base };
  }

  #part(entry: Entry, from: number, to: number): Part {
    const skipped = from - entry.view;
    if (entry.base !== -1) return { base: entry.base + skipped, count: to - from };
    const rows = Array.from({ length: to - from }, (_, n) =>
      this.#rows.get(entry.stored + skipped + n),
    );
    return { rows: rows.filter((row) => row !== undefined) };
  }

  #extends(row: ScreenRow, view: number): boolean {
    const last = this.#run.length > 0 ? null : this.#entries.at(-1);
    if (!last || last.base === -1) return false;
    return row.pure && row.first === last.base + view - last.view;
  }

  #follows(row: ScreenRow): boolean {
    const last = this.#run.at(-1);
    return last !== undefined && row.first === last.first + 1;
  }

  #beginRun(end: number): void {
    const view = end - this.#run.length;
    this.#entries.push({ view, base: this.#run[0]!.first, stored: -1 });
    this.#run = [];
  }

  #keepRun(end: number): void {
    const run = this.#run.splice(0);
    run.forEach((row, index) => this.#store(row, end - run.length + index));
  }

  #store(row: ScreenRow, view: number): void {
    const last = this.#entries.at(-1);
    if (!last || last.base !== -1) {
      this.#entries.push({ view, base: -1, stored: this.#rows.length });
    }
    this.#rows.push(toStored(row));
  }

  /** The entry of a row, or the first one. */
  #entryOf(row: number): number {
    let low = 0;
    let high = this.#entries.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#entries[middle]!.view <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

export const toStored = (row: ScreenRow): StoredRow => {
  const { stream, number, at, continues, first, last } = row;
  return { text: row.row.text(), stream, number, at, continues, first, last };
};
