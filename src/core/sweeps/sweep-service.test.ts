import { describe, expect, it } from 'vitest';
import type { Changes } from '../../shared/contract/events.ts';
import type { SweepPlan } from '../../shared/domain/sweep.ts';
import { AppError } from '../../shared/errors.ts';
import { systemClock } from '../clock.ts';
import type { Database } from '../db/database.ts';
import { testFolder } from '../db/testing.ts';
import type { PlanRequest } from '../launch/planner.ts';
import { FakeEngine } from '../runs/testing/fake-engine.ts';
import { specWith, testApp, type SpecOf } from '../runs/testing/test-app.ts';
import { soon, until } from '../runs/testing/wait.ts';
import { SweepService } from './sweep-service.ts';

const signal = new AbortController().signal;
const list = (...values: (number | string)[]): SweepPlan => ({
  method: 'grid',
  axes: [{ kind: 'list', input: 'x', values }],
  count: null,
  seed: 0,
});

const thousand: SweepPlan = {
  ...list(),
  axes: [{ kind: 'range', input: 'x', from: 0.001, to: 1, step: 0.001 }],
};

const TABLES = ['sweep', 'sweep_cell', 'run', 'attempt', 'run_event', 'run_spec'];
const NOTHING = Object.fromEntries(TABLES.map((table) => [table, 0]));

const rowsOf = ({ db }: { db: Database }): unknown =>
  db.get(`SELECT ${TABLES.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`).join()}`);

/** An app whose planner refuses an `x` that is no number. */
function start(folder = testFolder(), fake = new FakeEngine()) {
  const app = testApp(folder, fake);
  const planner = () => ({
    plan: async (request: PlanRequest) => {
      const plan = await app.planner.plan(request);
      const { x } = request.spec.values;
      const message = `x is no number: ${JSON.stringify(x)}`;
      const problem = { code: 'E_PARAM_TYPE', path: 'values.x', message, next: null };
      return { ...plan, problems: typeof x === 'number' ? [] : [problem] };
    },
  });
  const { repos, jobs, launcher, lock } = app;
  const sweeps = new SweepService({ repos, jobs, launcher, lock, planner, clock: systemClock });
  const request = (plan: SweepPlan, spec: SpecOf = {}) => ({
    versionId: app.version().id,
    spec: specWith(spec),
    plan,
  });
  const begin = async (plan: SweepPlan, concurrency = 2, spec: SpecOf = {}) =>
    (await sweeps.start({ ...request(plan, spec), concurrency }, { signal })).sweep;
  const states = (id: string) => sweeps.get(id).states;
  return { ...{ app, fake, sweeps, request, begin, states, folder }, close: () => app.close() };
}

describe('a sweep', () => {
  it('is shown before it is started, and starts nothing by that', async () => {
    const { app, sweeps, request, close } = start();
    expect(await sweeps.plan(request(list(1, 2)))).toEqual({
      cells: 2,
      first: [{ x: 1 }, { x: 2 }],
      problems: [],
    });
    expect(app.repos.runs.list({ limit: 1 })).toEqual([]);
    await close();
  });

  it('shows what is wrong with a value, once, wherever it is in an axis', async () => {
    const { sweeps, request, close } = start();
    const axes = [
      { kind: 'list' as const, input: 'x', values: [1, 2, 'three'] },
      { kind: 'range' as const, input: 'y', from: 1, to: 200, step: 1 },
    ];
    const { cells, problems } = await sweeps.plan(request({ ...list(), axes }));
    expect(cells).toBe(600);
    expect(problems).toEqual([
      { code: 'E_PARAM_TYPE', path: 'values.x', message: 'x is no number: "three"', next: null },
    ]);
    await close();
  });

  it('is refused as a whole for one cell that cannot be launched', async () => {
    const { app, sweeps, begin, close } = start();
    await expect(begin(list(1, 'two'))).rejects.toMatchObject({
      code: 'E_PARAM_TYPE',
      message: 'Cell 2: x is no number: "two"',
    });
    await expect(begin(list())).rejects.toMatchObject({ code: 'E_SWEEP' });
    await expect(begin(list(1), 0)).rejects.toMatchObject({ code: 'E_SWEEP' });
    expect([app.repos.runs.list({ limit: 1 }), app.repos.sweeps.list({})]).toEqual([[], []]);
    expect(() => sweeps.get('nothere')).toThrow('no sweep');
    await close();
  });

  it('queues a run for each cell, with its values beside those of all', async () => {
    const { app, sweeps, begin, close } = start();
    const sweep = await begin(list(1, 2), 2, { values: { x: 9, y: 5 } });
    expect(sweep).toMatchObject({ name: 'job-sweep-1', cells: 2, states: { queued: 2 } });
    const cells = sweeps.cells(sweep.id);
    expect(cells.map(({ cell, values }) => [cell, values])).toEqual([
      [0, { x: 1 }],
      [1, { x: 2 }],
    ]);
    expect(app.runs.get(cells[1]!.runId)).toMatchObject({
      name: 'job-sweep-1-2',
      sweep: { id: sweep.id, cell: 1 },
      entryPoint: ['python', 'main.py', '--x=2', '--y=5'],
      config: { x: 2, y: 5 },
      state: 'queued',
    });
    expect(app.repos.runs.list({ sweepId: sweep.id, limit: 9 })).toHaveLength(2);
    await close();
  });

  it('runs so many cells at a time, whoever starts them', async () => {
    const first = start();
    const second = start(first.folder, first.fake);
    let most = 0;
    first.fake.gate = new Promise(() => undefined);
    const underWay = () =>
      [...first.fake.containers.values()].filter(({ phase }) => phase === 'running').length;
    const sweep = await first.begin(list(1, 2, 3, 4, 5, 6, 7), 2);
    await Promise.all([first.app.reconcile('follow'), second.app.reconcile('follow')]);
    const ended = () => first.states(sweep.id)['stopped'] ?? 0;
    while (ended() < 7) {
      most = Math.max(most, underWay());
      // Not before as many run as may, or on a busy machine they would end one by one.
      const full = underWay() >= Math.min(2, 7 - ended());
      for (const run of full ? first.app.repos.runs.list({ limit: 9 }) : []) {
        if (run.state === 'running' && run.stopRequestedAt === null) first.app.runs.stop(run.id);
      }
      await soon();
    }
    expect(most).toBe(2);
    await Promise.all([first.close(), second.close()]);
  });

  it('is stopped: what waits ends, what runs is asked to, and nothing is tried again', async () => {
    const { app, fake, sweeps, begin, states, close } = start();
    fake.gate = new Promise(() => undefined);
    await app.reconcile('follow');
    const retry = { on: ['failed' as const], times: 3, waitSeconds: 0 };
    const sweep = await begin(list(1, 2, 3, 4, 5), 2, { settings: { retry } });
    await until(() => states(sweep.id)['running'] === 2);
    const stopped = sweeps.stop(sweep.id);
    expect(stopped.stopRequestedAt).not.toBeNull();
    expect(stopped.states['stopped']).toBe(3);
    await until(() => states(sweep.id)['stopped'] === 5);
    expect(app.repos.runs.list({ limit: 9 })).toHaveLength(5);
    expect(fake.starts).toBe(2);
    await close();
  });

  it('runs its failed cells again, each in its place, given the same', async () => {
    const { app, fake, sweeps, begin, states, close } = start();
    await app.reconcile('follow');
    fake.exitCode = 1;
    const sweep = await begin(list(1, 2, 3), 1);
    await until(() => states(sweep.id)['failed'] === 3);
    const before = sweeps.cells(sweep.id);
    fake.exitCode = 0;
    expect(sweeps.rerunFailed(sweep.id).states).toEqual({ queued: 3 });
    await until(() => states(sweep.id)['finished'] === 3);
    const after = sweeps.cells(sweep.id);
    expect(after.map(({ cell, values }) => [cell, values])).toEqual(
      before.map(({ cell, values }) => [cell, values]),
    );
    for (const [index, { runId }] of after.entries()) {
      const [old, again] = [app.runs.get(before[index]!.runId), app.runs.get(runId)];
      expect(again.id).not.toBe(old.id);
      expect([again.name, again.entryPoint]).toEqual([old.name, old.entryPoint]);
    }
    expect(() => sweeps.rerunFailed(sweep.id)).toThrow('No cell of "job-sweep-1" has failed.');
    await close();
  });

  it('counts the further try of a cell, which keeps its place', async () => {
    const { app, fake, sweeps, begin, states, close } = start();
    await app.reconcile('follow');
    fake.exitCode = 1;
    const retry = { on: ['failed' as const], times: 1, waitSeconds: 0 };
    const sweep = await begin(list(1), 1, { settings: { retry } });
    await until(() => app.repos.runs.list({ limit: 5 }).length === 2);
    const { runId, cell } = sweeps.cells(sweep.id)[0]!;
    expect([cell, app.runs.get(runId).tryNumber]).toEqual([0, 2]);
    await until(() => states(sweep.id)['failed'] === 1);
    await close();
  });

  it('tells its states as changes', async () => {
    const { app, begin, close } = start();
    const seen: Changes['sweeps'] = [];
    app.feed.on((changes) => seen.push(...changes.sweeps));
    await app.reconcile('follow');
    const release = app.holdWaiting();
    const sweep = await begin(list(1), 1);
    await until(() => seen.length > 0);
    release();
    await until(() => seen.at(-1)?.states['finished'] === 1);
    expect(seen[0]).toMatchObject({ id: sweep.id, states: { queued: 1 } });
    await close();
  });

  it('has a thousand cells', async () => {
    const { begin, sweeps, close } = start();
    const sweep = await begin(thousand, 4);
    const cells = sweeps.cells(sweep.id);
    expect([cells.length, cells[299]!.values]).toEqual([1000, { x: 0.3 }]);
    await close();
  });

  it('leaves nothing when a cell cannot be written', async () => {
    const { app, begin, close } = start();
    const add = app.repos.sweepDrafts.add.bind(app.repos.sweepDrafts);
    app.repos.sweepDrafts.add = (draft, from, cells, now) => {
      if (from >= 100) throw new AppError('E_DISK_FULL', 'The disk is full.');
      add(draft, from, cells, now);
    };
    await expect(begin(thousand)).rejects.toMatchObject({ code: 'E_DISK_FULL' });
    expect(rowsOf(app)).toEqual(NOTHING);
    await close();
  });

  it('is told and started only when all of it is there', async () => {
    const { app, fake, sweeps, begin, close } = start();
    fake.gate = new Promise(() => undefined);
    await app.reconcile('follow');
    const seen: string[] = [];
    app.feed.on(({ runs }) => seen.push(...runs.map(({ id }) => id)));
    const { finish, add } = app.repos.sweepDrafts;
    const { sweepDrafts, waiting } = app.repos;
    let slices = 0;
    sweepDrafts.add = (...args) => {
      add.apply(sweepDrafts, args);
      slices += 1;
      expect(waiting.headOf(null, ['process'], Date.now())).toBeNull();
      expect(app.repos.sweeps.list({})).toEqual([]);
    };
    sweepDrafts.finish = (...args) => {
      expect([slices, seen.length, fake.starts]).toEqual([10, 0, 0]);
      finish.apply(sweepDrafts, args);
    };
    const sweep = await begin(thousand, 2);
    await until(() => new Set(seen).size === 1000 && fake.starts === 2);
    sweeps.stop(sweep.id);
    await close();
  });

  it('that a process which died left half written is removed at the next start', async () => {
    const first = start();
    const { sweepDrafts } = first.app.repos;
    sweepDrafts.finish = () => {
      throw new AppError('E_DISK_FULL', 'The disk is full.');
    };
    sweepDrafts.discard = () => {
      throw new AppError('E_DISK_FULL', 'The disk is full.');
    };
    await expect(first.begin(list(1, 2, 3))).rejects.toMatchObject({ code: 'E_DISK_FULL' });
    const second = start(first.folder, first.fake);
    await second.sweeps.tidy();
    expect(rowsOf(second.app)).toMatchObject({ sweep: 1, run: 3 });
    await first.close();
    await second.app.reconcile('settle');
    expect(second.fake.starts).toBe(0);
    await second.sweeps.tidy();
    expect(rowsOf(second.app)).toEqual(NOTHING);
    expect((await second.begin(list(1))).states).toEqual({ queued: 1 });
    await second.close();
  });
});
