/** Longest entry of the engine's log; a longer line is kept as several (moby daemon/logger/copier.go). */
const FULL_ENTRY = 16 * 1024;
const LINE_FEED = 0x0a;

/**
 * Finds the line ends of one stream that the `local` log driver leaves out: of a line longer than an
 * entry it keeps every byte but the line feed behind the last one (seen with 20.10, and so in moby's
 * daemon/logger/local/read.go since). An entry that goes on a line, but is neither full nor ended, was
 * the last of that line, or of the whole output.
 */
export class LineEnds {
  #length = 0;
  #ended = true;
  /** Whether the entry being read goes on the line of the one before. */
  #goesOn = false;

  /** Notes a piece; `start` for the first of an entry. True when a line feed is missing before it. */
  missingBefore(bytes: Buffer, start: boolean): boolean {
    const missing = start && this.missing;
    if (start) this.#begin();
    this.#length += bytes.length;
    if (bytes.length > 0) this.#ended = bytes.at(-1) === LINE_FEED;
    return missing;
  }

  /** True when what came so far is the last part of a long line, and has no line feed behind it. */
  get missing(): boolean {
    return this.#goesOn && !this.#ended && this.#length !== FULL_ENTRY;
  }

  #begin(): void {
    this.#goesOn = !this.#ended && this.#length === FULL_ENTRY;
    this.#length = 0;
    this.#ended = false;
  }
}
