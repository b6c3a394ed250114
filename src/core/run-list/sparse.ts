/** Rows for which room is made at a time: few enough that a column of few runs costs little. */
const PIECE_BITS = 7;
export const PIECE = 1 << PIECE_BITS;
const IN_PIECE = PIECE - 1;

type Piece = Float64Array | Uint32Array;

/** A number for each row, in pieces that are made when they are needed. */
export class Sparse {
  readonly #pieces: (Piece | undefined)[] = [];
  readonly #make: () => Piece;
  readonly #none: number;

  private constructor(make: () => Piece, none: number) {
    this.#make = make;
    this.#none = none;
  }

  /** Of any numbers; a row without one has NaN. */
  static numbers(): Sparse {
    return new Sparse(() => new Float64Array(PIECE).fill(Number.NaN), Number.NaN);
  }

  /** Of codes; a row without one has 0. */
  static codes(): Sparse {
    return new Sparse(() => new Uint32Array(PIECE), 0);
  }

  get pieces(): number {
    return this.#pieces.length;
  }

  has(piece: number): boolean {
    return this.#pieces[piece] !== undefined;
  }

  get(row: number): number {
    const piece = this.#pieces[row >> PIECE_BITS];
    return piece === undefined ? this.#none : piece[row & IN_PIECE]!;
  }

  set(row: number, value: number): void {
    const at = row >> PIECE_BITS;
    // Nothing needs no room.
    if (this.#pieces[at] === undefined && Object.is(value, this.#none)) return;
    while (this.#pieces.length < at) this.#pieces.push(undefined);
    (this.#pieces[at] ??= this.#make())[row & IN_PIECE] = value;
  }
}
