import { Dictionary } from './dictionary.ts';
import { PIECE, Sparse } from './sparse.ts';
import { toCell, type Cell } from './words.ts';

/** What each run has in a column: a number, a word or nothing. */
export interface Column {
  /** NaN where there is none. */
  number(row: number): number;
  /** Of the word in the dictionary; 0 where there is none. */
  code(row: number): number;
  dictionary: Dictionary;
}

export const cellAt = (column: Column, row: number): Cell => {
  const number = column.number(row);
  return Number.isNaN(number) ? column.dictionary.word(column.code(row)) : number;
};

/** A column of values that are stored. */
export class StoredColumn implements Column {
  readonly dictionary = new Dictionary();
  readonly #numbers = Sparse.numbers();
  readonly #codes = Sparse.codes();

  number(row: number): number {
    return this.#numbers.get(row);
  }

  code(row: number): number {
    return this.#codes.get(row);
  }

  /** A value of a run, in place of the one it had. */
  set(row: number, value: unknown): void {
    const cell = toCell(value);
    const isNumber = typeof cell === 'number';
    this.#numbers.set(row, isNumber ? cell : Number.NaN);
    this.#codes.set(row, isNumber || cell === null ? 0 : this.dictionary.code(cell));
  }

  /** Calls back for the rows of the pieces in which there is anything, up to `size`. */
  eachRow(size: number, visit: (row: number) => void): void {
    const pieces = Math.max(this.#numbers.pieces, this.#codes.pieces);
    for (let piece = 0; piece < pieces; piece++) {
      if (!this.#numbers.has(piece) && !this.#codes.has(piece)) continue;
      const end = Math.min((piece + 1) * PIECE, size);
      for (let row = piece * PIECE; row < end; row++) visit(row);
    }
  }
}

/** A column that is made of others. */
export class DerivedColumn implements Column {
  readonly dictionary: Dictionary;
  readonly number: (row: number) => number;
  readonly code: (row: number) => number;

  /** Of numbers. */
  static numbers(number: (row: number) => number): DerivedColumn {
    return new DerivedColumn(number, () => 0, new Dictionary());
  }

  /** Of words. */
  static words(code: (row: number) => number, dictionary: Dictionary): DerivedColumn {
    return new DerivedColumn(() => Number.NaN, code, dictionary);
  }

  private constructor(
    number: (row: number) => number,
    code: (row: number) => number,
    dictionary: Dictionary,
  ) {
    this.number = number;
    this.code = code;
    this.dictionary = dictionary;
  }
}
