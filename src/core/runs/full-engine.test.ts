import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { DEFAULT_QUEUE } from '../../shared/domain/queue.ts';
import { systemClock } from '../clock.ts';
import { testFolder } from '../db/testing.ts';
import { QueueService } from '../queue/queue-service.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { testApp } from './testing/test-app.ts';
import { soon, told, until, untilState } from './testing/wait.ts';

const full = () =>
  new AppError('E_DISK_FULL', 'The disk of the fake engine is full.', { next: 'Remove images.' });

/** The clock that does not jump is this much ahead of itself. */
let ahead = 0;
const realNow = performance.now.bind(performance);

beforeEach(() => {
  ahead = 0;
  const bent = vi.spyOn(performance, 'now').mockImplementation(() => realNow() + ahead);
  return () => bent.mockRestore();
});

/** An app whose queue may start any number at a time. */
function start(concurrency: number | null = 1) {
  const fake = new FakeEngine();
  const app = testApp(testFolder(), fake);
  const executor = { kind: 'app' as const, pid: 1, here: true };
  const queues = new QueueService({
    ...{ repos: app.repos, clock: systemClock },
    executor: () => executor,
  });
  queues.update(DEFAULT_QUEUE, { concurrency });
  const fill = (times: number) => (fake.faults.prepare = Array.from({ length: times }, full));
  const reasonOf = (id: string) => queues.whyWaiting(id);
  const state = (id: string) => app.runs.get(id).state;
  /** How many attempts there are of all runs, or of one. */
  const attempts = (id = ''): number => {
    const sql = "SELECT count(*) AS n FROM attempt WHERE ? IN ('', run_id)";
    return (app.db.get(sql, id) as { n: number }).n;
  };
  return { fake, app, queues, fill, reasonOf, state, attempts };
}

/** Lets pauses pass until a condition holds. */
async function untilInTime(condition: () => boolean): Promise<void> {
  await until(() => {
    ahead += 10_000;
    return condition();
  });
}

const PAUSED = /^the disk of the fake engine is full; tried again at \d\d:\d\d$/;

describe('a run that was launched by hand on an engine without room', () => {
  it.each(['prepare', 'create', 'start'] as const)(
    'fails at %s and says what to do',
    async (call) => {
      const { fake, app } = start();
      fake.faults[call] = [full()];
      const id = await app.launch();
      await app.runs.attended(id);
      expect(app.runs.get(id)).toMatchObject({
        state: 'failed',
        reason: { text: 'The disk of the fake engine is full.', next: 'Remove images.' },
      });
      expect(fake.faults[call]).toEqual([]);
      await app.close();
    },
  );
});

describe('runs that wait for an engine without room', () => {
  it.each(['prepare', 'build', 'create', 'start'] as const)(
    'wait again at %s, say why, leave nothing, and are started once there is room',
    async (call) => {
      const { fake, app, reasonOf } = start();
      fake.faults[call] = [full(), full()];
      const ids = [await app.launchQueued(), await app.launchQueued()];
      const background = await app.launch(false);
      await app.reconcile('follow');
      const waiting = [...ids, background];
      await until(() => waiting.every((id) => reasonOf(id)?.code === 'disk'));
      for (const id of waiting) expect(reasonOf(id)?.text).toMatch(PAUSED);
      expect(waiting.flatMap((id) => told(app, id))).toContain(
        'Queued again: The disk of the fake engine is full.',
      );
      expect(fake.containers.size).toBe(0);
      for (const id of waiting) expect(app.runs.get(id).log.state).toBe('none');
      expect(await readdir(join(app.folder, 'live')).catch(() => [])).toEqual([]);
      ahead = 61_000;
      for (const id of waiting) await untilState(app, id, 'finished');
      expect(fake.starts).toBe(waiting.length);
      await app.close();
    },
  );

  it('are tried one at a time, however many there are, and all in turn', async () => {
    const { fake, app, queues, fill, state, attempts, reasonOf } = start();
    fill(5);
    const ids: string[] = [];
    for (let n = 0; n < 500; n++) ids.push(await app.launchQueued());
    await app.reconcile('follow');
    await until(() => reasonOf(ids[499]!)?.code === 'disk');
    expect(attempts()).toBe(ids.length + 1);
    await untilInTime(() => attempts() === ids.length + 5);
    const again = ids.filter((id) => attempts(id) > 1);
    expect(again).toEqual(ids.slice(0, 5));
    expect(new Set(ids.map(state))).toEqual(new Set(['queued']));
    const few = ids.splice(0, 30);
    queues.removeRuns(ids);
    queues.update(DEFAULT_QUEUE, { concurrency: 10 });
    ahead += 300_000;
    await until(() => few.every((id) => state(id) === 'finished'));
    expect(attempts()).toBe(505);
    expect(fake.starts).toBe(few.length);
    await app.close();
  });

  it('are held back by none that never finds room, which fails in the end', async () => {
    const { fake, app, state, attempts } = start();
    const big = await app.launchQueued();
    const prepare = app.engine.prepare.bind(app.engine);
    Object.assign(app.engine, {
      prepare: (...args: Parameters<typeof prepare>) =>
        args[0].runId === big ? Promise.reject(full()) : prepare(...args),
    });
    const others = [await app.launchQueued(), await app.launchQueued()];
    await app.reconcile('follow');
    await untilInTime(() => state(big) === 'failed');
    expect(app.runs.get(big).reason).toMatchObject({
      text: 'The disk of the fake engine is full.',
      next: 'Remove images.',
    });
    expect(attempts(big)).toBe(4);
    await untilInTime(() => others.every((id) => state(id) === 'finished'));
    expect(fake.starts).toBe(2);
    await app.close();
  });

  it('are all given back when they were tried at a time, and none of them counts twice', async () => {
    const { app, fill, state, attempts } = start(null);
    fill(8);
    const ids = await Promise.all(Array.from({ length: 8 }, () => app.launchQueued()));
    await app.reconcile('follow');
    await until(() => attempts() === 16);
    expect(ids.map(state)).toEqual(ids.map(() => 'queued'));
    ahead = 61_000;
    await until(() => ids.every((id) => state(id) === 'finished'));
    await app.close();
  });

  it('can be stopped, and the next one is tried', async () => {
    const { app, fill, reasonOf } = start();
    fill(1);
    const [first, second] = [await app.launchQueued(), await app.launchQueued()];
    await app.reconcile('follow');
    await until(() => reasonOf(first)?.code === 'disk');
    expect(app.runs.stop(first)).toMatchObject({ state: 'stopped' });
    ahead = 61_000;
    await untilState(app, second, 'finished');
    await app.close();
  });

  it('are tried after one that was stopped while it was tried', async () => {
    const { fake, app, fill, reasonOf } = start(2);
    fill(2);
    const [first, second] = [await app.launchQueued(), await app.launchQueued()];
    await app.reconcile('follow');
    await until(() => [first, second].every((id) => reasonOf(id)?.code === 'disk'));
    fake.preparing = new Promise(() => undefined);
    ahead = 61_000;
    await untilState(app, first, 'preparing');
    await until(() => reasonOf(second)?.text.endsWith('; being tried again') ?? false);
    fake.preparing = Promise.resolve();
    app.runs.stop(first);
    await untilState(app, second, 'finished');
    expect(app.runs.get(first).state).toBe('stopped');
    await app.close();
  });

  it('are not taken by who waits for one of them alone, either', async () => {
    const { fake, app, fill, state } = start();
    fill(1);
    const id = await app.launch(false);
    app.runs.adopt(id);
    await until(() => fake.faults.prepare!.length === 0 && state(id) === 'queued');
    for (let n = 0; n < 5; n++) {
      app.runs.adopt(id);
      await soon();
    }
    expect(state(id)).toBe('queued');
    expect(app.repos.runs.attempt(id).id).toBe(`${id}-2`);
    ahead = 61_000;
    app.runs.adopt(id);
    await untilState(app, id, 'finished');
    await app.close();
  });

  it('end, and never start, when their process dies while a refused start is taken back', async () => {
    const { fake, app } = start();
    const dies = testApp(app.folder, fake, 'before remove');
    fake.faults.start = [full()];
    const id = await dies.launchQueued();
    await dies.reconcile('follow');
    await dies.crashed;
    await app.reconcile('follow');
    await untilState(app, id, 'crashed');
    await until(() => fake.containers.size === 0);
    expect(fake.starts).toBe(0);
    await app.close();
  });
});
