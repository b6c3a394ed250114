/**
 * What the person sees while something is prepared: one short line each time.
 * Always on stderr, because stdout belongs to the command that is run in the end.
 */
export function say(text) {
  process.stderr.write(`slipway: ${text}\n`);
}

/**
 * Does the work and says how long it took.
 * @template T
 * @param {string} title what is being done, as "installing packages"
 * @param {() => Promise<T> | T} work
 */
export async function step(title, work) {
  const started = performance.now();
  say(`${title} ...`);
  const result = await work();
  say(`${title}: done in ${seconds(performance.now() - started)}`);
  return result;
}

/** Milliseconds as "1.2 s". */
export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
