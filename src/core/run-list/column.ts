import { Dictionary } from './dictionary.ts';
import { Sparse } from './sparse.ts';
import { toCell, type Cell } from './words.ts';

/** What runs have in a column, in the order in which they were asked for. */
export interface Cells {
  /** NaN where there is none; null when there is none at all. */
  numbers: Float64Array | null;
  /** Of the words in the dictionary; 0 where there is none. */
  codes: Uint32Array | null;
  dictionary: Dictionary;
}

/** What each run has in a column: a number, a word or nothing. */
export interface Column {
  read(rows: Uint32Array): Cells;
}

/** What is at a place of them. */
export function cellAt({ numbers, codes, dictionary }: Cells, at: number): Cell {
  if (numbers && !Number.isNaN(numbers[at])) return numbers[at]!;
  return codes && dictionary.word(codes[at]!);
}

/** Whether the same is at both places. */
export const isSameCell = ({ numbers, codes }: Cells, a: number, b: number): boolean =>
  (!numbers || numbers[a] === numbers[b] || Number.isNaN(numbers[a]! + numbers[b]!)) &&
  (!numbers || Number.isNaN(numbers[a]) === Number.isNaN(numbers[b])) &&
  (!codes || codes[a] === codes[b]);

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

  read(rows: Uint32Array): Cells {
    return {
      numbers: this.#numbers.isEmpty ? null : this.#numbers.read(rows),
      codes: this.#codes.isEmpty ? null : this.#codes.read(rows),
      dictionary: this.dictionary,
    };
  }

  /** A value of a run, in place of the one it had. */
  set(row: number, value: unknown): void {
    const cell = toCell(value);
    const isNumber = typeof cell === 'number';
    this.#numbers.set(row, isNumber ? cell : Number.NaN);
    this.#codes.set(row, isNumber || cell === null ? 0 : this.dictionary.code(cell));
  }

  /** The numbers and the codes that any of the rows have. */
  *parts(rows: Uint32Array): Generator<Float64Array | Uint32Array> {
    for (const part of this.#numbers.parts(rows)) yield this.#numbers.read(part);
    for (const part of this.#codes.parts(rows)) yield this.#codes.read(part);
  }
}
