/** How things are measured: variants in turn, round by round, so that the machine's moods hit all alike. */

/**
 * @typedef {() => Promise<number | void>} Variant does the thing once; a number it returns (in ms)
 *   takes the place of the time it took
 */

/**
 * Runs the variants in turn (A B C A B C), after one round that does not count.
 * @template {string} Name
 * @param {Record<Name, Variant>} variants
 * @param {object} options
 * @param {number} options.count rounds that count
 * @param {AbortSignal} options.signal
 * @param {(name: Name) => Promise<void>} [options.before] gets ready for a variant; not measured
 * @returns {Promise<Record<Name, number[]>>} ms by variant, in the order of the rounds
 */
export async function rounds(variants, { count, signal, before }) {
  const names = Object.keys(variants);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -1; round < count; round++) {
    for (const name of names) {
      signal.throwIfAborted();
      await before?.(name);
      const ms = await timed(variants[name]);
      if (round >= 0) times[name].push(ms);
    }
  }
  return times;
}

async function timed(variant) {
  const started = performance.now();
  const own = await variant();
  return own ?? performance.now() - started;
}

/** The middle value, or the mean of the two. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The smallest value that at least `share` (0 to 1) of all values do not exceed. */
export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

/** The median of the ratios within each round: drift from round to round cancels out. */
export const pairRatio = (ours, rival) => median(ours.map((ms, round) => ms / rival[round]));
