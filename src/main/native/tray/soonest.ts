/**
 * Does something at the soonest of the times that were asked for since it was done last: who asks again
 * and again puts nothing off. It keeps no process alive.
 */
export class Soonest {
  readonly #run: () => void;
  #timer: NodeJS.Timeout | undefined;
  #at = Number.POSITIVE_INFINITY;

  constructor(run: () => void) {
    this.#run = run;
  }

  /** Asks for it in so many ms. */
  in(ms: number): void {
    const at = performance.now() + ms;
    if (at >= this.#at) return;
    this.callOff();
    this.#at = at;
    this.#timer = setTimeout(() => {
      this.callOff();
      this.#run();
    }, ms);
    this.#timer.unref();
  }

  callOff(): void {
    clearTimeout(this.#timer);
    this.#at = Number.POSITIVE_INFINITY;
  }
}
