import { setImmediate } from 'node:timers/promises';
import { cancelled } from '../../shared/errors.ts';
import type { Progress } from './snapshots.ts';

const PROGRESS_EVERY_MS = 100;
const YIELD_EVERY_MS = 25;

/** How a piece of work in the worker learns that it must end, and tells how far it is. */
export class WorkControl {
  readonly #flag: Int32Array;
  readonly #what: string;
  readonly #report: (progress: Progress) => void;
  #reportedAt = -Infinity;
  #yieldedAt = performance.now();

  /** `flag[0]` is set to 1 by the other thread when the work is to be cancelled. */
  constructor(flag: Int32Array, what: string, report: (progress: Progress) => void) {
    this.#flag = flag;
    this.#what = what;
    this.#report = report;
  }

  get isCancelled(): boolean {
    return Atomics.load(this.#flag, 0) !== 0;
  }

  /** Throws `E_CANCELLED` when the work is to end. Cheap enough for every file. */
  check(): void {
    if (this.isCancelled) throw cancelled(this.#what);
  }

  /** Reports at most ten times a second. */
  progress(text: string, done: number, total: number | null): void {
    const now = performance.now();
    if (now - this.#reportedAt < PROGRESS_EVERY_MS) return;
    this.#reportedAt = now;
    this.#report({ text, done, total });
  }

  /** Lets other requests of the worker in, if they had to wait for a while; then as {@link check}. */
  async breathe(): Promise<void> {
    this.check();
    if (performance.now() - this.#yieldedAt < YIELD_EVERY_MS) return;
    await setImmediate();
    this.#yieldedAt = performance.now();
    this.check();
  }
}
