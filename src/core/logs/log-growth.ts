import type { LogHead } from './log-store.ts';

/** A writer of this process, as far as readers need it. */
interface LocalWriter {
  head(): LogHead;
  /** Whether anything that was appended is not in the files yet. */
  readonly busy: boolean;
}

/** Tells who waits for a log that a writer of this process stored something, opened or closed. */
export class LogGrowth {
  readonly #writers = new Map<string, LocalWriter>();
  readonly #listeners = new Map<string, Set<() => void>>();

  opened(id: string, writer: LocalWriter): void {
    this.#writers.set(id, writer);
    this.tell(id);
  }

  closed(id: string): void {
    this.#writers.delete(id);
    this.tell(id);
  }

  writer(id: string): LocalWriter | undefined {
    return this.#writers.get(id);
  }

  tell(id: string): void {
    for (const listener of this.#listeners.get(id) ?? []) listener();
  }

  /** Returns the unsubscribe. */
  listen(id: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(id) === listeners) this.#listeners.delete(id);
    };
  }
}
