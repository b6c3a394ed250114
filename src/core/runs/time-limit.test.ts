import { describe, expect, it } from 'vitest';
import { testFolder } from '../db/testing.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { testApp } from './testing/test-app.ts';
import { untilOverTime } from './time-limit.ts';
import { told, untilState } from './testing/wait.ts';

const endless = (stubborn = false) => {
  const fake = new FakeEngine();
  fake.gate = new Promise(() => undefined);
  fake.stubborn = stubborn;
  return fake;
};
const limited = { settings: { timeLimitSeconds: 0.2 } };

describe('a run with a time limit', () => {
  it.each([
    ['interrupted', false, 130],
    ['killed when it does not end', true, 137],
  ])('is %s when the time is over, and has failed', async (_what, stubborn, exitCode) => {
    const app = testApp(testFolder(), endless(stubborn));
    const { run } = await app.launchWith(limited);
    await app.runs.attended(run.id);
    expect(app.runs.get(run.id)).toMatchObject({
      state: 'failed',
      exitCode,
      reason: { code: 'time-limit', text: 'stopped after its time limit of 0.2 s' },
      log: { state: 'sealed' },
    });
    const lines = ['Over its time limit of 0.2 s', 'Interrupt sent'];
    expect(told(app, run.id)).toEqual(expect.arrayContaining(lines));
    await app.close();
  });

  it('is held to it by the next process, from its own start on', async () => {
    const fake = endless();
    const first = testApp(testFolder(), fake);
    const { run } = await first.launchWith({ settings: { timeLimitSeconds: 3600 } });
    await untilState(first, run.id, 'running');
    await first.close();
    const second = testApp(first.folder, fake);
    second.db.write(() =>
      second.db.run('UPDATE run SET started_at = started_at - 3600000 WHERE id = ?', run.id),
    );
    await second.reconcile('follow');
    await second.runs.attended(run.id);
    expect(second.runs.get(run.id)).toMatchObject({
      state: 'failed',
      reason: { code: 'time-limit', text: 'stopped after its time limit of 1 h' },
    });
    await second.close();
  });

  it('that is stopped before is stopped', async () => {
    const app = testApp(testFolder(), endless());
    const { run } = await app.launchWith({ settings: { timeLimitSeconds: 3600 } });
    await untilState(app, run.id, 'running');
    app.runs.stop(run.id);
    await app.runs.attended(run.id);
    expect(app.runs.get(run.id)).toMatchObject({ state: 'stopped' });
    await app.close();
  });

  it('that ends in time has ended by itself', async () => {
    const app = testApp(testFolder(), new FakeEngine());
    const { run } = await app.launchWith({ settings: { timeLimitSeconds: 1e9 } });
    await app.runs.attended(run.id);
    expect(app.runs.get(run.id)).toMatchObject({ state: 'finished' });
    await app.close();
  });
});

describe('the time of a run', () => {
  /** A clock of the wall that somebody sets, and one that goes on. */
  const clocks = (wall: number) => ({ now: () => wall, monotonic: () => performance.now() });
  const runStartedAt = (startedAt: number) =>
    ({ runs: { get: () => ({ startedAt }) } }) as unknown as Parameters<
      typeof untilOverTime
    >[0]['repos'];
  const YEARS_MS = 10 * 365 * 86_400_000;

  it('goes on while the clock is set back', async () => {
    const clock = clocks(1000);
    const waiting = untilOverTime({ repos: runStartedAt(1000), clock }, 'r', 0.05, []);
    clock.now = () => 1000 - YEARS_MS;
    await waiting;
  });

  it('is not over when the clock is set forward', async () => {
    const clock = clocks(1000);
    const left = new AbortController();
    let isOver = false;
    const parts = { repos: runStartedAt(1000), clock };
    const waiting = untilOverTime(parts, 'r', 3600, [left.signal]).then(() => {
      isOver = true;
    });
    clock.now = () => 1000 + YEARS_MS;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isOver).toBe(false);
    left.abort();
    await waiting;
  });

  it('has not begun before the run did, whatever the clock of the next process says', async () => {
    const parts = { repos: runStartedAt(1000 + YEARS_MS), clock: clocks(1000) };
    await untilOverTime(parts, 'r', 0.05, []);
  });
});
