/** A person's wish that a run ends, and the second one that it ends now. */
export class StopRequest {
  readonly #stop = new AbortController();
  readonly #kill = new AbortController();

  /** Takes the number of times a stop was asked for. */
  update(count: number): void {
    if (count >= 1) this.#stop.abort();
    if (count >= 2) this.#kill.abort();
  }

  get asked(): boolean {
    return this.#stop.signal.aborted;
  }

  get stopSignal(): AbortSignal {
    return this.#stop.signal;
  }

  get killSignal(): AbortSignal {
    return this.#kill.signal;
  }
}

/** Resolves when one of the signals fires, or after `ms` if given. Never rejects. */
export function firstOf(signals: AbortSignal[], ms?: number): Promise<void> {
  return new Promise((resolve) => {
    const any = AbortSignal.any(signals);
    if (any.aborted) return resolve();
    const timer = ms === undefined ? undefined : setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      any.removeEventListener('abort', done);
      resolve();
    }
    any.addEventListener('abort', done);
  });
}
