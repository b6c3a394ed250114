import { describe, expect, it } from 'vitest';
import { testFolder } from '../db/testing.ts';
import { systemLimit } from '../system-limit.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { testApp } from './testing/test-app.ts';
import { told, untilState } from './testing/wait.ts';

describe('a run that can open no files', () => {
  it.each(['prepare', 'create'] as const)(
    'at %s waits again in its queue, and says why',
    async (call) => {
      const fake = new FakeEngine();
      fake.faults[call] = [systemLimit(new Error('EMFILE'))];
      const app = testApp(testFolder(), fake);
      const id = await app.launchQueued();
      await app.reconcile('follow');
      await untilState(app, id, 'finished');
      expect(told(app, id)).toContain('Queued again: the system lets Slipway open no more files');
      expect(fake.starts).toBe(1);
      await app.close();
    },
  );

  it('fails when it was launched by hand, and says why', async () => {
    const fake = new FakeEngine();
    fake.faults.create = [systemLimit(new Error('EMFILE'))];
    const app = testApp(testFolder(), fake);
    const id = await app.launch();
    await app.runs.attended(id);
    expect(app.runs.get(id)).toMatchObject({
      state: 'failed',
      reason: { code: 'start-failed', text: 'The system lets Slipway open no more files.' },
    });
    await app.close();
  });
});
