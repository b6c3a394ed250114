import { Haystack } from './haystack.ts';
import { insertSorted } from './insert-sorted.ts';
import { byUnits, compareAlike, fold, textOf, wordKey, type Cell, type Word } from './words.ts';

/** Of a word that is no string; strings that begin so are spelled like these. */
const MARK = '\0';

const keyOf = (word: Word): string =>
  typeof word === 'string' && !word.startsWith(MARK) ? word : MARK + JSON.stringify(word);

/** Of tags, each by itself. */
const searched = (word: Cell): string =>
  fold(Array.isArray(word) ? word.map(textOf).join('\n') : textOf(word));

/** The words of a column, each once, by codes from 1 on; 0 is nothing. */
export class Dictionary {
  readonly #codes = new Map<string, number>();
  readonly #words: Cell[] = [null];
  #place: ((code: number) => number) | null = null;
  #haystack: Haystack | null = null;
  #order = new Uint32Array(0);
  #ranks = new Uint32Array(1);

  /** Orders the words by a number of their own instead. */
  orderAs(place: (code: number) => number): void {
    this.#place = place;
  }

  /** How many words there are. */
  get size(): number {
    return this.#words.length - 1;
  }

  /** The code of a word, which is added when it is new. */
  code(word: Word): number {
    const key = keyOf(word);
    const known = this.#codes.get(key);
    if (known !== undefined) return known;
    this.#codes.set(key, this.#words.length);
    return this.#words.push(word) - 1;
  }

  word(code: number): Cell {
    return this.#words[code]!;
  }

  /** By code, whether the word is taken; at 0, whether nothing is. */
  taken(test: (cell: Cell) => boolean): Uint8Array {
    const taken = new Uint8Array(this.#words.length);
    for (let code = 0; code < taken.length; code++) taken[code] = Number(test(this.#words[code]!));
    return taken;
  }

  /** By code, whether the text of the word has this in it, without regard to case. */
  having(text: string): Uint8Array {
    if (this.#haystack?.size !== this.#words.length) {
      this.#haystack = new Haystack(this.#words.map(searched));
    }
    return this.#haystack.having(fold(text));
  }

  /** By code, the place of the word in the order of words. */
  ranks(): Uint32Array {
    if (this.#ranks.length === this.#words.length) return this.#ranks;
    if (this.#place)
      return (this.#ranks = Uint32Array.from(this.#words, (_, code) => this.#place!(code)));
    const added = Uint32Array.from(
      { length: this.size - this.#order.length },
      (_, at) => this.#order.length + 1 + at,
    );
    this.#order = insertSorted(this.#order, added, (codes) => this.#sort(codes), this.#compare);
    this.#ranks = new Uint32Array(this.#words.length);
    this.#order.forEach((code, rank) => (this.#ranks[code] = rank));
    return this.#ranks;
  }

  /** With the key of each word made once. */
  #sort(codes: Uint32Array): Uint32Array {
    const keys: string[] = [];
    for (const code of codes) keys[code] = this.#key(code);
    const compare = (a: number, b: number): number =>
      byUnits(keys[a]!, keys[b]!) || this.#compareAlike(a, b);
    return Uint32Array.from(Array.from(codes).sort(compare));
  }

  readonly #compare = (a: number, b: number): number =>
    byUnits(this.#key(a), this.#key(b)) || this.#compareAlike(a, b);

  #compareAlike(a: number, b: number): number {
    return compareAlike(this.#words[a] as Word, this.#words[b] as Word);
  }

  #key(code: number): string {
    return wordKey(textOf(this.#words[code]!));
  }
}
