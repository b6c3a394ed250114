import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WAIT_CODES, type WaitReason } from '../../shared/domain/queue.ts';
import { WaitTeller } from './wait-teller.ts';

const full: WaitReason = { code: 'limit', text: '1 of 1 running', next: null };
const paused: WaitReason = { code: 'paused', text: 'queue paused', next: 'Resume the queue.' };
const behind = (count: number): WaitReason => ({
  ...{ code: 'behind', text: `${count} before it`, next: null },
});

/** What is told while a run waits for the reasons, each as long as beside it. Looks every 100 ms. */
function told(...reasons: [WaitReason, number][]): string[] {
  const teller = new WaitTeller();
  let now = 1000;
  const lines: string[] = [];
  for (const [reason, ms] of reasons) {
    for (const end = now + ms; now < end; now += 100) {
      if (teller.isDue(reason, now)) lines.push(reason.text);
    }
  }
  return lines;
}

describe('why a run waits is told', () => {
  it('once for each change', () => {
    expect(told([full, 60_000], [paused, 60_000], [full, 60_000])).toEqual([
      '1 of 1 running',
      'queue paused',
      '1 of 1 running',
    ]);
  });

  it('not for what passes at once', () => {
    expect(told([behind(1), 300], [full, 5000], [behind(1), 300])).toEqual(['1 of 1 running']);
  });

  it('as it is in the end, where it changes quickly', () => {
    const counts = Array.from({ length: 50 }, (_, i): [WaitReason, number] => [
      behind(60 - i),
      500,
    ]);
    expect(told(...counts, [behind(1), 20_000]).at(-1)).toBe('1 before it');
  });

  it('never in a storm, and never the same twice in a row', () => {
    const reason = fc.record({
      code: fc.constantFrom(...WAIT_CODES),
      text: fc.constantFrom('a', 'b', 'c', 'd'),
      next: fc.constant(null),
    });
    const time = fc.integer({ min: 1, max: 50 }).map((tenths) => tenths * 100);
    fc.assert(
      fc.property(fc.array(fc.tuple(reason, time)), (reasons) => {
        const lines = told(...reasons);
        const seconds = reasons.reduce((sum, [, ms]) => sum + ms, 0) / 1000;
        expect(lines.length).toBeLessThanOrEqual(1 + seconds / 2);
        for (const [i, line] of lines.entries()) expect(line).not.toBe(lines[i - 1]);
      }),
    );
  });
});
