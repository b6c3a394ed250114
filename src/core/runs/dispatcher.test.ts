import { describe, expect, it } from 'vitest';
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
