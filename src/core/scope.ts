import { AppError, cancelled } from '../shared/errors.ts';

/**
 * Owner of things that must end: operations get its signal, cleanups run in reverse order when it
 * is disposed. Disposing a scope first disposes its children, then aborts and waits for its own
 * operations, then cleans up.
 */
export class Scope {
  readonly #controller = new AbortController();
  readonly #children = new Set<Scope>();
  readonly #operations = new Set<Promise<unknown>>();
  readonly #cleanups: (() => Promise<void> | void)[] = [];
  readonly #name: string;
  readonly #parent: Scope | null;
  #disposal: Promise<void> | null = null;

  constructor(name: string, parent: Scope | null = null) {
    this.#name = name;
    this.#parent = parent;
  }

  /** Fires when the scope is disposed, or aborted by {@link abort}. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  child(name: string): Scope {
    this.#refuseWhenDisposed();
    const child = new Scope(`${this.#name}/${name}`, this);
    this.#children.add(child);
    return child;
  }

  /** Runs an operation that the scope waits for. Its failure is the caller's business. */
  run<T>(operation: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.#refuseWhenDisposed();
    const promise = operation(this.signal);
    const settled = promise.then(
      () => undefined,
      () => undefined,
    );
    this.#operations.add(settled);
    void settled.then(() => this.#operations.delete(settled));
    return promise;
  }

  onDispose(cleanup: () => Promise<void> | void): void {
    this.#refuseWhenDisposed();
    this.#cleanups.push(cleanup);
  }

  /** Asks everything inside to end, without waiting. */
  abort(): void {
    for (const child of this.#children) child.abort();
    this.#controller.abort(cancelled(this.#name));
  }

  /** Ends everything inside and waits for it. Safe to call twice; the first failed cleanup is thrown at the end. */
  dispose(): Promise<void> {
    this.#disposal ??= this.#disposeOnce();
    return this.#disposal;
  }

  async #disposeOnce(): Promise<void> {
    this.abort();
    const failures: unknown[] = [];
    for (const child of [...this.#children].reverse()) {
      await child.dispose().catch((error: unknown) => failures.push(error));
    }
    await Promise.all(this.#operations);
    for (const cleanup of this.#cleanups.toReversed()) {
      try {
        await cleanup();
      } catch (error) {
        failures.push(error);
      }
    }
    if (this.#parent) this.#parent.#children.delete(this);
    if (failures.length > 0) throw failures[0];
  }

  #refuseWhenDisposed(): void {
    if (this.#disposal) throw new AppError('E_CANCELLED', `${this.#name} has ended.`);
  }
}

/** Throws the cancellation when the signal has fired. */
export function checkCancelled(signal: AbortSignal, what: string): void {
  if (signal.aborted) throw cancelled(what);
}

/** Resolves after `ms` of monotonic time, or rejects with `E_CANCELLED` as soon as the signal fires. */
export function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(cancelled('Waiting'));
    };
    if (signal.aborted) return reject(cancelled('Waiting'));
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** What `work` comes to, or `E_CANCELLED` as soon as the signal fires: the work itself goes on then. */
export function unlessCancelled<T>(
  work: Promise<T>,
  signal: AbortSignal,
  what: string,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(cancelled(what));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
