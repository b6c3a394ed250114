import type { MessageBoxReturnValue } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts';
import { stopAll, type StopAllParts } from './stop-all.ts';
import { endedRun } from '../testing.ts';

/** Runs that end at the stop of this number; never for 0. */
function parts(endsAt: number, press?: number) {
  const stops = new Map<string, number>();
  const release = vi.fn();
  const state = (id: string) =>
    endsAt > 0 && (stops.get(id) ?? 0) >= endsAt ? ('stopped' as const) : ('running' as const);
  const core = {
    runs: {
      get: (id: string) => endedRun({ id, state: state(id) }),
      stop: (id: string) => stops.set(id, (stops.get(id) ?? 0) + 1),
    },
    settings: { get: () => ({ ...DEFAULT_SETTINGS, stopGraceSeconds: 0 }) },
    holdWaiting: vi.fn(() => release),
  } as unknown as StopAllParts['core'];
  const ask: StopAllParts['ask'] = (_box, signal) => {
    const { promise, resolve } = Promise.withResolvers<MessageBoxReturnValue>();
    const answer = (response: number) => resolve({ response, checkboxChecked: false });
    signal.addEventListener('abort', () => answer(1));
    if (press !== undefined) answer(press);
    return promise;
  };
  return { core, ask, showProgress: vi.fn(), report: vi.fn(), stops, release };
}

const NEVER = new AbortController().signal;

describe('stopAll', () => {
  it('returns when all have ended; what waits is not started meanwhile', async () => {
    const all = parts(1);
    expect(await stopAll(all, ['a', 'b'], NEVER)).toBe(true);
    expect([...all.stops]).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
    expect(all.core.holdWaiting).toHaveBeenCalledOnce();
    expect(all.release).not.toHaveBeenCalled();
    expect(all.showProgress.mock.calls.at(-1)).toEqual([null]);
  });

  it('ends at once what has not ended in time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    const all = parts(2);
    const done = stopAll(all, ['a'], NEVER);
    await vi.advanceTimersByTimeAsync(11_000);
    expect(await done).toBe(true);
    expect(all.stops.get('a')).toBe(2);
    vi.useRealTimers();
  });

  it('gives up in the end: quitting is what was asked for', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    const done = stopAll(parts(0), ['a'], NEVER);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await done).toBe(true);
    vi.useRealTimers();
  });

  it('quits now when that is pressed, and stays when the other is', async () => {
    const [now, stay] = [parts(0, 0), parts(0, 1)];
    expect(await stopAll(now, ['a'], NEVER)).toBe(true);
    expect(await stopAll(stay, ['a'], NEVER)).toBe(false);
    expect([now, stay].map(({ release }) => release.mock.calls.length)).toEqual([0, 1]);
  });

  it.each([
    [new AppError('E_NOT_FOUND', 'There is no run "a".'), 0],
    [new Error('the database is closed'), 1],
  ])('is not held up by a run of which is said %s', async (error, reported) => {
    const all = parts(0);
    all.core.runs.get = () => {
      throw error;
    };
    expect(await stopAll(all, ['a'], NEVER)).toBe(true);
    expect(all.report).toHaveBeenCalledTimes(reported);
  });
});
