import type { LogLine } from '../../../shared/contract/log-stream.ts';
import { foldLine } from '../fold/fold-line.ts';
import { Screen, SCREEN_ROWS, type ScreenRow } from '../fold/screen.ts';
import { FoldMap, toStored } from './fold-map.ts';
import type { LinesView, ViewHead } from './lines-view.ts';

/** Lines that are taken in at a time: a few milliseconds. */
const LINES_AT_ONCE = 500;
const GROW_MS = 50;

/**
 * What a terminal shows of the lines of another view. Up to the first movement that leads out of a
 * line, which is known without reading (`firstMove`), each row is one line; from there on the lines
 * go through a screen, once, and what it shows is kept where it is not a line itself.
 */
export class FoldedView implements LinesView {
  readonly #base: LinesView;
  readonly #firstMove: () => Promise<number | null>;
  #lines = 0;
  #folding: Folding | null = null;
  #growing: Promise<ViewHead> | null = null;

  /** `firstMove`: the line of the whole log from which on lines may be written over; null for none. */
  constructor(base: LinesView, firstMove: () => Promise<number | null>) {
    this.#base = base;
    this.#firstMove = firstMove;
  }

  /** Whoever shares the view takes part in one growth. */
  grow(): Promise<ViewHead> {
    this.#growing ??= this.#growOn().finally(() => (this.#growing = null));
    return this.#growing;
  }

  async page(first: number, count: number): Promise<LogLine[]> {
    const end = Math.min(first + count, this.#lines);
    if (end <= first) return [];
    if (this.#folding) return this.#folding.page(first, end);
    return foldLines(await this.#base.page(first, count));
  }

  async locate(number: number): Promise<number | null> {
    return this.#rowOf(await this.#base.locate(number));
  }

  async from(number: number): Promise<number | null> {
    return this.#rowOf(await this.#base.from(number));
  }

  async #growOn(): Promise<ViewHead> {
    const head = await this.#base.grow();
    this.#folding ??= await this.#begin(head.lines);
    if (!this.#folding) {
      this.#lines = head.lines;
      return head;
    }
    const more = await this.#folding.grow(head);
    const { lines, settled } = this.#folding;
    this.#lines = lines;
    return { bytes: head.bytes, lines, settled, whole: settled, more: more || head.more };
  }

  #rowOf(place: number | null): number | null {
    if (place === null) return null;
    const row = this.#folding ? this.#folding.locate(place) : place;
    return row !== null && row < this.#lines ? row : null;
  }

  async #begin(lines: number): Promise<Folding | null> {
    const number = await this.#firstMove();
    if (number === null) return null;
    const place = (await this.#base.from(number)) ?? lines;
    // What is moved over may stand before: as far up as the cursor can get.
    return new Folding(this.#base, Math.max(0, place - 2 * SCREEN_ROWS));
  }
}

function foldLines(lines: LogLine[]): LogLine[] {
  for (const line of lines) line.text = foldLine(line.text);
  return lines;
}

/** The part of a view that went through a screen. */
class Folding {
  readonly #base: LinesView;
  readonly #map: FoldMap;
  readonly #screen: Screen;
  #fed: number;
  /** What stands on the screen, the last line included, which may still be without its end. */
  #shown: ScreenRow[] = [];
  /** Lines behind the place from which on nothing is folded any more. */
  #unfolded = 0;

  constructor(base: LinesView, start: number) {
    this.#base = base;
    this.#fed = start;
    this.#map = new FoldMap(start);
    this.#screen = new Screen(start, (row) => this.#map.add(row));
  }

  get lines(): number {
    return this.#map.count + this.#shown.length + this.#unfolded;
  }

  get settled(): number {
    return this.#map.count + this.#screen.settled + Math.max(0, this.#unfolded - 1);
  }

  /** Takes lines in; returns whether there are more. */
  async grow({ lines, settled }: ViewHead): Promise<boolean> {
    for (const started = performance.now(); this.#fed < settled && !this.#map.full;) {
      if (performance.now() > started + GROW_MS) {
        this.#shown = [...this.#screen.rows];
        return true;
      }
      const count = Math.min(LINES_AT_ONCE, settled - this.#fed);
      const page = await this.#base.page(this.#fed, count, true);
      if (page.length === 0) break;
      for (const line of page) this.#screen.feed(line);
      this.#fed += page.length;
    }
    if (this.#map.full) this.#giveUp(lines);
    else await this.#showLast(lines);
    return false;
  }

  async page(first: number, end: number): Promise<LogLine[]> {
    const kept = this.#map.count;
    const lines: LogLine[] = [];
    for (const part of first < kept ? this.#map.parts(first, Math.min(end, kept)) : []) {
      if ('rows' in part) lines.push(...part.rows.map(toLine));
      else lines.push(...foldLines(await this.#base.page(part.base, part.count)));
    }
    if (end <= kept) return lines;
    // Rows left the screen while lines were read: what is on it is behind other rows now.
    if (kept !== this.#map.count) return this.page(first, end);
    const onScreen = this.#shown.slice(Math.max(0, first - kept), end - kept);
    lines.push(...onScreen.map((row) => toLine(toStored(row))));
    const rest = Math.max(first, kept + this.#shown.length);
    if (rest >= end) return lines;
    const place = this.#fed + rest - kept - this.#shown.length;
    return [...lines, ...foldLines(await this.#base.page(place, end - rest))];
  }

  locate(place: number): number | null {
    if (this.#map.full && place >= this.#fed) return this.#map.count + place - this.#fed;
    const exact = this.#shown.findIndex(({ last }) => last === place);
    const near = this.#shown.findLastIndex(({ first }) => first <= place);
    const row = exact === -1 ? near : exact;
    return row === -1 ? this.#map.locate(place) : this.#map.count + row;
  }

  async #showLast(lines: number): Promise<void> {
    const [last] = await this.#base.page(this.#fed, 1, true);
    const isLast = last !== undefined && this.#fed < lines;
    this.#shown = isLast ? this.#screen.preview(last) : [...this.#screen.rows];
  }

  /** Too much to be kept: what follows is shown line by line. */
  #giveUp(lines: number): void {
    this.#screen.finish();
    this.#map.finish();
    this.#shown = [];
    this.#unfolded = lines - this.#fed;
  }
}

function toLine({ text, stream, number, at, continues }: LogLine): LogLine {
  return { text, stream, number, at, continues };
}
