const BETWEEN = '\n';

/** Many texts in which the same is looked for again and again: one long text is looked through faster. */
export class Haystack {
  readonly size: number;
  readonly #text: string;
  /** Of each text, where the next one starts. */
  readonly #ends: Uint32Array;

  constructor(texts: readonly string[]) {
    this.size = texts.length;
    this.#text = texts.join(BETWEEN);
    this.#ends = new Uint32Array(texts.length);
    let end = 0;
    for (let at = 0; at < texts.length; at++) this.#ends[at] = end += texts[at]!.length + 1;
  }

  /** By place, 1 for the texts that contain this one. */
  having(wanted: string): Uint8Array {
    const having = new Uint8Array(this.size);
    let place = 0;
    let from = this.#text.indexOf(wanted);
    while (from !== -1 && place < this.size) {
      while (this.#ends[place]! <= from) place += 1;
      const end = this.#ends[place]!;
      // What goes on into the next text is in neither.
      const isWithin = from + wanted.length < end;
      if (isWithin) having[place] = 1;
      from = this.#text.indexOf(wanted, isWithin ? end : from + 1);
    }
    return having;
  }
}
