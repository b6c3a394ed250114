import { cancelled } from '../../../shared/errors.ts';
import { awakeTimer } from './awake-timer.ts';
import { DeadlineError } from './engine-errors.ts';

/**
 * Runs a call that must end within `ms` and when `signal` fires: it then fails with
 * {@link DeadlineError} or `E_CANCELLED`, even if the call itself never settles.
 */
export function withDeadline<T>(
  what: string,
  ms: number,
  signal: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (signal.aborted) return Promise.reject(cancelled(what));
  const controller = new AbortController();
  return new Promise<T>((resolve, reject) => {
    const finish = (): void => {
      callOff();
      signal.removeEventListener('abort', cancel);
    };
    const fail = (error: unknown): void => {
      finish();
      reject(error);
      controller.abort(error);
    };
    const cancel = (): void => fail(cancelled(what));
    const callOff = awakeTimer(ms, () => fail(new DeadlineError(ms)));
    signal.addEventListener('abort', cancel, { once: true });
    call(controller.signal).then((value) => {
      finish();
      resolve(value);
    }, fail);
  });
}
