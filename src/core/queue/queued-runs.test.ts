import { describe, expect, it } from 'vitest';
import { DEFAULT_QUEUE } from '../../shared/domain/queue.ts';
import type { Executor } from '../../shared/domain/queue.ts';
import type { SweepPlan } from '../../shared/domain/sweep.ts';
import { systemClock } from '../clock.ts';
import { testFolder } from '../db/testing.ts';
import { FakeEngine } from '../runs/testing/fake-engine.ts';
import { specWith, testApp, type SpecOf } from '../runs/testing/test-app.ts';
import { until, untilState } from '../runs/testing/wait.ts';
import { SweepService } from '../sweeps/sweep-service.ts';
import { QueueService } from './queue-service.ts';
import { queueChoices } from './testing/test-queues.ts';

const { signal } = new AbortController();

/** An app that executes nothing before it follows. */
function start() {
  const fake = new FakeEngine();
  const app = testApp(testFolder(), fake);
  const { repos, jobs, launcher, lock, planner } = app;
  const executor: Executor = { kind: 'app', pid: 1, here: true };
  const queues = new QueueService({ repos, clock: systemClock, executor: () => executor });
  const parts = { repos, jobs, launcher, lock, planner: () => planner, clock: systemClock };
  const sweeps = new SweepService(parts);
  const { jobId, id: versionId } = app.version();
  const launch = async (queueId: string, spec: SpecOf = {}, more: object = {}) => {
    const request = { jobId, versionId, spec: specWith(spec), queue: { queueId, ...more } };
    return (await app.runs.launch(request, { signal })).run;
  };
  return { fake, app, repos, queues, sweeps, launch, versionId };
}

const plan: SweepPlan = {
  ...{ method: 'grid', count: null, seed: 0 },
  axes: [{ kind: 'list', input: 'x', values: [1, 2, 3] }],
};

describe('a launch into a queue', () => {
  it('waits, with what its queue gives it', async () => {
    const { fake, app, repos, queues, launch } = start();
    const queue = queues.create(
      queueChoices({
        resourceArgs: { cpus: '{{cpus}}', env: { A: '1' } },
        variables: { cpus: { type: 'number' } },
      }),
    );
    const variables = { cpus: 2 };
    const run = await launch(queue.id, {}, { variables, priority: 'high', notBefore: 5 });
    expect(run).toMatchObject({
      ...{ state: 'queued', priority: 'high', notBefore: 5 },
      queue: { id: queue.id, name: 'gpu' },
    });
    expect(repos.runs.executorOf(run.id)).toBeNull();
    expect(repos.specs.of(run.id)!.spec).toMatchObject({ env: { A: '1' }, settings: { cpus: 2 } });
    await app.reconcile('follow');
    await untilState(app, run.id, 'finished');
    expect(fake.requests).toMatchObject([{ env: { A: '1' }, run: { cpus: 2 } }]);
    await app.close();
  });

  it('waits for an engine that cannot be used now', async () => {
    const { fake, app, queues, launch } = start();
    fake.reachable = false;
    const { plan: usual } = app.planner;
    const unasked: (boolean | undefined)[] = [];
    app.planner.plan = async (request) => {
      unasked.push(request.isUnasked);
      return usual(request);
    };
    const { jobId, id: versionId } = app.version();
    const atOnce = app.runs.launch({ jobId, versionId }, { signal });
    await expect(atOnce).rejects.toMatchObject({ code: 'E_ENGINE_NONE' });
    const queue = { queueId: DEFAULT_QUEUE };
    const launched = await app.runs.launch({ jobId, versionId, queue }, { signal });
    expect(launched.notes).toEqual(['The process engine is waited for: fake']);
    expect(unasked).toEqual([true]);
    const other = await launch(DEFAULT_QUEUE);
    await app.reconcile('follow');
    await until(() => queues.whyWaiting(launched.run.id)?.code === 'engine');
    expect(queues.whyWaiting(other.id)!.text).toMatch(/^engine not reachable/);
    fake.reachable = true;
    await untilState(app, other.id, 'finished');
    expect(app.runs.get(launched.run.id).state).toBe('finished');
    await app.close();
  });

  it('that is refused leaves nothing', async () => {
    const { app, repos, queues, launch } = start();
    const needs = {
      resourceArgs: { cpus: '{{n}}' },
      variables: { n: { type: 'integer' as const } },
    };
    const { id } = queues.create(queueChoices(needs));
    await expect(launch(id)).rejects.toMatchObject({ code: 'E_PARAM_REQUIRED' });
    await expect(launch('nobody')).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
    app.problems.push({ code: 'E_MOUNT', path: 'settings.mounts', message: 'No.', next: null });
    await expect(launch(id, {}, { variables: { n: 1 } })).rejects.toMatchObject({
      code: 'E_MOUNT',
    });
    expect(repos.runs.list({ limit: 1 })).toEqual([]);
    expect(queues.get(id)).toMatchObject({ waiting: 0, running: 0 });
    await app.close();
  });

  it('whose queue goes meanwhile is refused', async () => {
    const { app, repos, queues, launch } = start();
    const { id } = queues.create(queueChoices());
    const { plan: wanted } = app.planner;
    app.planner.plan = async (request) => {
      queues.remove(id);
      return wanted(request);
    };
    await expect(launch(id)).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
    expect(repos.runs.list({ limit: 1 })).toEqual([]);
    await app.close();
  });
});

describe('a run of a queue', () => {
  it('that is started once more is given the same, at once or in a queue', async () => {
    const { app, repos, queues, launch } = start();
    const { id } = queues.create(queueChoices({ resourceArgs: { memory: '1g' } }));
    const run = await launch(id);
    queues.update(id, { resourceArgs: { memory: '2g' } });
    const queued = await app.runs.rerun(run.id, { signal }, { queue: { queueId: id } });
    const other = await app.runs.rerun(run.id, { signal });
    expect([queued.run.queue?.id, other.run.queue]).toEqual([id, null]);
    for (const each of [queued, other]) {
      expect(repos.specs.of(each.run.id)!.spec.settings.memoryBytes).toBe(2 ** 30);
    }
    expect(repos.runs.executorOf(queued.run.id)).toBeNull();
    await app.runs.attended(other.run.id);
    expect(app.runs.get(other.run.id).state).toBe('finished');
    await app.close();
  });

  it('is tried again in its queue, with its priority', async () => {
    const { fake, app, repos, queues, launch } = start();
    fake.exitCode = 3;
    const { id } = queues.create(queueChoices());
    const retry = { on: ['failed' as const], times: 1, waitSeconds: 3600 };
    const run = await launch(id, { settings: { retry } }, { priority: 'critical' });
    await app.reconcile('follow');
    await untilState(app, run.id, 'failed');
    const next = app.runs.nextTry(run.id)!;
    expect(next).toMatchObject({ queue: { id }, priority: 'critical', tryNumber: 2 });
    expect(queues.whyWaiting(next.id)!.code).toBe('not-before');
    queues.removeRuns([next.id]);
    expect(app.runs.get(next.id)).toMatchObject({
      state: 'stopped',
      reason: { text: 'removed from the queue' },
    });
    expect([app.runs.nextTry(next.id), repos.queues.get(id)!.waiting]).toEqual([null, 0]);
    await app.close();
  });

  it('is tried again where it was moved to', async () => {
    const { fake, app, queues, launch } = start();
    fake.exitCode = 3;
    const [first, second] = [
      queues.create(queueChoices({ name: 'first' })),
      queues.create(queueChoices({ name: 'second' })),
    ];
    const retry = { on: ['failed' as const], times: 1, waitSeconds: 3600 };
    const run = await launch(first.id, { settings: { retry } });
    queues.move({ runIds: [run.id], queueId: second.id, priority: 'low' });
    await app.reconcile('follow');
    await untilState(app, run.id, 'failed');
    const next = app.runs.nextTry(run.id);
    expect(next).toMatchObject({ queue: { name: 'second' }, priority: 'low' });
    await app.close();
  });
});

describe('a sweep in a queue', () => {
  it('waits there cell by cell, under its own limit and that of the queue', async () => {
    const { app, fake, queues, sweeps, versionId } = start();
    const { promise: gate, resolve } = Promise.withResolvers<void>();
    fake.gate = gate;
    queues.update(DEFAULT_QUEUE, { concurrency: null, resourceArgs: { memory: '1g' } });
    const request = { versionId, plan, spec: specWith({}), concurrency: 2 };
    const queue = { priority: 'low' as const };
    const { sweep } = await sweeps.start({ ...request, queue }, { signal });
    const { waiting } = queues.view(DEFAULT_QUEUE, 10);
    expect(waiting.map(({ run }) => [run.sweep?.cell, run.priority])).toEqual([
      [0, 'low'],
      [1, 'low'],
      [2, 'low'],
    ]);
    await app.reconcile('follow');
    const view = () => queues.view(DEFAULT_QUEUE, 10);
    await until(() => view().running.length === 2);
    expect(view().waiting).toMatchObject([
      {
        run: { sweep: { cell: 2 } },
        reason: { code: 'sweep', text: '2 of 2 of its sweep running' },
      },
    ]);
    const [last] = view().waiting;
    expect(queues.whyWaiting(last!.run.id)).toEqual(last!.reason);
    queues.removeRuns([last!.run.id]);
    resolve();
    await until(() => sweeps.get(sweep.id).states['finished'] === 2);
    expect(sweeps.get(sweep.id).states).toEqual({ finished: 2, stopped: 1 });
    await app.close();
  });

  it('has its failed cells run again in its queue', async () => {
    const { app, fake, queues, sweeps, versionId } = start();
    fake.exitCode = 1;
    const { id } = queues.create(queueChoices({ concurrency: 3 }));
    const request = { versionId, plan, spec: specWith({}), concurrency: 3 };
    const { sweep } = await sweeps.start({ ...request, queue: { queueId: id } }, { signal });
    await app.reconcile('follow');
    await until(() => sweeps.get(sweep.id).states['failed'] === 3);
    queues.pause(id, true);
    sweeps.rerunFailed(sweep.id);
    expect(queues.view(id, 10).waiting.map(({ reason }) => reason.code)).toEqual(
      Array.from({ length: 3 }, () => 'paused'),
    );
    await app.close();
  });

  it('is not there for anybody while it is being written', async () => {
    const { app, repos, queues, sweeps, versionId } = start();
    const seen: number[] = [];
    const forget = app.db.onWrite(() => seen.push(queues.view(DEFAULT_QUEUE, 500).waiting.length));
    const before = (app.db.get('SELECT value FROM revision') as { value: number }).value;
    const values = Array.from({ length: 250 }, (_, value) => value);
    const long: SweepPlan = { ...plan, axes: [{ kind: 'list', input: 'x', values }] };
    const request = { versionId, plan: long, spec: specWith({}), concurrency: 2, queue: {} };
    await sweeps.start(request, { signal });
    forget();
    expect(repos.queues.changedSince(before)).toMatchObject([{ waiting: 250 }]);
    expect(new Set(seen)).toEqual(new Set([0, 250]));
    expect(repos.queues.get(DEFAULT_QUEUE)!.waiting).toBe(250);
    await app.close();
  });
});
