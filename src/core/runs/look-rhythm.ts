import type { Clock } from '../clock.ts';

const EVERY_MS = 60_000;
/** A tick that comes so much too late, or a clock that was set by so much: the machine slept. */
const SLEPT_MS = 5000;
/** Wait before a look that something went wrong at is done again. */
const AGAIN_MS = 5000;

/**
 * When everything is to be looked at again: every minute, after the machine or this process slept, and
 * soon after something went wrong. Asked about once a second.
 */
export class LookRhythm {
  readonly #clock: Clock;
  #dueAt: number;
  #last: { wall: number; steady: number };

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#last = { wall: clock.now(), steady: clock.monotonic() };
    this.#dueAt = clock.monotonic() + EVERY_MS;
  }

  /** Whether it is time; the next time is then a minute away. */
  isDue(): boolean {
    const steady = this.#clock.monotonic();
    if (!this.#hasSlept() && steady < this.#dueAt) return false;
    this.#dueAt = steady + EVERY_MS;
    return true;
  }

  /** Asks for a look at once. */
  now(): void {
    this.#dueAt = this.#clock.monotonic();
  }

  /** Asks for a look in a while. */
  again(): void {
    this.#dueAt = Math.min(this.#dueAt, this.#clock.monotonic() + AGAIN_MS);
  }

  #hasSlept(): boolean {
    const before = this.#last;
    this.#last = { wall: this.#clock.now(), steady: this.#clock.monotonic() };
    const steady = this.#last.steady - before.steady;
    const wall = this.#last.wall - before.wall;
    // While a machine sleeps its steady clock stands on most systems.
    return steady > SLEPT_MS || Math.abs(wall - steady) > SLEPT_MS;
  }
}
