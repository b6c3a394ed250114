/** Steps (expressions, statements, calls) in all; code that needs more is read in part. */
const STEP_LIMIT = 200_000;
/** The same for one imported module and for one function that is read for itself. */
const PART_LIMIT = 20_000;
const CLOCK_EVERY = 1024;

/** Thrown when the limits are reached; what was found until then stays. */
export class EnoughRead extends Error {}

/** How much of the code is read: by steps and by time. */
export class Budget {
  readonly #until: number;
  #steps = 0;
  #ceiling = STEP_LIMIT;

  /** `until` is as of `performance.now()`. */
  constructor(until: number) {
    this.#until = until;
  }

  step(): void {
    this.#steps += 1;
    if (this.#steps > this.#ceiling) throw new EnoughRead();
    if (this.#steps % CLOCK_EVERY === 0 && this.#isLate()) throw new EnoughRead();
  }

  /** A part that is too much for itself does not keep the rest from being read. */
  bounded(work: () => void): void {
    const outer = this.#ceiling;
    this.#ceiling = Math.min(outer, this.#steps + PART_LIMIT);
    try {
      work();
    } catch (error) {
      const isOver = this.#steps > outer || this.#isLate();
      if (!(error instanceof EnoughRead) || isOver) throw error;
    } finally {
      this.#ceiling = outer;
    }
  }

  #isLate(): boolean {
    return performance.now() > this.#until;
  }
}
