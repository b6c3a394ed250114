import { formsOf } from './mask-forms.ts';

const STAR = 0x2a;

/** What is looked for, by the two bytes it begins with; the longest first. */
interface Patterns {
  byPair: ReadonlyMap<number, readonly Buffer[]>;
  /** 1 at every pair that something begins with: far quicker to ask than the map. */
  pairs: Uint8Array;
  firsts: Uint8Array;
}

const pairAt = (bytes: Buffer, index: number): number => (bytes[index]! << 8) | bytes[index + 1]!;

function compile(secrets: readonly Buffer[]): Patterns {
  const all = new Map(secrets.flatMap(formsOf).map((form) => [form.toString('latin1'), form]));
  const byPair = new Map<number, Buffer[]>();
  const pairs = new Uint8Array(65_536);
  const firsts = new Uint8Array(256);
  for (const form of [...all.values()].toSorted((a, b) => b.length - a.length)) {
    const pair = pairAt(form, 0);
    byPair.set(pair, [...(byPair.get(pair) ?? []), form]);
    pairs[pair] = 1;
    firsts[form[0]!] = 1;
  }
  return { byPair, pairs, firsts };
}

const NOTHING = Buffer.alloc(0);

/**
 * Puts as many `*` as a secret has bytes in its place, in one stream of bytes that comes in pieces.
 * Where secrets overlap, the one that begins first counts, and of those the longest. What comes out
 * depends on the bytes alone, not on how they are cut, so that a stream read again is masked alike.
 */
export class Masker {
  readonly #patterns: Patterns;
  /** The end of what came, as long as it may be the beginning of a secret. */
  #held: Buffer = NOTHING;

  private constructor(patterns: Patterns) {
    this.#patterns = patterns;
  }

  /** One for each of the two streams; null when there is nothing to mask. */
  static pair(secrets: readonly Buffer[] | undefined): Record<1 | 2, Masker> | null {
    const patterns = compile(secrets ?? []);
    if (patterns.byPair.size === 0) return null;
    return { 1: new Masker(patterns), 2: new Masker(patterns) };
  }

  /** Bytes that came and have not come out. */
  get held(): number {
    return this.#held.length;
  }

  /** The bytes that are decided by now, which may be none. Keeps no view on `bytes`. */
  push(bytes: Buffer): Buffer {
    return this.#mask(bytes, false);
  }

  /** The rest, when nothing more comes. */
  end(): Buffer {
    return this.#mask(NOTHING, true);
  }

  #mask(bytes: Buffer, last: boolean): Buffer {
    const came = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const { found, decided } = this.#scan(came, last);
    this.#held = decided === came.length ? NOTHING : Buffer.from(came.subarray(decided));
    if (found.length === 0) return came.subarray(0, decided);
    const masked = Buffer.from(came.subarray(0, decided));
    for (const [from, to] of found) masked.fill(STAR, from, to);
    return masked;
  }

  /** The places of secrets, and how far from the beginning everything is decided. */
  #scan(bytes: Buffer, last: boolean): { found: [number, number][]; decided: number } {
    const { pairs, firsts } = this.#patterns;
    const found: [number, number][] = [];
    const end = bytes.length - 1;
    let index = 0;
    while (index < end) {
      const length = pairs[pairAt(bytes, index)] === 0 ? 0 : this.#matchAt(bytes, index, last);
      if (length === null) return { found, decided: index };
      if (length > 0) found.push([index, index + length]);
      index += length || 1;
    }
    const open = !last && index === end && firsts[bytes[end]!] === 1;
    return { found, decided: open ? end : bytes.length };
  }

  /** Length of the secret that begins at `index`, 0 for none, null when the bytes to come decide it. */
  #matchAt(bytes: Buffer, index: number, last: boolean): number | null {
    for (const form of this.#patterns.byPair.get(pairAt(bytes, index)) ?? []) {
      const length = Math.min(form.length, bytes.length - index);
      if (last && length < form.length) continue;
      if (bytes.compare(form, 0, length, index, index + length) !== 0) continue;
      return length < form.length ? null : length;
    }
    return 0;
  }
}
