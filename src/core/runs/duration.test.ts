import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EngineFact } from '../engines/engine.ts';
import { testFolder } from '../db/testing.ts';
import { RunDuration } from './duration.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { testApp } from './testing/test-app.ts';
import { untilState } from './testing/wait.ts';

const DAY = 86_400_000;

/** Sets the clock of the wall, by so many ms. */
function setClock(by: number): void {
  const { now } = Date;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + by);
}

function held() {
  const fake = new FakeEngine();
  const { promise, resolve } = Promise.withResolvers<void>();
  fake.gate = promise;
  return { fake, letGo: resolve };
}

afterEach(() => vi.restoreAllMocks());

describe('how long a run ran', () => {
  it.each([
    ['forward', 3650 * DAY],
    ['back', -3650 * DAY],
  ])('is measured although the clock was set %s', async (_way, by) => {
    const { fake, letGo } = held();
    const app = testApp(testFolder(), fake);
    const id = await app.launch();
    await untilState(app, id, 'running');
    expect(app.runs.get(id).durationMs).toBeNull();
    setClock(by);
    letGo();
    await app.runs.attended(id);
    const { durationMs, startedAt, endedAt } = app.runs.get(id);
    expect(Math.abs(endedAt! - startedAt!)).toBeGreaterThan(3000 * DAY);
    expect(durationMs).toBeGreaterThanOrEqual(0);
    expect(durationMs).toBeLessThan(DAY);
    await app.close();
  });

  it('is what its engine says of a run that another process started', async () => {
    const { fake, letGo } = held();
    const first = testApp(testFolder(), fake);
    const id = await first.launch();
    await untilState(first, id, 'running');
    await first.close();
    setClock(-3650 * DAY);
    letGo();
    const second = testApp(first.folder, fake);
    await second.reconcile('follow');
    await second.runs.attended(id);
    // As the engine of the test has it: started at 1, ended at 2.
    expect(second.runs.get(id)).toMatchObject({ state: 'finished', durationMs: 1 });
    await second.close();
  });

  it.each([
    [100, 350, 250],
    // Set back meanwhile.
    [350, 100, null],
    [350, 350, null],
    [null, 350, null],
    [100, null, null],
  ])('that began at %s and ended at %s is %s', (startedAt, endedAt, expected) => {
    const duration = new RunDuration({ now: () => 0, monotonic: () => 0 });
    expect(duration.ends({ startedAt, endedAt } as EngineFact, false)).toBe(expected);
    expect(duration.ends(null, true)).toBeNull();
    duration.starts();
    expect(duration.ends({ startedAt, endedAt } as EngineFact, true)).toBe(expected);
    expect(duration.ends({ startedAt, endedAt } as EngineFact, false)).toBe(0);
  });

  it('is none of a run that never ran', async () => {
    const app = testApp(testFolder(), new FakeEngine());
    const id = await app.launch();
    await app.runs.attended(id);
    const again = { code: 'stopped' as const, text: 'stopped', next: null, detail: null };
    expect(app.runs.get(id).durationMs).not.toBeNull();
    const version = app.runs.get(id);
    const { id: other } = app.repos.runs.create(
      {
        ...{ projectId: version.projectId, jobId: version.jobId, versionId: version.versionId },
        ...{ name: null, engine: 'process', entryPoint: ['true'], rewrite: false, executor: 'x' },
      },
      1,
    );
    const log = { state: 'none' as const, reason: null };
    app.repos.runs.end(other, { state: 'stopped', reason: again, exitCode: null, log }, 5);
    expect(app.runs.get(other)).toMatchObject({ endedAt: 5, durationMs: null });
    await app.close();
  });
});
