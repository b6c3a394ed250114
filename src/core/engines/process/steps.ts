import type { StepSink } from '../engine.ts';

/** Numbers the steps of one preparation. One step is under way at a time. */
export class Steps {
  readonly #sink: StepSink;
  #next = 0;
  #open = false;

  constructor(sink: StepSink) {
    this.#sink = sink;
  }

  begin(name: string): void {
    this.#sink.begin(this.#next, name);
    this.#open = true;
  }

  /** Output of the step under way. */
  output(bytes: Buffer): Promise<void> | void {
    return this.#sink.output(this.#next, bytes);
  }

  /** Does nothing when no step is under way. */
  end(state: 'done' | 'failed' | 'cancelled'): void {
    if (!this.#open) return;
    this.#sink.end(this.#next, state);
    this.#next += 1;
    this.#open = false;
  }

  async run(name: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    this.begin(name);
    try {
      await work();
      this.end('done');
    } catch (error) {
      this.end(signal.aborted ? 'cancelled' : 'failed');
      throw error;
    }
  }
}
