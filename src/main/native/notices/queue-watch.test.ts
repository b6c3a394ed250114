import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Queue } from '../../../shared/domain/queue.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { Settings } from '../../../shared/domain/settings.ts';
import type { Notice } from './end-notices.ts';
import { QueueWatch } from './queue-watch.ts';
import { endedRun } from '../testing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Around {
  notify?: Settings['notify'];
  inView?: string;
}

function watchOn({ notify = 'all', inView }: Around = {}) {
  /** Of each queue: how many wait or run. */
  const left = new Map<string, number>();
  const told: Notice[] = [];
  const watch = new QueueWatch({
    queue: (id) =>
      left.has(id) ? ({ id, name: id, waiting: left.get(id), running: 0 } as Queue) : null,
    notify: () => notify,
    queueInView: () => inView ?? null,
    show: (notice) => told.push(notice),
  });
  watch.start();
  /** Ends runs of a queue that then holds so many. */
  const end = async (queue: string, rest: number, ...runs: Run[]): Promise<void> => {
    left.set(queue, rest);
    watch.follow(runs.map((run) => ({ ...run, queue: { id: queue, name: queue } })));
    await vi.advanceTimersByTimeAsync(5000);
  };
  return { watch, told, end, left };
}

const run = (more: Partial<Run> = {}) => endedRun({ state: 'finished', ...more });
const removed = () => run({ state: 'stopped', startedAt: null });

describe('a queue that has run empty', () => {
  it('is told once, with all that ended in it since, and leads to the queue', async () => {
    const { told, end } = watchOn();
    await end('gpu', 2, run());
    await end('gpu', 1, run({ state: 'failed' }));
    expect(told).toEqual([]);
    await end('gpu', 0, run());
    expect(told).toEqual([
      {
        title: 'Queue gpu has run empty',
        body: '2 finished, 1 failed',
        target: { page: 'queue', queueId: 'gpu' },
      },
    ]);
    await end('gpu', 0);
    expect(told).toHaveLength(1);
    await end('gpu', 0, run({ name: 'amber-comet-204' }));
    expect(told[1]!.body).toBe('amber-comet-204 finished');
  });

  it('is each of several by itself', async () => {
    const { told, end } = watchOn();
    await end('gpu', 1, run());
    await end('cpu', 0, run());
    await end('gpu', 0, run());
    expect(told.map(({ title }) => title)).toEqual([
      'Queue cpu has run empty',
      'Queue gpu has run empty',
    ]);
  });

  it('is no news when the person emptied it', async () => {
    const { told, end } = watchOn();
    await end('gpu', 0, run(), removed());
    await end('gpu', 0, run({ state: 'stopped', stopRequestedAt: 1 }));
    await end('gpu', 0, removed());
    expect(told).toEqual([]);
  });

  it('is news when the last one ended by itself, without those that were removed', async () => {
    const { told, end } = watchOn();
    await end('gpu', 1, removed(), removed());
    await end('gpu', 0, run());
    expect(told[0]!.body).toMatch(/ finished$/);
  });

  it.each([
    ['never', 'failed', 0],
    ['failures', 'failed', 1],
    ['failures', 'finished', 0],
    ['all', 'finished', 1],
  ] as const)(
    'with notifications for %s, and a run that %s, is told %d times',
    async (...given) => {
      const [notify, state, times] = given;
      const { told, end } = watchOn({ notify });
      await end('gpu', 0, run({ state }));
      expect(told).toHaveLength(times);
    },
  );

  it('is not told while its page is looked at, nor when it was removed, nor of runs in no queue', async () => {
    const { told, end, watch, left } = watchOn({ inView: 'gpu' });
    await end('gpu', 0, run());
    left.clear();
    watch.follow([run({ queue: { id: 'gone', name: 'gone' } }), run()]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(told).toEqual([]);
  });

  it('leaves no timer behind', () => {
    const { watch } = watchOn();
    watch.follow([run({ queue: { id: 'gpu', name: 'gpu' } })]);
    watch.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
