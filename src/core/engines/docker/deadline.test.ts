import { describe, expect, it } from 'vitest';
import { withDeadline } from './deadline.ts';
import { DeadlineError } from './engine-errors.ts';

const never = new AbortController().signal;

/** As a process is that was stopped and goes on. */
function beAway(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('withDeadline', () => {
  it('fails a call that is not answered in time, and tells it so', async () => {
    let told: AbortSignal | null = null;
    const call = withDeadline('Asking', 10, never, (signal) => {
      told = signal;
      return new Promise(() => undefined);
    });
    await expect(call).rejects.toBeInstanceOf(DeadlineError);
    expect(told!.aborted).toBe(true);
  });

  it('gives an answer its time that came while the process was stopped', async () => {
    const answer = new Promise((resolve) => {
      // Read after the timers, as what comes from a socket is.
      setTimeout(() => setTimeout(() => resolve('there'), 5), 20);
    });
    const call = withDeadline('Asking', 50, never, () => answer);
    beAway(700);
    expect(await call).toBe('there');
  });

  it('ends with its signal', async () => {
    const cancel = new AbortController();
    const call = withDeadline('Asking', 10_000, cancel.signal, () => new Promise(() => undefined));
    cancel.abort();
    await expect(call).rejects.toMatchObject({ code: 'E_CANCELLED' });
  });
});
