import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QueueEntry } from '../../../shared/domain/queue.ts';
import { PRIORITIES, type Priority } from '../../../shared/domain/run.ts';
import { makeRun } from '../../testing/fake-data.ts';
import { lanesOf, placesBetween, topOf } from './waiting-places.ts';
import { afterMove, targetOf, waitingRows } from './waiting-rows.ts';

const entry = (id: string, priority: Priority): QueueEntry => ({
  run: makeRun({ id, name: id, state: 'queued', priority }),
  position: 1,
  reason: { code: 'next', text: 'starts now', next: null },
});

const WAITING = [entry('a', 'high'), entry('b', 'medium'), entry('c', 'medium'), entry('d', 'low')];
const countsOf = (waiting: readonly QueueEntry[]) =>
  lanesOf(
    Object.fromEntries(
      PRIORITIES.map((each) => [each, waiting.filter(({ run }) => run.priority === each).length]),
    ) as Record<Priority, number>,
  );
const knownOf = (waiting: readonly QueueEntry[]) => new Map(waiting.entries());
const rowsOf = (waiting: readonly QueueEntry[], places = waiting.map((_, at) => at)) =>
  waitingRows(countsOf(waiting), knownOf(waiting), places);
const rows = rowsOf(WAITING);
const target = (key: string, side: 'before' | 'after', ...moved: string[]) =>
  targetOf(countsOf(WAITING), knownOf(WAITING), { key, side }, new Set(moved));

describe('a place in the list', () => {
  it('has all priorities, also those that nothing has', () => {
    expect(rows.map(({ key }) => key)).toEqual([
      ...['head critical', 'head high', 'a', 'head medium', 'b', 'c', 'head low', 'd'],
    ]);
  });

  it.each([
    ['c', 'before', 'd', { priority: 'medium', before: 'c' }],
    ['b', 'after', 'd', { priority: 'medium', before: 'c' }],
    ['c', 'after', 'a', { priority: 'medium', before: null }],
    ['head low', 'before', 'a', { priority: 'medium', before: null }],
    ['head low', 'after', 'a', { priority: 'low', before: 'd' }],
    ['head medium', 'before', 'd', { priority: 'high', before: null }],
    ['head medium', 'after', 'd', { priority: 'medium', before: 'b' }],
    ['head critical', 'before', 'd', { priority: 'critical', before: null }],
    ['head critical', 'after', 'd', { priority: 'critical', before: null }],
    ['d', 'after', 'a', { priority: 'low', before: null }],
    // What is moved is no landmark.
    ['b', 'before', 'b', { priority: 'medium', before: 'c' }],
    ['d', 'before', 'd', { priority: 'low', before: null }],
  ] as const)('%s, %s, is where %s goes', (key, side, moved, expected) => {
    expect(target(key, side, moved)).toEqual(expected);
  });

  it('is none that is not there any more', () => {
    expect(target('gone', 'before')).toBeNull();
  });

  it('is none next to a run that has not been read', () => {
    const known = new Map([[1, WAITING[1]!]]);
    const moved = new Set(['b']);
    expect(targetOf(countsOf(WAITING), known, { key: 'b', side: 'after' }, new Set())).toBeNull();
    expect(targetOf(countsOf(WAITING), known, { key: 'b', side: 'before' }, moved)).toBeNull();
    expect(targetOf(countsOf(WAITING), known, { key: 'b', side: 'before' }, new Set())).toEqual({
      priority: 'medium',
      before: 'b',
    });
  });
});

describe('the rows that are drawn', () => {
  const counts = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9));
  const lanesFor = ([critical, high, medium, low]: number[]) =>
    lanesOf({ critical: critical!, high: high!, medium: medium!, low: low! });

  it('stand where they would stand among all', () => {
    fc.assert(
      fc.property(counts, fc.nat(900), fc.nat(400), (each, top, height) => {
        const all = lanesFor(each);
        const [from, to] = placesBetween(all, top, top + height);
        const drawn = Array.from({ length: to - from }, (_, at) => from + at);
        let end = 0;
        for (const row of waitingRows(all, new Map(), drawn)) {
          expect(row.gap).toBeGreaterThanOrEqual(0);
          if (row.kind === 'unread')
            expect(end + row.gap).toBe(topOf(all, Number(row.key.slice(3))));
          end += row.gap + (row.kind === 'head' ? 24 : 33);
        }
        expect(end).toBeLessThanOrEqual(all.height);
        for (let place = 0; place < all.total; place += 1) {
          const at = topOf(all, place);
          const isSeen = at < top + height && at + 33 > top;
          expect(place >= from && place < to).toBe(isSeen);
        }
      }),
    );
  });
});

describe('the order after a move', () => {
  const order = (key: string, side: 'before' | 'after', ...moved: string[]) =>
    afterMove(WAITING, new Set(moved), target(key, side, ...moved)!).map(
      ({ run, position }) => `${position} ${run.id} ${run.priority}`,
    );

  it('has what was moved at its place, with the priority of it', () => {
    expect(order('b', 'before', 'd', 'c')).toEqual([
      ...['1 a high', '2 c medium', '3 d medium', '4 b medium'],
    ]);
    expect(order('head critical', 'after', 'd')[0]).toBe('1 d critical');
  });

  it('loses no run and stays in the order of priorities, wherever what is let go', () => {
    const waiting = fc
      .array(fc.constantFrom(...PRIORITIES), { minLength: 1, maxLength: 8 })
      .map((priorities) =>
        priorities
          .map((priority, i) => entry(`r${i}`, priority))
          .toSorted(
            (a, b) => PRIORITIES.indexOf(a.run.priority) - PRIORITIES.indexOf(b.run.priority),
          ),
      );
    fc.assert(
      fc.property(waiting, fc.nat(), fc.boolean(), fc.nat(255), (have, at, above, mask) => {
        const all = rowsOf(have);
        const moved = new Set(have.filter((_, i) => mask & (1 << i)).map(({ run }) => run.id));
        const place = { key: all[at % all.length]!.key, side: above ? 'before' : 'after' } as const;
        const found = targetOf(countsOf(have), knownOf(have), place, moved)!;
        const after = afterMove(have, moved, found);
        const ids = (list: QueueEntry[]) => list.map(({ run }) => run.id).toSorted();
        expect(ids(after)).toEqual(ids(have));
        const urgencies = after.map(({ run }) => PRIORITIES.indexOf(run.priority));
        expect(urgencies).toEqual(urgencies.toSorted((a, b) => a - b));
        for (const id of moved) {
          expect(after.find(({ run }) => run.id === id)!.run.priority).toBe(found.priority);
        }
      }),
    );
  });
});
