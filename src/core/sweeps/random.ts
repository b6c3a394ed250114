const MASK = 0xffff_ffffn;

/** Spreads a seed over the four words of a generator (SplitMix64, as the authors of xoshiro advise). */
function spread(seed: number): [number, number, number, number] {
  let state = BigInt.asUintN(64, BigInt(seed));
  const next = (): bigint => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let z = state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  };
  const [a, b] = [next(), next()];
  return [Number(a & MASK), Number(a >> 32n), Number(b & MASK), Number(b >> 32n)];
}

const rotated = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/**
 * Numbers from 0 to below 1, the same for the same seed on every machine (xoshiro128**, Blackman and
 * Vigna). The seed is a safe integer.
 */
export function randomNumbers(seed: number): () => number {
  const s = spread(seed);
  const next = (): number => {
    const result = Math.imul(rotated(Math.imul(s[1], 5), 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotated(s[3], 11);
    return result;
  };
  // 53 bits: 27 of one word and 26 of the next.
  return () => ((next() >>> 5) * 0x400_0000 + (next() >>> 6)) / 2 ** 53;
}
