/** Parts of one message that are taken: each costs far more memory than bytes. */
const COUNT_LIMIT = 500_000;
/** Levels of groups in unknown fields that are skipped. */
const GROUP_LIMIT = 32;

/** Wire types of protocol buffers. */
const TYPE = { varint: 0, bit64: 1, length: 2, startGroup: 3, endGroup: 4, bit32: 5 } as const;

/** Reads one field, or returns false to have it skipped. */
type FieldTaker = (field: number) => boolean;

/**
 * A protocol buffers message being read, by hand because millions of small ones are: `BinaryReader`
 * makes an object for each field. Throws a plain error for bytes that are no message.
 */
export class Wire {
  readonly bytes: Buffer;
  #at = 0;
  #count = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** All fields of the outermost message. */
  fields(take: FieldTaker): void {
    this.#fieldsUntil(this.bytes.length, take);
  }

  /** The fields of the message that is the field just met. */
  message(take: FieldTaker): void {
    this.#fieldsUntil(this.#partEnd(), take);
  }

  /** Passes over a text or message; returns where it ended. It began {@link start} bytes in. */
  part(): { start: number; end: number } {
    const end = this.#partEnd();
    const start = this.#at;
    this.#at = end;
    return { start, end };
  }

  text(): string {
    const { start, end } = this.part();
    return this.bytes.toString('utf8', start, end);
  }

  /** A copy of the bytes. */
  data(): Buffer {
    const { start, end } = this.part();
    return Buffer.from(this.bytes.subarray(start, end));
  }

  int32(): number {
    return this.int64() | 0;
  }

  /** An int64; not exact beyond 2^53. */
  int64(): number {
    let low = 0;
    for (let shift = 0; shift < 49; shift += 7) {
      const byte = this.#byte();
      low += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return low;
    }
    return low + this.#upper() * 2 ** 49;
  }

  /** The last 15 bits of an int64 that takes more than 7 bytes, with its sign. */
  #upper(): number {
    let high = 0;
    for (let shift = 0; shift < 21; shift += 7) {
      const byte = this.#byte();
      high |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (high << 17) >> 17;
    }
    throw new RangeError('a number is longer than 64 bits');
  }

  #fieldsUntil(end: number, take: FieldTaker): void {
    while (this.#at < end) {
      const tag = this.#uint32();
      if ((tag & 7) !== TYPE.length && (tag & 7) !== TYPE.varint) this.#skip(tag, 0);
      else if (!take(tag >>> 3)) this.#skip(tag, 0);
    }
    if (this.#at !== end) throw new RangeError('a field goes beyond the end of its message');
  }

  #skip(tag: number, depth: number): void {
    switch (tag & 7) {
      case TYPE.varint:
        this.int64();
        return;
      case TYPE.length:
        this.#at = this.#partEnd();
        return;
      case TYPE.bit64:
        return this.#pass(8);
      case TYPE.bit32:
        return this.#pass(4);
      case TYPE.startGroup:
        return this.#skipGroup(depth + 1);
      default:
        throw new RangeError('a field has no known type');
    }
  }

  #skipGroup(depth: number): void {
    if (depth > GROUP_LIMIT) throw new RangeError('groups are nested too deeply');
    for (let tag = this.#uint32(); (tag & 7) !== TYPE.endGroup; tag = this.#uint32()) {
      this.#skip(tag, depth);
    }
  }

  #pass(length: number): void {
    this.#at += length;
    if (this.#at > this.bytes.length) throw new RangeError('the message ends in a field');
  }

  /** Where the field that begins with its length ends. */
  #partEnd(): number {
    if (++this.#count > COUNT_LIMIT) throw new RangeError('the message has too many parts');
    const length = this.#uint32();
    const end = this.#at + length;
    if (end > this.bytes.length) throw new RangeError('a field goes beyond the end of its message');
    return end;
  }

  /** A tag or a length. */
  #uint32(): number {
    const byte = this.#byte();
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let shift = 7; shift < 35; shift += 7) {
      const next = this.#byte();
      value += (next & 0x7f) * 2 ** shift;
      if (next < 0x80) return value;
    }
    throw new RangeError('a tag or length is longer than 32 bits');
  }

  #byte(): number {
    const byte = this.bytes[this.#at++];
    if (byte === undefined) throw new RangeError('the message ends in a field');
    return byte;
  }
}
