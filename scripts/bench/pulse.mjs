/**
 * A timer in the app's main process that tells how late it came. Both functions are sent there as
 * text, so they use nothing of this file.
 */

/** Starts the timer. Linux also tells how much of each lateness the thread spent on a CPU. */
export function installPulse() {
  const EVERY_MS = 5;
  const { readFileSync } = process.getBuiltinModule('node:fs');
  const ranMs = () => {
    try {
      return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[0]) / 1e6;
    } catch {
      return 0;
    }
  };
  let last = { at: performance.now(), ran: ranMs() };
  globalThis.slipwayPulse = [];
  setInterval(() => {
    const now = { at: performance.now(), ran: ranMs() };
    const late = Math.max(0, now.at - last.at - EVERY_MS);
    globalThis.slipwayPulse.push({ late, ran: now.ran - last.ran });
    last = now;
  }, EVERY_MS);
}

/**
 * What was seen since the last reading, in ms: the latenesses, and the longest time on a CPU between
 * two beats (the rest of a lateness was spent waiting for a CPU or a disk).
 */
export function readPulse() {
  const beats = globalThis.slipwayPulse.splice(0);
  const late = beats.map((beat) => beat.late).sort((a, b) => a - b);
  return {
    longest: late.at(-1) ?? 0,
    p99: late[Math.floor(late.length * 0.99)] ?? 0,
    ran: Math.max(0, ...beats.map((beat) => beat.ran)),
  };
}
