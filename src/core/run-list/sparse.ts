/** Rows for which room is made at a time: so few that a column of few runs costs little. */
const PIECE_BITS = 9;
const PIECE = 1 << PIECE_BITS;
const IN_PIECE = PIECE - 1;

type Numbers = Float64Array | Uint32Array;

/** A number for each row, in pieces that are made when they are needed. */
export class Sparse<T extends Numbers> {
  readonly #pieces: (T | undefined)[] = [];
  readonly #make: (length: number) => T;
  readonly #none: number;

  private constructor(make: (length: number) => T, none: number) {
    this.#make = make;
    this.#none = none;
  }

  /** Of any numbers; a row without one has NaN. */
  static numbers(): Sparse<Float64Array> {
    return new Sparse((length) => new Float64Array(length).fill(Number.NaN), Number.NaN);
  }

  /** Of codes; a row without one has 0. */
  static codes(): Sparse<Uint32Array> {
    return new Sparse((length) => new Uint32Array(length), 0);
  }

  /** No row ever had one. */
  get isEmpty(): boolean {
    return this.#pieces.length === 0;
  }

  get(row: number): number {
    const piece = this.#pieces[row >> PIECE_BITS];
    return piece === undefined ? this.#none : piece[row & IN_PIECE]!;
  }

  /** Those of these rows, in their order. */
  read(rows: Uint32Array): T {
    const found = this.#make(rows.length);
    const pieces = this.#pieces;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]!;
      const piece = pieces[row >> PIECE_BITS];
      if (piece !== undefined) found[at] = piece[row & IN_PIECE]!;
    }
    return found;
  }

  set(row: number, value: number): void {
    const at = row >> PIECE_BITS;
    // Nothing needs no room.
    if (this.#pieces[at] === undefined && Object.is(value, this.#none)) return;
    while (this.#pieces.length < at) this.#pieces.push(undefined);
    (this.#pieces[at] ??= this.#make(PIECE))[row & IN_PIECE] = value;
  }

  /** Of the rows, those for which there is room, as they stand together. */
  *parts(rows: Uint32Array): Generator<Uint32Array> {
    let start = 0;
    for (let at = 0; at <= rows.length; at++) {
      if (at < rows.length && this.#pieces[rows[at]! >> PIECE_BITS] !== undefined) continue;
      if (start < at) yield rows.subarray(start, at);
      start = at + 1;
    }
  }
}
