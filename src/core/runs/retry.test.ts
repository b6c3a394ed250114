import { describe, expect, it } from 'vitest';
import { testFolder } from '../db/testing.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { testApp } from './testing/test-app.ts';
import { soon, told, until, untilState } from './testing/wait.ts';

const retry = { on: ['failed' as const], times: 2, waitSeconds: 0 };

const start = (exitCode = 1) => {
  const fake = new FakeEngine();
  fake.exitCode = exitCode;
  const app = testApp(testFolder(), fake);
  return { fake, app, all: () => app.repos.runs.list({ limit: 10 }).toReversed() };
};

describe('a run that is to be tried again', () => {
  it('is, as often as the rule says, and both timelines tell of it', async () => {
    const { fake, app, all } = start();
    await app.reconcile('follow');
    const { run } = await app.launchWith({ values: { lr: 1 }, settings: { retry } });
    await until(() => all().length === 3 && all().every(({ state }) => state === 'failed'));
    const [first, second, third] = all();
    expect([first!.tryNumber, second!.tryNumber, third!.tryNumber]).toEqual([1, 2, 3]);
    expect([first!.retryOf, second!.retryOf, third!.retryOf]).toEqual([null, run.id, second!.id]);
    expect(third).toMatchObject({ name: `${run.name}-try3`, entryPoint: run.entryPoint });
    expect(third!.config).toEqual({ lr: 1 });
    expect(told(app, run.id).at(-1)).toBe(`Tried again as run ${second!.id} (try 2 of 3)`);
    expect(told(app, second!.id)[0]).toBe(
      `Queued: try 2 of 3, after "${run.name}" failed (exit code 1)`,
    );
    await soon();
    expect(fake.starts).toBe(3);
    await app.close();
  });

  it.each([
    ['it finished', 0, retry],
    ['it ended otherwise than the rule says', 1, { ...retry, on: ['crashed' as const] }],
    ['there is no rule', 1, null],
  ])('is not when %s', async (_what, exitCode, rule) => {
    const { app, all } = start(exitCode);
    const { run } = await app.launchWith({ settings: { retry: rule } });
    await app.runs.attended(run.id);
    expect(all()).toHaveLength(1);
    await app.close();
  });

  it('is told and makes no run when the rule could not be read again', async () => {
    const { app, all } = start();
    const rule = { ...retry, times: 99_999 };
    await expect(app.launchWith({ settings: { retry: rule } })).rejects.toThrow();
    expect(all()).toEqual([]);
    await app.close();
  });

  it('is not after a stop by the person, whatever it ended as', async () => {
    const { fake, app, all } = start();
    fake.gate = new Promise(() => undefined);
    const { run } = await app.launchWith({ settings: { retry: { ...retry, on: ['failed'] } } });
    await untilState(app, run.id, 'running');
    app.runs.stop(run.id);
    await app.runs.attended(run.id);
    expect(all()).toHaveLength(1);
    await app.close();
  });

  it('waits for its time, and can be stopped while it does', async () => {
    const { fake, app, all } = start();
    await app.reconcile('follow');
    const { run } = await app.launchWith({
      settings: { retry: { ...retry, waitSeconds: 3600 } },
    });
    await untilState(app, run.id, 'failed');
    const next = all()[1]!;
    expect(next.notBefore! - app.runs.get(run.id).endedAt!).toBe(3_600_000);
    expect(next.state).toBe('queued');
    app.runs.adopt(next.id);
    expect(app.repos.runs.executorOf(next.id)).toBeNull();
    app.runs.stop(next.id);
    expect(app.runs.get(next.id)).toMatchObject({
      state: 'stopped',
      reason: { code: 'stopped', text: 'stopped before it started' },
    });
    expect(fake.starts).toBe(1);
    expect(all()).toHaveLength(2);
    await app.close();
  });

  it('can be gone on with by the process that launched it', async () => {
    const { fake, app } = start();
    const { run } = await app.launchWith({
      settings: { retry: { ...retry, times: 1, waitSeconds: 0.2 } },
    });
    await app.runs.attended(run.id);
    const next = app.runs.nextTry(run.id)!;
    await until(() => {
      app.runs.adopt(next.id);
      return app.runs.get(next.id).state === 'failed';
    });
    expect(app.runs.get(next.id)).toMatchObject({ tryNumber: 2 });
    expect([app.runs.nextTry(next.id), fake.starts]).toEqual([null, 2]);
    await app.close();
  });

  it('is ended by stopping it while it waits', async () => {
    const { app } = start();
    const { run } = await app.launchWith({ settings: { retry: { ...retry, waitSeconds: 3600 } } });
    await app.runs.attended(run.id);
    const next = app.runs.nextTry(run.id)!;
    app.runs.stop(next.id);
    app.runs.adopt(next.id);
    expect(app.runs.get(next.id).state).toBe('stopped');
    await app.close();
  });

  it('is also when it was interrupted before it started, by the next process', async () => {
    const fake = new FakeEngine();
    const folder = testFolder();
    const dies = testApp(folder, fake, 'before create');
    const rule = { ...retry, on: ['crashed' as const] };
    const { run } = await dies.launchWith({ settings: { retry: rule } });
    await dies.crashed;
    const stays = testApp(folder, fake);
    await stays.reconcile('follow');
    const all = () => stays.repos.runs.list({ limit: 5 });
    await until(() => all().some(({ state }) => state === 'finished'));
    expect(all().map(({ id, retryOf }) => [id === run.id, retryOf])).toEqual([
      [false, run.id],
      [true, null],
    ]);
    expect(fake.starts).toBe(1);
    await stays.close();
  });
});
