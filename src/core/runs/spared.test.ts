import { describe, expect, it } from 'vitest';
import { testFolder } from '../db/testing.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { testApp } from './testing/test-app.ts';
import { untilState } from './testing/wait.ts';

describe('a container of a run that a restored database does not know', () => {
  it('is left alone, and one of a run that it knows is not', async () => {
    const fake = new FakeEngine();
    fake.gate = new Promise(() => undefined);
    const before = testApp(testFolder(), fake);
    await untilState(before, await before.launch(), 'running');
    const restored = testApp(testFolder(), fake);
    const mark = JSON.stringify({ at: 2, from: 1, aside: '/d/slipway.db.damaged' });
    restored.db.write(() => restored.db.run("INSERT INTO meta VALUES ('restored', ?)", mark));
    const known = await restored.launch();
    await untilState(restored, known, 'running');
    expect(fake.containers.size).toBe(2);
    restored.runs.stop(known);
    await restored.runs.attended(known);
    await restored.reconcile('settle');
    expect(fake.containers.size).toBe(1);
    await Promise.all([restored.close(), before.close()]);
  });
});
