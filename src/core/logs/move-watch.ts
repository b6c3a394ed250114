/**
 * What is known of a log up to some record about the movements of the cursor in it, as bits of the
 * record. Each stays set in all records behind: the first record that has it is found by halving.
 */
export const MOVES_KNOWN = 0x80;
/** A terminal shows other lines than the log has: something was written over from further down. */
export const MOVES = 0x40;
/** A line was broken by another stream: a view of one stream may show it whole. */
export const BROKEN = 0x20;

const ESC = 0x1b;
const CR = 0x0d;
const BACKSPACE = 0x08;
const LF = 0x0a;
/** Longest end of a line that is kept in mind, to know a sequence that is cut in two. */
const TAIL = 32;

const SEQUENCES = '(?:\\x1b\\[[0-?]*[ -/]*[@-~])*';
const MOVES_UP = /\x1b\[[0-?]*[AF]/;
/** The cursor is at the start of a row in which something stands, or might. */
const AT_START = new RegExp(
  `(?:[\\r\\b]|\\x1b\\[[0-9]*[DEG])${SEQUENCES}$|^(?:[\\x00-\\x1f]|\\x1b\\[[0-?]*[ -/]*[@-~])*$`,
);

/** A line under way. */
interface Open {
  stream: number;
  length: number;
}

/**
 * Looks for what makes a terminal show other lines than the log has, so that a log without it is
 * known to need no folding. May see it where it is not, never the other way round.
 */
export class MoveWatch {
  flags: number;
  /** The end of the open line; null when it is not known. */
  #tail: string | null;
  /** Whether the open line holds anything that writes over it. */
  #overwritten: boolean;

  constructor(flags: number, open: Open) {
    this.flags = flags;
    this.#tail = open.length > 0 ? null : '';
    this.#overwritten = open.length > 0;
  }

  /** To be called before the lines of a piece are counted. */
  before(open: Open, stream: number): void {
    if (open.length === 0 || open.stream === stream) return;
    this.flags |= BROKEN;
    if (this.#tail === null || AT_START.test(this.#tail)) this.flags |= MOVES;
    this.#restart();
  }

  /** A line without end was cut behind the bytes [from, to) of a piece. */
  cut(bytes: Buffer, from: number, to: number): void {
    const piece = bytes.subarray(from, to);
    if (this.#overwritten || writesOver(piece)) this.flags |= MOVES;
    this.#restart();
  }

  /** To be called after the lines of a piece were counted: `rest` is where the open line starts in it. */
  after(bytes: Buffer, rest: number): void {
    if (this.flags & MOVES) return;
    const before = this.#tail ?? '\x1b[';
    if (bytes.includes(ESC) || before.includes('\x1b')) {
      if (MOVES_UP.test(before + bytes.toString('latin1'))) this.flags |= MOVES;
    }
    if (rest > 0 || bytes.at(-1) === LF) this.#restart();
    const open = bytes.subarray(rest);
    if (open.length === 0) return;
    this.#overwritten ||= writesOver(open);
    const tail = open.toString('latin1', Math.max(0, open.length - TAIL));
    this.#tail = ((this.#tail ?? '') + tail).slice(-TAIL);
  }

  #restart(): void {
    this.#tail = '';
    this.#overwritten = false;
  }
}

const writesOver = (bytes: Buffer): boolean =>
  bytes.includes(CR) || bytes.includes(BACKSPACE) || bytes.includes(ESC);
