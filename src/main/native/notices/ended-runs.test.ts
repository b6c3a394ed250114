import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EndedRuns } from './ended-runs.ts';
import { endedRun, endedSweep } from '../testing.ts';

const START = 1_000_000;
const going = (id: string) => endedRun({ id, state: 'running', endedAt: null });
const take = (ended: EndedRuns, ...runs: Parameters<EndedRuns['take']>[0]) =>
  ended.take(runs).map(({ id }) => id);

describe('EndedRuns', () => {
  it('tells a run that was going, once, whatever changes of it later', () => {
    const ended = new EndedRuns(['a'], START);
    expect(take(ended, endedRun({ id: 'a' }), endedRun({ id: 'a' }))).toEqual(['a']);
    expect(take(ended, endedRun({ id: 'a', starred: true }))).toEqual([]);
  });

  it('tells a run that came later, and one too quick to be seen going', () => {
    const ended = new EndedRuns([], START);
    expect(take(ended, going('a'))).toEqual([]);
    const quick = endedRun({ id: 'b', createdAt: START });
    expect(take(ended, endedRun({ id: 'a' }), quick, quick)).toEqual(['a', 'b']);
  });

  it('says nothing of what had ended before, or was imported', () => {
    const ended = new EndedRuns([], START);
    expect(take(ended, endedRun({ id: 'old', tags: ['new tag'] }))).toEqual([]);
    expect(take(ended, endedRun({ id: 'in', createdAt: START, engine: null }))).toEqual([]);
  });

  it('tells each end once, in any order of news', () => {
    const news = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c'), over: fc.boolean() }));
    fc.assert(
      fc.property(news, (all) => {
        const ended = new EndedRuns(['a'], START);
        const rows = all.map(({ id, over }) => (over ? endedRun({ id }) : going(id)));
        const told = rows.flatMap((row) => take(ended, row));
        expect(new Set(told).size).toBe(told.length);
      }),
    );
  });

  it('tells the end of a sweep once, and again after cells were run again', () => {
    const ended = new EndedRuns([], START);
    const running = endedSweep({ states: { finished: 19, queued: 1 } });
    expect(ended.takeSweep(running)).toBe(false);
    expect([1, 2].map(() => ended.takeSweep(endedSweep()))).toEqual([true, false]);
    ended.reopen([running]);
    expect(ended.takeSweep(endedSweep())).toBe(true);
  });
});
