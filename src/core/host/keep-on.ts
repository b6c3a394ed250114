import { delay } from '../scope.ts';

/** A keeper that failed is begun anew after this time: a fault that stays is not met in a busy loop. */
const AGAIN_MS = 10 * 60_000;

/** Lets a keeper do its work until the signal. What ends it before is told, and it is begun anew. Never throws. */
export async function keepOn(
  keep: (signal: AbortSignal) => Promise<void>,
  noteFault: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await keep(signal).catch((error: unknown) => {
      if (!signal.aborted) noteFault(error);
    });
    await delay(AGAIN_MS, signal).catch(() => undefined);
  }
}
