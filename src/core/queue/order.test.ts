import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_QUEUE } from '../../shared/domain/queue.ts';
import { PRIORITIES, type Priority } from '../../shared/domain/run.ts';
import type { MoveRequest } from '../db/move-runs.ts';
import { queueChoices, testQueues } from './testing/test-queues.ts';

/** Queues as plain lists of runs, each list in its order. */
type Model = Record<string, { id: string; priority: Priority }[]>;

const rank = ({ priority }: { priority: Priority }): number => PRIORITIES.indexOf(priority);

/** What a move comes to, by the words of its contract. */
function moveInModel(model: Model, { runIds, queueId, priority, before }: MoveRequest): void {
  const lists = Object.entries(model);
  const [beforeQueue, anchors] =
    lists.find(([, list]) => list.some(({ id }) => id === before)) ?? [];
  const anchor = anchors?.find(({ id }) => id === before);
  const following = anchors?.slice(anchors.indexOf(anchor!)) ?? [];
  const next = following.find(
    (each) => !runIds.includes(each.id) && each.priority === anchor!.priority,
  );
  for (const id of runIds) {
    const [home, list] = lists.find(([, each]) => each.some((run) => run.id === id))!;
    const run = list.find((each) => each.id === id)!;
    const to = beforeQueue ?? queueId ?? home;
    const wanted = anchor?.priority ?? priority ?? run.priority;
    if (before === undefined && to === home && wanted === run.priority) continue;
    list.splice(list.indexOf(run), 1);
    run.priority = wanted;
    const target = model[to]!;
    const place = next
      ? target.indexOf(next)
      : target.findLastIndex((each) => rank(each) <= rank(run)) + 1;
    target.splice(place, 0, run);
  }
}

describe('the order of a queue', () => {
  it('is what a plain list comes to, whatever is moved where', () => {
    const moves = fc.array(
      fc.record({
        picks: fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 4 }),
        to: fc.constantFrom('nowhere', 'first', 'second'),
        priority: fc.option(fc.constantFrom(...PRIORITIES), { nil: undefined }),
        before: fc.option(fc.option(fc.nat(11), { nil: null }), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(moves, (sequence) => {
        const { queues, add, order } = testQueues();
        const second = queues.create(queueChoices()).id;
        const model: Model = { [DEFAULT_QUEUE]: [], [second]: [] };
        const ids = Array.from({ length: 12 }, (_, at) => {
          const queueId = at % 3 === 0 ? second : DEFAULT_QUEUE;
          const id = add(queueId);
          model[queueId]!.push({ id, priority: 'medium' });
          return id;
        });
        for (const { picks, to, priority, before } of sequence) {
          const anchor = typeof before === 'number' ? ids[before] : before;
          const target = { nowhere: undefined, first: DEFAULT_QUEUE, second }[to];
          // The queue of a run is said by the run that it goes before.
          const queueId = typeof anchor === 'string' ? undefined : target;
          if (anchor === undefined && queueId === undefined && !priority) continue;
          const request = {
            runIds: picks.map((pick) => ids[pick]!),
            queueId,
            priority,
            before: anchor,
          };
          queues.move(request);
          moveInModel(model, request);
          for (const [id, list] of Object.entries(model)) {
            expect(order(id)).toEqual(list.map((run) => run.id));
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it('holds when two are put before each other so often that no room is left between', () => {
    const { queues, add, order } = testQueues();
    const [first, second, third] = [add(), add(), add()];
    for (let times = 0; times < 60; times++) {
      queues.move({ runIds: [third], before: second });
      expect(order()).toEqual([first, third, second]);
      queues.move({ runIds: [second], before: third });
      expect(order()).toEqual([first, second, third]);
    }
  });

  it('holds when many are put before one', () => {
    const { queues, add, order } = testQueues();
    const ids = Array.from({ length: 300 }, () => add());
    const [first, ...others] = ids;
    const wanted = others.toReversed();
    expect(queues.move({ runIds: wanted, before: first! })).toEqual(wanted);
    expect(order()).toEqual([...wanted, first]);
  });

  it('knows the place of a run that has started in the meantime', () => {
    const { queues, add, order, start } = testQueues();
    const [first, second, third] = [add(), add(), add()];
    start(second);
    queues.move({ runIds: [third], before: second });
    expect(order()).toEqual([first, third]);
    queues.move({ runIds: [third], before: first });
    expect(order()).toEqual([third, first]);
  });

  it('leaves those alone that have started', () => {
    const { queues, add, start, repos } = testQueues();
    const [waits, runs] = [add(), add()];
    start(runs);
    expect(queues.move({ runIds: [runs, waits], priority: 'high' })).toEqual([waits]);
    expect(repos.runs.get(waits)!.priority).toBe('high');
    expect(repos.runs.get(runs)!.priority).toBe('medium');
    expect(queues.move({ runIds: [runs], priority: 'high' })).toEqual([]);
  });

  it('is told in the timeline of a run where that is more than a place', () => {
    const { queues, add, repos } = testQueues();
    const { id } = queues.create(queueChoices({ name: 'night' }));
    const [first, second] = [add(), add()];
    queues.move({ runIds: [second], before: first });
    queues.move({ runIds: [second], queueId: id, priority: 'low' });
    expect(repos.runs.events(second).map(({ text }) => text)).toEqual([
      'Queued',
      'Moved to the queue "night", to the priority low',
    ]);
  });

  it('takes a time to start, and takes it back', () => {
    const { queues, add, repos, time } = testQueues();
    const [run, other] = [add(), add()];
    const later = time.now + 60_000;
    queues.move({ runIds: [run], notBefore: later + 0.4 });
    expect(repos.runs.get(run)!.notBefore).toBe(later);
    expect(queues.whyWaiting(run)!.code).toBe('not-before');
    expect(queues.whyWaiting(other)!.code).toBe('next');
    queues.move({ runIds: [run], notBefore: null });
    expect(queues.whyWaiting(other)!.text).toBe('1 before it');
  });
});
