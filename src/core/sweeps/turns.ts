import { setImmediate as nextTurn } from 'node:timers/promises';
import { checkCancelled } from '../scope.ts';

/** The longest time in ms that others wait for their turn. */
const TURN_MS = 15;

/** Lets others have their turn in long work. */
export class Turns {
  readonly #signal: AbortSignal | undefined;
  #since = performance.now();

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  /** Between two parts of the work: true when others had a turn. @throws AppError `E_CANCELLED` */
  async next(): Promise<boolean> {
    if (performance.now() - this.#since < TURN_MS) return false;
    await nextTurn();
    if (this.#signal) checkCancelled(this.#signal, 'The sweep');
    this.#since = performance.now();
    return true;
  }
}
