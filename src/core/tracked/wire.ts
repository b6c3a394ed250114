import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** Texts and messages in one message that are taken: each costs far more memory than bytes. */
const COUNT_LIMIT = 500_000;

/** Reads one field, or returns false to have it skipped. */
type FieldTaker = (field: number) => boolean;

/** A protocol buffers message being read. Throws a plain error for bytes that are none. */
export class Wire {
  readonly #reader: BinaryReader;
  readonly #bytes: Buffer;
  #count = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#reader = new BinaryReader(bytes);
  }

  /** All fields of the outermost message. */
  fields(take: FieldTaker): void {
    this.#fieldsUntil(this.#bytes.length, take);
  }

  /** The fields of the message that is the field just met. */
  message(take: FieldTaker): void {
    this.#fieldsUntil(this.#end(), take);
  }

  text(): string {
    const end = this.#end();
    const text = this.#bytes.toString('utf8', this.#reader.pos, end);
    this.#reader.pos = end;
    return text;
  }

  /** A copy of the bytes. */
  bytes(): Buffer {
    const end = this.#end();
    const bytes = Buffer.from(this.#bytes.subarray(this.#reader.pos, end));
    this.#reader.pos = end;
    return bytes;
  }

  int32(): number {
    return this.#reader.int32();
  }

  /** An int64; not exact beyond 2^53. */
  int64(): number {
    return Number(this.#reader.int64());
  }

  #fieldsUntil(end: number, take: FieldTaker): void {
    const reader = this.#reader;
    while (reader.pos < end) {
      const [field, type] = reader.tag();
      if (type === WireType.EndGroup || !take(field)) reader.skip(type, field);
    }
    if (reader.pos !== end) throw new RangeError('a field goes beyond the end of its message');
  }

  /** Where the field that begins with its length ends. */
  #end(): number {
    if (++this.#count > COUNT_LIMIT) throw new RangeError('the message has too many parts');
    const length = this.#reader.uint32();
    const end = this.#reader.pos + length;
    if (end > this.#bytes.length)
      throw new RangeError('a field goes beyond the end of its message');
    return end;
  }
}
