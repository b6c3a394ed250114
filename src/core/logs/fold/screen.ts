import type { LogLine } from '../../../shared/contract/log-stream.ts';
import { amount, LineCursor } from './line-cursor.ts';
import type { Row } from './row.ts';
import { type Control, cutOffSequence, isOverwritten, readTerminal } from './sequences.ts';

/**
 * Rows of the screen: a terminal moves its cursor no further up than that. Real ones are rarely
 * higher; programs that draw several bars ask for the height and get 24 or so without a terminal.
 */
export const SCREEN_ROWS = 100;

/** A row of the screen with what is known of the lines that wrote it. */
export interface ScreenRow {
  row: Row;
  stream: number;
  /** Number in the whole log, and time, of the line that wrote in it last. */
  number: number;
  at: number;
  /** More of the same line is in the next row. */
  continues: boolean;
  /** Places in what was fed of the first and the last line that wrote in it. */
  first: number;
  last: number;
  /** Made by one line alone, which did nothing else: the row is that line, folded. */
  pure: boolean;
}

/** A line with its end, as it is stored. */
type FedLine = Pick<LogLine, 'text' | 'stream' | 'number' | 'at' | 'continues'>;

/**
 * A terminal without an edge on its right, for lines of a log in their order. Other than one, it
 * begins a row where another stream goes on in the middle of a row (a line of a log ends there), and
 * within a line without end that is shown in pieces, after each piece that was not written over.
 */
export class Screen {
  /** Rows that can still change, without the one of the cursor while nothing is in it. */
  #rows: ScreenRow[] = [];
  readonly #onScrolledOut: (row: ScreenRow) => void;
  #cursor = new LineCursor();
  /** Index of the cursor's row; the number of rows when that is a new one. */
  #at = 0;
  #stream = -1;
  #unfinished = '';
  /** The topmost rows that the cursor was moved up to: since the rows scrolled last, and before. */
  #reached = Infinity;
  #reachedBefore = Infinity;
  #line: FedLine = { text: '', stream: -1, number: -1, at: 0, continues: false };
  #place = 0;
  /** Row that the current line wrote in, -1 for none yet. */
  #wrote = -1;
  #climbed = false;
  #open = false;
  /** The current line goes on with a sequence that was begun in the one before. */
  #joined = false;

  /** `place`: how many lines there are before the first one that will be fed. */
  constructor(place: number, onScrolledOut: (row: ScreenRow) => void) {
    this.#place = place - 1;
    this.#onScrolledOut = onScrolledOut;
  }

  get rows(): readonly ScreenRow[] {
    return this.#rows;
  }

  /** How many of the rows will hardly change: those above the cursor and all that it was moved up to. */
  get settled(): number {
    return Math.max(0, Math.min(this.#at, this.#reached, this.#reachedBefore));
  }

  feed(line: FedLine): void {
    if (line.stream !== this.#stream) this.#changeStream(line.stream);
    this.#line = line;
    this.#place++;
    this.#wrote = -1;
    this.#climbed = false;
    const ended = line.text.endsWith('\n');
    this.#joined = this.#unfinished !== '';
    const text = this.#unfinished + (ended ? line.text.slice(0, -1) : line.text);
    this.#unfinished = ended ? '' : cutOffSequence(text);
    this.#read(this.#unfinished === '' ? text : text.slice(0, -this.#unfinished.length));
    if (ended) this.#endRow();
    else if (line.continues) this.#endPiece(text);
    this.#open = !ended && !line.continues;
    this.#scroll();
  }

  /** What would be shown if `line` were the last one. */
  preview(line: FedLine): ScreenRow[] {
    const rows: ScreenRow[] = [];
    const copy = new Screen(this.#place + 1, (row) => rows.push(row));
    copy.#rows = this.#rows.map((row) => ({ ...row, row: row.row.copy() }));
    copy.#stream = this.#stream;
    copy.#line = this.#line;
    copy.#open = this.#open;
    copy.#climbed = this.#climbed;
    copy.#unfinished = this.#unfinished;
    copy.#goTo(this.#at, this.#cursor);
    copy.feed(line);
    copy.#endOpen();
    copy.finish();
    return rows;
  }

  /** Lets all rows go: nothing will be fed any more. */
  finish(): void {
    for (const row of this.#rows.splice(0)) this.#onScrolledOut(row);
    this.#at = 0;
  }

  #changeStream(stream: number): void {
    this.#endOpen();
    this.#stream = stream;
    this.#unfinished = '';
    if (this.#cursor.column > 0) this.#goTo(this.#rows.length, new LineCursor());
    this.#cursor.style = '';
  }

  /** The last line has no end: it is a row all the same, whatever is in it. */
  #endOpen(): void {
    if (this.#open && !this.#climbed && this.#at === this.#rows.length) this.#ownRow();
    this.#open = false;
  }

  #read(text: string): void {
    readTerminal(text, {
      text: (part) => {
        this.#ownRow();
        this.#cursor.write(part);
      },
      control: (control) => this.#obey(control),
    });
  }

  #obey(control: Control): void {
    const { letter, parameters } = control;
    if (letter === 'A' || letter === 'F') this.#move(-amount(parameters));
    else if (letter === 'B' || letter === 'E') this.#move(amount(parameters));
    else if (this.#cursor.obey(control)) this.#marked(this.#at);
    if (letter === 'J') this.#eraseBelow(parameters);
    if (letter === 'E' || letter === 'F') this.#cursor.column = 0;
  }

  #move(by: number): void {
    const bottom = Math.max(this.#at, this.#rows.length - 1);
    const top = Math.max(0, bottom - SCREEN_ROWS + 1);
    const next = Math.min(bottom, Math.max(top, this.#at + by));
    if (next < this.#at) {
      this.#climbed = true;
      this.#reached = Math.min(this.#reached, next);
      // Whatever is left behind counts as a row.
      if (this.#at === this.#rows.length && this.#cursor.row.width > 0) this.#ownRow();
    }
    if (next !== this.#at) this.#goTo(next, this.#cursor);
  }

  #goTo(at: number, { column, style }: { column: number; style: string }): void {
    const cursor = new LineCursor();
    cursor.row = this.#rows[at]?.row ?? cursor.row;
    cursor.column = column;
    cursor.style = style;
    this.#cursor = cursor;
    this.#at = at;
  }

  /** `CSI J` empties the rows below as well. What clears a whole screen is not obeyed. */
  #eraseBelow(parameters: string): void {
    if (!/^0?$/.test(parameters)) return;
    for (let at = this.#at + 1; at < this.#rows.length; at++) {
      this.#rows[at]?.row.erase(0, Infinity);
      this.#marked(at);
    }
  }

  /** The row of the cursor was changed by the current line: it is its latest owner. */
  #ownRow(): void {
    const { number, stream, at } = this.#line;
    const last = this.#place;
    const row = this.#rows[this.#at];
    if (row) Object.assign(row, { number, stream, at, last });
    else {
      const made = { row: this.#cursor.row, continues: false, first: last, last, pure: true };
      this.#rows.push({ ...made, number, stream, at });
    }
    this.#marked(this.#at);
  }

  /** Takes note that the current line changed a row. */
  #marked(at: number): void {
    const row = this.#rows[at];
    if (row && (row.first !== this.#place || this.#joined)) row.pure = false;
    if (this.#wrote === -1) this.#wrote = at;
    if (this.#wrote === at) return;
    for (const mixed of [row, this.#rows[this.#wrote]]) if (mixed) mixed.pure = false;
  }

  #endRow(): void {
    if (this.#at === this.#rows.length) this.#ownRow();
    const row = this.#rows[this.#at];
    // A line that only ended what another wrote is part of that row too.
    if (row) this.#marked(this.#at);
    this.#goTo(this.#at + 1, { column: 0, style: '' });
  }

  #endPiece(text: string): void {
    if (this.#climbed || isOverwritten(text) || this.#cursor.column === 0) return;
    this.#ownRow();
    const row = this.#rows[this.#at];
    if (row) row.continues = true;
    this.#goTo(this.#rows.length, new LineCursor());
  }

  /** Rows above what the cursor can be moved to are done. */
  #scroll(): void {
    const surplus = Math.max(this.#at, this.#rows.length - 1) + 1 - SCREEN_ROWS;
    if (surplus < SCREEN_ROWS) return;
    for (const row of this.#rows.splice(0, surplus)) this.#onScrolledOut(row);
    this.#at -= surplus;
    this.#reachedBefore = this.#reached - surplus;
    this.#reached = Infinity;
  }
}
