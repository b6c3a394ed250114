import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Soonest } from './soonest.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function counted() {
  const run = vi.fn();
  return { run, timer: new Soonest(run) };
}

describe('Soonest', () => {
  it('is not put off by being asked again', () => {
    const { run, timer } = counted();
    for (let i = 0; i < 10; i += 1) {
      timer.in(300);
      vi.advanceTimersByTime(100);
    }
    expect(run).toHaveBeenCalledTimes(3);
  });

  it.each([
    [[60_000, 300], 300],
    [[300, 60_000], 300],
  ])('of %j takes the soonest, and only that', (times, soonest) => {
    const { run, timer } = counted();
    for (const ms of times) timer.in(ms);
    vi.advanceTimersByTime(soonest - 1);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(60_000);
    expect(run).toHaveBeenCalledOnce();
  });

  it('can be asked while it runs, and called off', () => {
    const run = vi.fn(() => timer.in(100));
    const timer = new Soonest(run);
    timer.in(100);
    vi.advanceTimersByTime(250);
    expect(run).toHaveBeenCalledTimes(2);
    timer.callOff();
    vi.advanceTimersByTime(1000);
    expect(run).toHaveBeenCalledTimes(2);
  });
});
