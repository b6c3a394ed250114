import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { testFolder } from '../db/testing.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { testApp } from './testing/test-app.ts';

describe('a run whose engine has no room on its disk', () => {
  it.each(['prepare', 'create'] as const)('fails at %s and says what to do', async (call) => {
    const fake = new FakeEngine();
    const app = testApp(testFolder(), fake);
    let calls = 0;
    const refuse = (): Promise<never> => {
      calls += 1;
      const next = 'Remove images.';
      throw new AppError('E_DISK_FULL', "The engine's disk is full.", { next });
    };
    Object.assign(app.engine, { [call]: async () => refuse() });
    const id = await app.launch();
    await app.runs.attended(id);
    expect(app.runs.get(id)).toMatchObject({
      state: 'failed',
      reason: { text: "The engine's disk is full.", next: 'Remove images.' },
    });
    expect(calls).toBe(1);
    await app.close();
  });
});
