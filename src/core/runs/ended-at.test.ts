import { describe, expect, it } from 'vitest';
import { testFolder } from '../db/testing.ts';
import { endedAt } from './ended-at.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { testApp } from './testing/test-app.ts';
import { until, untilState } from './testing/wait.ts';

describe('the end of a run that nobody watched', () => {
  it.each([
    [
      'is as long after its start as its engine says',
      1000,
      { startedAt: 1003, endedAt: 6003 },
      6000,
    ],
    ['is not moved by a clock of its own', 1000, { startedAt: 99_000, endedAt: 99_500 }, 1500],
    ['is in whole ms', 1000, { startedAt: 1000, endedAt: 1000.7 }, 1001],
    ['is not before its start', 1000, { startedAt: 5000, endedAt: 1000 }, null],
    ['is not in the future', 1000, { startedAt: 0, endedAt: 9001 }, null],
    ['is not known of one that never started', null, { startedAt: 1, endedAt: 2 }, null],
    ['is not known without an answer', 1000, null, null],
    ['is not known without a start', 1000, { startedAt: null, endedAt: 2 }, null],
    ['is not known without an end', 1000, { startedAt: 1, endedAt: null }, null],
  ])('%s', (_what, startedAt, fact, at) => {
    expect(endedAt(startedAt, fact, 10_000)).toBe(at);
  });

  it('is told by the next process that looks, however late', async () => {
    const fake = new FakeEngine();
    const gate = Promise.withResolvers<void>();
    fake.gate = gate.promise;
    const folder = testFolder();
    const first = testApp(folder, fake);
    const runId = await first.launch();
    await untilState(first, runId, 'running');
    await first.close();
    gate.resolve();
    await until(() => [...fake.containers.values()].every(({ phase }) => phase === 'ended'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const next = testApp(folder, fake);
    await next.reconcile('settle');
    await untilState(next, runId, 'finished');
    const run = next.runs.get(runId);
    // The engine says that it took 1 ms.
    expect(run.endedAt! - run.startedAt!).toBe(1);
    await next.close();
  });
});
