import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { testFolder } from '../db/testing.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { testApp } from './testing/test-app.ts';
import { until, untilState } from './testing/wait.ts';

/** An engine that holds a container no row of the app knows. */
async function withStray() {
  const fake = new FakeEngine();
  fake.gate = new Promise(() => undefined);
  const stray = testApp(testFolder(), fake);
  await untilState(stray, await stray.launch(), 'running');
  return { fake, stray, app: testApp(testFolder(), fake) };
}

describe('a process that stays', () => {
  it('looks again for what it could not remove, as soon as it is asked to', async () => {
    const { fake, stray, app } = await withStray();
    fake.faults.remove = [new AppError('E_ENGINE_LOST', 'broken off')];
    await app.reconcile('follow');
    expect(fake.containers.size).toBe(1);
    app.lookSoon();
    await until(() => fake.containers.size === 0);
    await Promise.all([app.close(), stray.close()]);
  });

  it('does so by itself, too', async () => {
    const { fake, stray, app } = await withStray();
    fake.faults.remove = [new AppError('E_ENGINE', 'busy')];
    const bend = vi.spyOn(performance, 'now');
    await app.reconcile('follow');
    const now = performance.now();
    bend.mockImplementation(() => now + 5000);
    await until(() => fake.containers.size === 0);
    bend.mockRestore();
    await Promise.all([app.close(), stray.close()]);
  });

  it('tells of a bug in a look, and looks again', async () => {
    const fake = new FakeEngine();
    const app = testApp(testFolder(), fake);
    await app.reconcile('follow');
    const bug = new TypeError('a bug');
    const held = vi.spyOn(app.repos.runs, 'held').mockImplementation(() => {
      throw bug;
    });
    await until(() => app.faults.length > 1);
    held.mockRestore();
    expect(new Set(app.faults)).toEqual(new Set([bug]));
    await app.close();
  });

  it('leaves no folder of a run that never started', async () => {
    const fake = new FakeEngine();
    const folder = testFolder();
    const dies = testApp(folder, fake, 'after create');
    await dies.launch();
    await dies.crashed;
    const live = join(folder, 'live');
    expect(await readdir(live)).toHaveLength(1);
    const app = testApp(folder, fake);
    await app.reconcile('settle');
    expect(await readdir(live)).toEqual([]);
    await app.close();
  });
});

describe('where something else answers in place of an engine', () => {
  const nonsense = () => new AppError('E_ENGINE_ANSWER', 'as told by the test');

  it('is no fault, and the run that nobody attends is said not to be in reach', async () => {
    const fake = new FakeEngine();
    fake.gate = new Promise(() => undefined);
    const folder = testFolder();
    const dies = testApp(folder, fake, 'after start');
    const runId = await dies.launch();
    await dies.crashed;
    fake.faults.list = [nonsense()];
    const app = testApp(folder, fake);
    await app.reconcile('settle');
    expect(app.repos.runs.get(runId)).toMatchObject({ state: 'starting', engineReachable: false });
    await app.close();
  });

  it('one container that cannot be read keeps nobody from the others', async () => {
    const { fake, stray, app } = await withStray();
    await untilState(stray, await stray.launch(), 'running');
    fake.faults.remove = [nonsense()];
    await app.reconcile('settle');
    expect(fake.containers.size).toBe(1);
    await Promise.all([app.close(), stray.close()]);
  });
});

describe('a process that is soon gone', () => {
  it('does not wait for an engine that hangs, and says so at the run that nobody attends', async () => {
    const fake = new FakeEngine();
    fake.gate = new Promise(() => undefined);
    const folder = testFolder();
    const dies = testApp(folder, fake, 'after start');
    const runId = await dies.launch();
    await dies.crashed;
    const connected = fake.connect();
    vi.spyOn(fake, 'connect').mockReturnValue({ ...connected, list: hangs });
    const app = testApp(folder, fake);
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
    await app.reconcile('settle');
    vi.restoreAllMocks();
    expect(app.repos.runs.get(runId)!.engineReachable).toBe(false);
    await app.close();
  });
});

/** Ends with the signal alone. */
const hangs = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const give = () => reject(new AppError('E_CANCELLED', 'called off'));
    if (signal.aborted) give();
    signal.addEventListener('abort', give);
  });
