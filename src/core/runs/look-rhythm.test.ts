import { describe, expect, it } from 'vitest';
import { LookRhythm } from './look-rhythm.ts';

const HOUR = 3_600_000;

/** A rhythm that is asked every second, on clocks of the test's. */
function rhythm() {
  const time = { wall: 1_800_000_000_000, steady: 0 };
  const look = new LookRhythm({ now: () => time.wall, monotonic: () => time.steady });
  const pass = (ms: number) => {
    time.wall += ms;
    time.steady += ms;
  };
  /** After how many seconds of `seconds` it was time. */
  const dueAfter = (seconds: number): number[] =>
    Array.from({ length: seconds }, (_, second) => second + 1).filter(() => {
      pass(1000);
      return look.isDue();
    });
  return { time, look, pass, dueAfter };
}

describe('LookRhythm', () => {
  it('is once a minute', () => {
    expect(rhythm().dueAfter(150)).toEqual([60, 120]);
  });

  it.each<[string, (all: ReturnType<typeof rhythm>) => void]>([
    ['the machine slept', ({ time }) => void (time.wall += HOUR)],
    ['this process was stopped', ({ pass }) => pass(90_000)],
    ['the clock was set back', ({ time }) => void (time.wall -= HOUR)],
    ['it was asked for', ({ look }) => look.now()],
  ])('is at once when %s, and then a minute later', (_what, happens) => {
    const all = rhythm();
    expect(all.dueAfter(10)).toEqual([]);
    happens(all);
    expect(all.dueAfter(70)).toEqual([1, 61]);
  });

  it('is soon when something went wrong', () => {
    const all = rhythm();
    all.look.again();
    expect(all.dueAfter(70)).toEqual([5, 65]);
  });
});
