import { describe, expect, it } from 'vitest';
import { makeRun } from '../../testing/fake-data.ts';
import type { Run, RunState } from '../../../shared/domain/run.ts';
import type { Queue } from '../../../shared/domain/queue.ts';
import type { Sweep } from '../../../shared/domain/sweep.ts';
import { sweepProgress, underWay } from './under-way.ts';

const run = (id: string, state: RunState, cell?: number) =>
  makeRun({ id, state, name: id, sweep: cell === undefined ? null : { id: 's1', cell } });

const sweep = (states: Record<string, number>, cells: number): Sweep =>
  ({ id: 's1', states, cells }) as Sweep;

const inQueue = (made: Run): Run => ({ ...made, queue: { id: 'q1', name: 'gpu' } });

const queue = (id: string, waiting: number): Queue => ({ id, name: id, waiting }) as Queue;

describe('what is under way', () => {
  it('counts what runs, and shows cells that wait as a number', () => {
    const active = [run('a', 'running'), run('b', 'running', 0), run('c', 'queued', 1)];
    const found = underWay(active, { s1: sweep({}, 2) }, {});
    expect(found).toMatchObject({ title: 'Running 2 · Waiting 1', more: '1 run waiting' });
    expect(found.shown.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(found.shownSweeps).toHaveLength(1);
  });

  it('never says that nothing runs now: what waits is counted then', () => {
    const active = [run('a', 'queued', 0), run('b', 'queued', 1)];
    expect(underWay(active, {}, {})).toMatchObject({
      title: 'Waiting 2',
      more: '2 runs waiting',
    });
    expect(underWay([run('a', 'queued')], {}, {})).toMatchObject({ title: 'Waiting 1' });
  });

  it('shows the first few of those that wait in queues behind what runs, and counts the others', () => {
    const waiting = ['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => run(id, 'queued'));
    const found = underWay([waiting[0]!, run('a', 'running'), ...waiting.slice(1)], {}, {});
    expect(found.shown.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(found).toMatchObject({ title: 'Running 1 · Waiting 7', more: '2 more runs waiting' });
  });

  it('shows those that wait in the order of their queues, and in each by priority', () => {
    const waits = (id: string, name: string, priority: Run['priority']): Run => ({
      ...{ ...run(id, 'queued'), priority },
      queue: { id: name, name },
    });
    const queues = { b: queue('b', 1), default: queue('default', 3) };
    const waiting = [
      ...[waits('1', 'default', 'low'), waits('2', 'b', 'critical')],
      ...[waits('3', 'default', 'medium'), waits('4', 'default', 'high')],
    ];
    const found = underWay([...waiting, run('0', 'running')], {}, queues);
    expect(found.shown.map(({ id }) => id)).toEqual(['0', '4', '3', '1', '2']);
  });

  it('counts all that wait, however few of them are known, and none twice', () => {
    const known = [run('a', 'queued'), inQueue(run('b', 'queued')), inQueue(run('c', 'queued', 0))];
    const queues = { q1: queue('q1', 10_000), q2: queue('q2', 5) };
    const sweeps = { s1: sweep({ queued: 900, finished: 100 }, 1000) };
    expect(underWay(known, sweeps, queues)).toMatchObject({ title: 'Waiting 10,006' });
    const alone = [run('a', 'running'), run('b', 'queued', 0)];
    expect(underWay(alone, sweeps, { q2: queue('q2', 5) })).toMatchObject({
      title: 'Running 1 · Waiting 905',
      more: '905 runs waiting',
    });
    const first = [run('a', 'running', 0)];
    expect(underWay(first, sweeps, {})).toMatchObject({ more: '900 runs waiting' });
    const unread = [run('a', 'queued', 0), inQueue(run('b', 'queued'))];
    expect(underWay(unread, {}, {})).toMatchObject({ title: 'Waiting 2' });
  });

  it.each([
    [{ finished: 3, failed: 1, running: 2, queued: 4 }, 10, 4],
    [{ queued: 10 }, 10, 0],
    [{ finished: 10 }, 10, 10],
    [{}, 0, 0],
  ])('a sweep of %j is so far', (states, cells, done) => {
    expect(sweepProgress(sweep(states, cells))).toEqual({ done, total: cells });
  });
});
