import { cancelled } from '../../shared/errors.ts';
import { checkCancelled } from '../scope.ts';
import type { LogGrowth } from './log-growth.ts';
import type { LogChunk } from './log-store.ts';

const READ_SIZE = 256 * 1024;
/** Wait between looks at the files and at `ended`; a writer of this process cuts it short. */
const LOOK_MS = 40;
const WHAT = 'Following the log';

interface TailParts {
  growth: LogGrowth;
  read: (id: string, offset: number, limit: number) => Promise<LogChunk[]>;
}

/** See {@link LogStore.tail}. */
export async function* tailLog(
  { growth, read }: TailParts,
  id: string,
  offset: number,
  ended: () => boolean,
  signal: AbortSignal,
): AsyncGenerator<LogChunk> {
  const alarm = new Alarm(signal);
  const unlisten = growth.listen(id, () => alarm.ring());
  try {
    for (let next = offset; ;) {
      checkCancelled(signal, WHAT);
      // Asked before the read: what is written until it says so is read then.
      const last = ended() && !growth.writer(id)?.busy;
      const chunks = await read(id, next, READ_SIZE);
      for (const chunk of chunks) {
        checkCancelled(signal, WHAT);
        next = chunk.offset + chunk.bytes.length;
        yield chunk;
      }
      if (chunks.length > 0) continue;
      if (last) return;
      await alarm.wait(LOOK_MS);
    }
  } finally {
    unlisten();
  }
}

/** A wait that ends early when it is rung, also when that was just before, and fails when cancelled. */
class Alarm {
  readonly #signal: AbortSignal;
  #rung = false;
  #wake: (() => void) | null = null;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  async wait(ms: number): Promise<void> {
    if (!this.#rung && !this.#signal.aborted) await this.#sleep(ms);
    this.#rung = false;
    if (this.#signal.aborted) throw cancelled(WHAT);
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#signal.removeEventListener('abort', wake);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#wake = wake;
      this.#signal.addEventListener('abort', wake, { once: true });
    });
  }
}
