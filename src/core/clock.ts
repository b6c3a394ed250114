/** Time, handed in so that tests can bend it. */
export interface Clock {
  /** Wall time in ms since 1970: for display only. */
  now(): number;
  /** Milliseconds that never jump: for limits and order. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
