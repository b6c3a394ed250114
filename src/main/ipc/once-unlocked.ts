import { setTimeout as sleep } from 'node:timers/promises';
import { toErrorData } from '../../shared/errors.ts';

/** How long a request waits for another program to let go of the database. */
const LIMIT_MS = 5000;
const AGAIN_MS = 100;

/**
 * Does again what was refused because another process wrote: the main process itself waits for nobody. A write is
 * all or nothing, so that nothing is done twice.
 * @throws what the work throws; `E_DB_BUSY` when the database stays locked
 */
export async function onceUnlocked<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + LIMIT_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (toErrorData(error).code !== 'E_DB_BUSY' || performance.now() > until) throw error;
      await sleep(AGAIN_MS);
    }
  }
}
