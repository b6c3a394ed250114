import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { delay } from '../scope.ts';
import { keepOn } from './keep-on.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('begins a keeper anew that an unforeseen fault has ended, and tells of it', async () => {
  const bug = new TypeError('a bug');
  const told: unknown[] = [];
  const stop = new AbortController();
  let begun = 0;
  const keep = async (signal: AbortSignal) => {
    begun += 1;
    if (begun === 1) throw bug;
    await delay(2 ** 30, signal);
  };
  const kept = keepOn(keep, (error) => told.push(error), stop.signal);
  await vi.advanceTimersByTimeAsync(60_000);
  expect({ begun, told }).toEqual({ begun: 1, told: [bug] });
  await vi.advanceTimersByTimeAsync(24 * 60 * 60_000);
  expect({ begun, told }).toEqual({ begun: 2, told: [bug] });
  stop.abort();
  await kept;
  expect({ begun, told }).toEqual({ begun: 2, told: [bug] });
});
