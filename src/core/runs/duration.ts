import type { Clock } from '../clock.ts';
import type { EngineFact } from '../engines/engine.ts';

/**
 * Tells how long a run ran, in ms, although the clock may have been set meanwhile. A process that saw it
 * start measures it; for one that came to it later, the times of the engine are of one clock.
 */
export class RunDuration {
  readonly #clock: Clock;
  #startedAt: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** It is seen to start in this moment. */
  starts(): void {
    this.#startedAt ??= this.#clock.monotonic();
  }

  /**
   * It has ended: in this moment, unless nobody watched it then. Null where only the clock of the wall can
   * tell.
   */
  ends(fact: EngineFact | null, unwatched: boolean): number | null {
    if (this.#startedAt !== null && !unwatched)
      return Math.max(0, this.#clock.monotonic() - this.#startedAt);
    if (!fact || fact.startedAt === null || fact.endedAt === null) return null;
    const told = fact.endedAt - fact.startedAt;
    // That clock was set back: an engine that says so puts the end where the start is.
    return told > 0 ? told : null;
  }
}
