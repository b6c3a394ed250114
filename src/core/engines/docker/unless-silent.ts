import { delay } from '../../scope.ts';
import { DeadlineError } from './engine-errors.ts';

/** For how long a call may take before the engine is asked whether it is there, and between the questions. */
const EVERY_MS = 8000;

/**
 * What a call comes to that may take long, as long as the engine answers `ping` meanwhile: one that hangs is
 * found out long before the deadline of the call. Fails with {@link DeadlineError} then.
 */
export async function unlessSilent<T>(
  call: Promise<T>,
  ping: () => Promise<unknown>,
  everyMs = EVERY_MS,
): Promise<T> {
  const done = new AbortController();
  const begun = performance.now();
  const watch = async (): Promise<never> => {
    for (;;) {
      await delay(everyMs, done.signal);
      await ping().catch(() => {
        throw new DeadlineError(performance.now() - begun);
      });
    }
  };
  try {
    return await Promise.race([call, watch()]);
  } finally {
    done.abort();
  }
}
