/**
 * A timer that tells how late it came. The first two functions are sent to the app's main process as
 * text, so they use nothing of this file.
 */

/**
 * Starts the timer. Linux also tells how much of the time between two beats the thread spent on a CPU
 * and how much it waited for one; what is left was spent asleep, or in a call that blocks.
 */
export function installPulse() {
  const EVERY_MS = 5;
  const { readFileSync } = process.getBuiltinModule('node:fs');
  const cpuMs = () => {
    try {
      const numbers = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ');
      return { ran: Number(numbers[0]) / 1e6, waited: Number(numbers[1]) / 1e6 };
    } catch {
      return { ran: 0, waited: 0 };
    }
  };
  let last = { at: performance.now(), ...cpuMs() };
  globalThis.slipwayPulse = [];
  globalThis.slipwayPulseTimer = setInterval(() => {
    const now = { at: performance.now(), ...cpuMs() };
    const late = Math.max(0, now.at - last.at - EVERY_MS);
    const { ran, waited } = last;
    globalThis.slipwayPulse.push({ late, ran: now.ran - ran, waited: now.waited - waited });
    last = now;
  }, EVERY_MS);
}

/** What was seen since the last reading: the latest beat, and the latenesses in ms. */
export function readPulse() {
  const beats = globalThis.slipwayPulse.splice(0).sort((a, b) => a.late - b.late);
  return {
    longest: beats.at(-1) ?? { late: 0, ran: 0, waited: 0 },
    p99: beats[Math.floor(beats.length * 0.99)]?.late ?? 0,
    ran: Math.max(0, ...beats.map((beat) => beat.ran)),
  };
}

/** Ends what {@link installPulse} started in this process. */
export const endPulse = () => clearInterval(globalThis.slipwayPulseTimer);
