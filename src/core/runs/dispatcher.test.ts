import { describe, expect, it, vi } from 'vitest';
import { testFolder } from '../db/testing.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { testApp } from './testing/test-app.ts';
import { soon, until, untilState } from './testing/wait.ts';

describe('a run that waits', () => {
  it('is started by a process that follows, as soon as it is there', async () => {
    const fake = new FakeEngine();
    const folder = testFolder();
    const [follows, asks] = [testApp(folder, fake), testApp(folder, fake)];
    await follows.reconcile('follow');
    const id = await asks.launch(false);
    await untilState(follows, id, 'finished');
    expect(fake.starts).toBe(1);
    await Promise.all([follows.close(), asks.close()]);
  });

  it('is started once, however many processes follow', async () => {
    const fake = new FakeEngine();
    const folder = testFolder();
    const apps = [testApp(folder, fake), testApp(folder, fake), testApp(folder, fake)];
    await Promise.all(apps.map((app) => app.reconcile('follow')));
    const ids = await Promise.all([1, 2, 3, 4, 5, 6].map(() => apps[0]!.launch(false)));
    for (const id of ids) await untilState(apps[1]!, id, 'finished');
    expect(fake.starts).toBe(ids.length);
    await Promise.all(apps.map((app) => app.close()));
  });

  it('waits on while its engine is away, and is started once that is back', async () => {
    const fake = new FakeEngine();
    const app = testApp(testFolder(), fake);
    const id = await app.launch(false);
    fake.reachable = false;
    await app.reconcile('follow');
    await soon();
    expect(app.runs.get(id).state).toBe('queued');
    fake.reachable = true;
    await untilState(app, id, 'finished');
    await app.close();
  });

  it('is started after a bug in starting it, which is told', async () => {
    const fake = new FakeEngine();
    const app = testApp(testFolder(), fake);
    const bug = new TypeError('a bug');
    const take = vi.spyOn(app.runs, 'take').mockImplementation(() => {
      throw bug;
    });
    const id = await app.launch(false);
    await app.reconcile('follow');
    await until(() => take.mock.calls.length > 0);
    take.mockRestore();
    await untilState(app, id, 'finished');
    expect(new Set(app.faults)).toEqual(new Set([bug]));
    await app.close();
  });

  it('is not started while the app is about to quit, and is when it stays after all', async () => {
    const fake = new FakeEngine();
    const app = testApp(testFolder(), fake);
    await app.reconcile('follow');
    const [first, second] = [app.holdWaiting(), app.holdWaiting()];
    const id = await app.launch(false);
    first();
    first();
    await soon();
    expect(app.runs.get(id).state).toBe('queued');
    second();
    await untilState(app, id, 'finished');
    await app.close();
  });

  it('is started when its time has come, not before', async () => {
    const fake = new FakeEngine();
    const app = testApp(testFolder(), fake);
    await app.reconcile('follow');
    fake.exitCode = 1;
    const rule = { on: ['failed' as const], times: 1, waitSeconds: 0.3 };
    const { run } = await app.launchWith({ settings: { retry: rule } });
    const all = () => app.repos.runs.list({ limit: 2 });
    await until(() => all().length === 2 && all().every(({ endedAt }) => endedAt !== null));
    const [second] = all();
    expect(second!.startedAt!).toBeGreaterThanOrEqual(second!.notBefore!);
    expect(second!.retryOf).toBe(run.id);
    await app.close();
  });

  it('is ended by a stop although nobody follows', async () => {
    const fake = new FakeEngine();
    const app = testApp(testFolder(), fake);
    const id = await app.launch(false);
    expect(app.runs.stop(id)).toMatchObject({ state: 'stopped', reason: { code: 'stopped' } });
    await app.reconcile('follow');
    await soon();
    expect(fake.starts).toBe(0);
    expect(() => app.runs.stop(id)).toThrow('already ended');
    await app.close();
  });
});

describe('a run that was taken and has not started', () => {
  const retry = { on: ['failed' as const], times: 1, waitSeconds: 0 };

  /** A further try that a process has begun to prepare, which takes for ever. */
  async function preparing(fake: FakeEngine, folder: string) {
    const app = testApp(folder, fake);
    fake.exitCode = 1;
    const { run } = await app.launchWith({ settings: { retry } });
    await app.runs.attended(run.id);
    fake.exitCode = 0;
    fake.preparing = new Promise(() => undefined);
    const [next] = app.repos.runs.list({ limit: 1 });
    app.runs.adopt(next!.id);
    await untilState(app, next!.id, 'preparing');
    return { app, id: next!.id };
  }

  it('waits again when its process ends, and is started by the next one', async () => {
    const fake = new FakeEngine();
    const { app, id } = await preparing(fake, testFolder());
    await app.close();
    fake.preparing = Promise.resolve();
    const next = testApp(app.folder, fake);
    expect(next.runs.get(id)).toMatchObject({ state: 'queued', endedAt: null });
    expect(next.repos.runs.attempt(id).id).toBe(`${id}-2`);
    await next.reconcile('follow');
    await untilState(next, id, 'finished');
    await next.runs.attended(id);
    expect([fake.starts, fake.containers.size]).toEqual([2, 0]);
    await next.close();
  });

  it('ends, and does not wait again, when a stop was asked for', async () => {
    const fake = new FakeEngine();
    const { app, id } = await preparing(fake, testFolder());
    app.repos.runs.requestStop(id, 1);
    await app.close();
    const next = testApp(app.folder, fake);
    expect(next.runs.get(id).state).toBe('crashed');
    await next.close();
  });

  it.each(['before create', 'after create'] as const)(
    'waits again when its process died %s, and leaves nothing behind',
    async (point) => {
      const fake = new FakeEngine();
      const folder = testFolder();
      fake.exitCode = 1;
      const first = testApp(folder, fake);
      const { run } = await first.launchWith({ settings: { retry } });
      await first.runs.attended(run.id);
      const id = first.repos.runs.list({ limit: 1 })[0]!.id;
      await first.close();
      fake.exitCode = 0;
      const dies = testApp(folder, fake, point);
      dies.runs.adopt(id);
      await dies.crashed;
      const stays = testApp(folder, fake);
      await stays.reconcile('follow');
      await untilState(stays, id, 'finished');
      await until(() => fake.containers.size === 0);
      expect(fake.starts).toBe(2);
      await stays.close();
    },
  );
});
