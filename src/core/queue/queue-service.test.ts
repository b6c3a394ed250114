import { describe, expect, it } from 'vitest';
import { DEFAULT_QUEUE, type WaitReason } from '../../shared/domain/queue.ts';
import { queueChoices, testQueues } from './testing/test-queues.ts';

describe('a queue', () => {
  it('is made, found, changed and removed', () => {
    const { queues } = testQueues();
    const made = queues.create(queueChoices({ name: ' GPU-box ', concurrency: 2 }));
    expect(made).toMatchObject({ name: 'GPU-box', concurrency: 2, waiting: 0, running: 0 });
    expect(queues.list().map(({ name }) => name)).toEqual(['default', 'GPU-box']);
    expect(queues.find('gpu-BOX').id).toBe(made.id);
    expect(queues.find(made.id).id).toBe(made.id);
    const args = { memory: '4g' };
    expect(queues.update(made.id, { concurrency: null, resourceArgs: args })).toMatchObject({
      ...{ name: 'GPU-box', concurrency: null, resourceArgs: args },
    });
    queues.remove(made.id);
    expect(queues.list()).toHaveLength(1);
    expect(() => queues.get(made.id)).toThrow('There is no queue');
  });

  it('is there from the beginning, keeps its name and cannot be removed', () => {
    const { queues } = testQueues();
    expect(queues.find('Default')).toMatchObject({ id: DEFAULT_QUEUE, concurrency: 1 });
    expect(() => queues.update(DEFAULT_QUEUE, { name: 'mine' })).toThrow('keeps its name');
    expect(() => queues.remove(DEFAULT_QUEUE)).toThrow('cannot be removed');
    expect(queues.update(DEFAULT_QUEUE, { concurrency: 3 }).concurrency).toBe(3);
  });

  it('offers near names for one that is not there', () => {
    const { queues } = testQueues();
    queues.create(queueChoices({ name: 'gpu' }));
    expect(() => queues.find('gpuu')).toThrow(
      expect.objectContaining({ code: 'E_NOT_FOUND', next: 'Did you mean "gpu"?' }),
    );
  });

  it('is paused alone or with all others, and stays paused since the first time', () => {
    const { queues, time } = testQueues();
    const { id } = queues.create(queueChoices());
    const paused = () => queues.list().map(({ pausedAt }) => pausedAt);
    queues.pause(id, true);
    expect(paused()).toEqual([null, time.now]);
    time.now += 5;
    queues.pause(null, true);
    expect(paused()).toEqual([time.now, time.now - 5]);
    queues.pause(null, false);
    expect(paused()).toEqual([null, null]);
  });

  it.each<{ code: WaitReason['code']; holdsBack: boolean }>([
    { code: 'not-before', holdsBack: false },
    { code: 'never-fits', holdsBack: false },
    { code: 'engine', holdsBack: false },
    { code: 'disk', holdsBack: false },
    { code: 'resources', holdsBack: true },
    { code: 'next', holdsBack: true },
  ])('counts who waits for "$code" before others: $holdsBack', ({ code, holdsBack }) => {
    const { queues, add, note, time } = testQueues();
    const notBefore = code === 'not-before' ? time.now + 1 : null;
    const first = add(DEFAULT_QUEUE, 'medium', {
      queue: { id: DEFAULT_QUEUE, priority: 2, notBefore },
    });
    if (notBefore === null && code !== 'next') note(first, { code, text: 'noted', next: null });
    const second = add(DEFAULT_QUEUE, 'medium', { engine: 'process' });
    const reasons = queues.view(DEFAULT_QUEUE, 10).waiting.map(({ reason }) => reason);
    expect(reasons.map((reason) => reason.code)).toEqual([code, holdsBack ? 'behind' : 'next']);
    // A page counts by reasons, one run alone by its rows.
    expect(queues.whyWaiting(second)).toEqual(reasons[1]);
  });

  it('shows what waits in its order, what runs, and what ended', () => {
    const { queues, add, start, end } = testQueues();
    const [low, first, second, critical, running, ended] = [
      add(DEFAULT_QUEUE, 'low'),
      add(),
      add(),
      add(DEFAULT_QUEUE, 'critical'),
      add(),
      add(),
    ];
    start(running);
    start(ended);
    end(ended);
    const view = queues.view(DEFAULT_QUEUE, 3);
    expect(view.queue).toMatchObject({ waiting: 4, running: 1 });
    expect(view.waiting.map(({ run, position }) => [position, run.id])).toEqual([
      [1, critical],
      [2, first],
      [3, second],
    ]);
    expect(view.waitingOf).toEqual({ critical: 1, high: 0, medium: 2, low: 1 });
    expect(view.running.map(({ id }) => id)).toEqual([running]);
    expect(view.ended.map(({ id }) => id)).toEqual([ended]);
    expect(
      queues
        .view(DEFAULT_QUEUE, 10)
        .waiting.map(({ run }) => run.priority)
        .at(-1),
    ).toBe('low');
    expect(low).toBe(queues.view(DEFAULT_QUEUE, 10).waiting[3]!.run.id);
  });

  it('is read in parts, which say the same as the whole', () => {
    const { queues, add, note } = testQueues();
    const ids = Array.from({ length: 12 }, (_, at) =>
      add(DEFAULT_QUEUE, at % 5 ? 'medium' : 'high'),
    );
    note(ids[2]!, { code: 'never-fits', text: 'can never fit', next: null });
    const { waiting } = queues.view(DEFAULT_QUEUE, 100);
    const parts = [0, 5, 10, 15].flatMap(
      (offset) => queues.view(DEFAULT_QUEUE, 5, { offset }).waiting,
    );
    expect(parts).toEqual(waiting);
    expect(waiting.at(-1)!.reason.text).toBe('10 before it');
  });

  it('is not removed while something waits or runs in it; what ended in it stays', () => {
    const { queues, add, start, end, repos } = testQueues();
    const { id } = queues.create(queueChoices());
    const run = add(id);
    const earlier = Array.from({ length: 120 }, () => add(id));
    for (const each of earlier) {
      start(each);
      end(each);
    }
    expect(() => queues.remove(id)).toThrow('1 wait and 0 run');
    start(run);
    expect(() => queues.remove(id)).toThrow('0 wait and 1 run');
    end(run);
    queues.remove(id);
    for (const each of [run, ...earlier]) {
      expect(repos.runs.get(each)).toMatchObject({ state: 'finished', queue: null });
    }
    expect(repos.removals.changedSince(0).queues).toEqual([id]);
  });

  it('loses runs that are removed, which end as stopped', () => {
    const { queues, add, start, repos } = testQueues();
    const [waits, runs, other] = [add(), add(), add()];
    start(runs);
    expect(queues.removeRuns([waits, runs, waits])).toEqual([waits]);
    expect(repos.runs.get(waits)).toMatchObject({
      state: 'stopped',
      reason: { code: 'stopped', text: 'removed from the queue' },
    });
    expect(queues.get(DEFAULT_QUEUE)).toMatchObject({ waiting: 1, running: 1 });
    expect(() => queues.removeRuns([other, 'nobody'])).toThrow('There is no run "nobody"');
    expect(repos.runs.get(other)!.state).toBe('queued');
  });

  it('tells what the executor found of the first run of an engine to all that wait for that engine', () => {
    const { queues, add, note } = testQueues();
    const away = { code: 'engine', text: 'engine not reachable since 14:02', next: null };
    const never = { code: 'never-fits', text: 'can never fit', next: null };
    const engines = ['docker', 'docker', 'docker', 'process', 'docker'] as const;
    const [docker, large, , process] = engines.map((engine) =>
      add(DEFAULT_QUEUE, 'medium', { engine }),
    );
    note(docker!, away);
    note(large!, never);
    const { waiting } = queues.view(DEFAULT_QUEUE, 10);
    expect(waiting.map(({ reason }) => reason.code)).toEqual([
      ...['engine', 'never-fits', 'engine', 'next', 'engine'],
    ]);
    // Those that cannot start hold nobody back.
    expect(queues.whyWaiting(process!)!.text).toBe('next to start');
    for (const { run, reason } of waiting) expect(queues.whyWaiting(run.id)).toEqual(reason);
  });

  it('does not tell a run that it is behind cells that may not start', () => {
    const { queues, add, start, repos, newRun, time } = testQueues();
    const { projectId, jobId, versionId } = newRun();
    const plan = { method: 'grid' as const, axes: [], count: null, seed: 0 };
    const sweep = { projectId, jobId, versionId, name: null, plan, concurrency: 1 };
    const draft = repos.sweepDrafts.begin(sweep, 3, 'x', time.now);
    const run = newRun({ queue: { id: DEFAULT_QUEUE, priority: 0, notBefore: null } });
    const cells = [1, 2, 3].map((x) => ({ values: { x }, run }));
    repos.sweepDrafts.add(draft, 0, cells, time.now);
    queues.update(DEFAULT_QUEUE, { concurrency: 5 });
    const alone = add();
    expect(queues.view(DEFAULT_QUEUE, 10).waiting.map((entry) => entry.run.id)).toEqual([alone]);
    expect(queues.whyWaiting(alone)!.code).toBe('next');
    repos.sweepDrafts.finish(draft, sweep);
    expect(queues.whyWaiting(alone)!.text).toBe('3 before it');
    start(queues.view(DEFAULT_QUEUE, 1).waiting[0]!.run.id);
    const { waiting } = queues.view(DEFAULT_QUEUE, 10);
    expect(waiting.map(({ reason }) => reason.code)).toEqual(['sweep', 'sweep', 'next']);
    for (const each of waiting) expect(queues.whyWaiting(each.run.id)).toEqual(each.reason);
  });

  it('tells who listens when the number of its runs changes', () => {
    const { queues, add, repos, db } = testQueues();
    const rev = () => (db.get('SELECT value FROM revision') as { value: number }).value;
    const before = rev();
    const run = add();
    expect(repos.queues.changedSince(before)).toMatchObject([{ waiting: 1 }]);
    const between = rev();
    queues.removeRuns([run]);
    expect(repos.queues.changedSince(between)).toMatchObject([{ waiting: 0 }]);
  });
});
