import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RUN_STATES, isTerminal } from '../../../shared/domain/run.ts';
import { makeRun } from '../../testing/fake-data.ts';
import { barsOf, placeOf, tickText } from './bars.ts';

const NOW = 10_000_000;
const ended = (id: string, createdAt: number, startedAt: number | null, endedAt: number) =>
  makeRun({ id, name: id, state: 'finished', createdAt, startedAt, endedAt });

describe('the last runs over time', () => {
  it('are none without runs', () => {
    expect(barsOf({ running: [], ended: [] }, NOW)).toBeNull();
  });

  it('waited until they started and ran until they ended, or until now', () => {
    const live = makeRun({ id: 'c', name: 'c', state: 'running', createdAt: 50, startedAt: 80 });
    const never = { ...ended('b', 10, null, 60), state: 'stopped' as const };
    const found = barsOf({ running: [live], ended: [never, ended('a', 0, 20, 30)] }, NOW)!;
    expect(found.bars.map(({ run, waited, ran }) => [run.id, waited, ran])).toEqual([
      ['a', { from: 0, to: 20 }, { from: 20, to: 30 }],
      ['b', { from: 10, to: 60 }, null],
      ['c', { from: 50, to: 80 }, { from: 80, to: NOW }],
    ]);
    expect(found).toMatchObject({ from: 0, to: NOW });
    expect(placeOf(NOW / 2, found, 200)).toBe(100);
  });

  it('stay within the picture and go forward, whatever clocks did', () => {
    const time = fc.integer({ min: 0, max: 2 * NOW });
    const run = fc.record({
      ...{ id: fc.uuid(), state: fc.constantFrom(...RUN_STATES) },
      ...{ createdAt: time, startedAt: fc.option(time), endedAt: time },
    });
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 30 }), (runs) => {
        const all = runs.map(({ endedAt, ...each }) =>
          makeRun({ ...each, name: 'x', endedAt: isTerminal(each.state) ? endedAt : null }),
        );
        const view = {
          running: all.filter(({ state }) => !isTerminal(state)),
          ended: all.filter(({ state }) => isTerminal(state)),
        };
        const { from, to, bars, ticks } = barsOf(view, NOW)!;
        expect(bars.length).toBeLessThanOrEqual(12);
        expect(ticks.length).toBeLessThanOrEqual(7);
        for (const at of ticks) expect(at >= from && at <= to).toBe(true);
        for (const { waited, ran } of bars) {
          const times = [from, waited.from, waited.to, ...(ran ? [ran.from, ran.to] : []), to];
          expect(times).toEqual(times.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it('has marks as exact as their steps', () => {
    const at = new Date(2026, 5, 11, 14, 30, 5).getTime();
    expect([5000, 60_000, 86_400_000].map((step) => tickText(at, step))).toEqual([
      ...['14:30:05', '14:30', '11 Jun'],
    ]);
  });
});
