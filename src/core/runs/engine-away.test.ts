import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { testFolder } from '../db/testing.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { testApp } from './testing/test-app.ts';
import { soon, told, until, untilState } from './testing/wait.ts';

const fault = (code: ErrorCode) => new AppError(code, 'as told by the test');
const nonsense = () => fault('E_ENGINE_ANSWER');
const OUTPUT = 'one\ntwo\nthree\n';

/** An app with one engine, whose jobs end when they are let go. */
function held() {
  const fake = new FakeEngine();
  const { promise, resolve: letGo } = Promise.withResolvers<void>();
  fake.gate = promise;
  return { fake, app: testApp(testFolder(), fake), letGo };
}

async function logOf(app: ReturnType<typeof testApp>, runId: string): Promise<string> {
  const chunks = await app.logs.read(runId, 0, 1 << 20);
  return Buffer.concat(chunks.map(({ bytes }) => bytes)).toString();
}

describe('a run that has not started', () => {
  it.each([
    ['prepare', 'E_ENGINE_NONE'],
    ['prepare', 'E_ENGINE_VERSION'],
    ['prepare', 'E_ENGINE_LOST'],
    ['build', 'E_ENGINE_TIMEOUT'],
    ['create', 'E_ENGINE_LOST'],
    ['prepare', 'E_ENGINE_ANSWER'],
    ['build', 'E_ENGINE_ANSWER'],
    ['create', 'E_ENGINE_ANSWER'],
    ['follow', 'E_ENGINE_ANSWER'],
  ] as const)('waits for an engine that fails the %s with %s', async (call, code) => {
    const fake = new FakeEngine();
    fake.faults[call] = [fault(code)];
    const app = testApp(testFolder(), fake);
    const id = await app.launch();
    await app.runs.attended(id);
    expect(app.runs.get(id)).toMatchObject({ state: 'finished', engineReachable: true });
    expect(told(app, id)).toContain('The engine cannot be used now: as told by the test');
    expect([fake.starts, fake.containers.size]).toEqual([1, 0]);
    await app.close();
  });

  it.each(['prepare', 'create', 'follow'] as const)(
    'waits for as long as something else answers in place of its engine (%s)',
    async (call) => {
      const fake = new FakeEngine();
      const faults = (fake.faults[call] = Array.from({ length: 1000 }, nonsense));
      const app = testApp(testFolder(), fake);
      const id = await app.launch();
      fake.available = false;
      const text = 'The engine cannot be used now: as told by the test';
      await until(() => told(app, id).includes(text));
      const { length } = faults;
      await soon();
      // Nothing is asked of it while it is no engine.
      if (call !== 'follow') expect(faults).toHaveLength(length);
      fake.faults[call] = [];
      fake.available = true;
      await app.runs.attended(id);
      expect(app.runs.get(id)).toMatchObject({ state: 'finished', engineReachable: true });
      expect(fake.starts).toBe(1);
      await app.close();
    },
  );

  it.each(['prepare', 'create', 'follow'] as const)(
    'ends with what is wrong when an engine that is there never answers the %s',
    async (call) => {
      const fake = new FakeEngine();
      fake.faults[call] = Array.from({ length: 1000 }, nonsense);
      const app = testApp(testFolder(), fake);
      const id = await app.launch();
      await app.runs.attended(id);
      const reason = { code: 'start-failed', text: 'as told by the test' };
      expect(app.runs.get(id)).toMatchObject({ state: 'failed', reason });
      expect(fake.starts).toBe(0);
      await app.close();
    },
    30_000,
  );

  it('is lost with an engine that goes away in the middle of its build', async () => {
    const fake = new FakeEngine();
    fake.faults.build = [fault('E_ENGINE_LOST')];
    const app = testApp(testFolder(), fake);
    const id = await app.launch();
    await app.runs.attended(id);
    expect(app.runs.get(id)).toMatchObject({ state: 'crashed', reason: { code: 'engine-lost' } });
    await app.close();
  });

  it('is stopped while it waits for its engine', async () => {
    const fake = new FakeEngine();
    fake.faults.create = Array.from({ length: 1000 }, () => fault('E_ENGINE_TIMEOUT'));
    const app = testApp(testFolder(), fake);
    const id = await app.launch();
    await until(() => !app.runs.get(id).engineReachable);
    app.runs.stop(id);
    await app.runs.attended(id);
    expect(app.runs.get(id)).toMatchObject({ state: 'stopped', reason: { code: 'stopped' } });
    await app.close();
  });
});

describe('a run that has started', () => {
  it.each(['E_ENGINE', 'E_SETTING', 'E_ENGINE_ANSWER'] as const)(
    'is not ended by an engine that answers %s when it is asked about it',
    async (code) => {
      const { fake, app, letGo } = held();
      const id = await app.launch();
      await untilState(app, id, 'running');
      fake.faults.inspect = [fault(code)];
      letGo();
      await app.runs.attended(id);
      expect(app.runs.get(id)).toMatchObject({ state: 'finished', log: { state: 'sealed' } });
      expect(await logOf(app, id)).toBe(OUTPUT);
      await app.close();
    },
  );

  it.each(['E_ENGINE', 'E_ENGINE_TIMEOUT', 'E_ENGINE_ANSWER'] as const)(
    'goes on although its start was answered with %s',
    async (code) => {
      const fake = new FakeEngine();
      fake.faults.started = [fault(code)];
      const app = testApp(testFolder(), fake);
      const id = await app.launch();
      await app.runs.attended(id);
      expect(app.runs.get(id)).toMatchObject({ state: 'finished', log: { state: 'sealed' } });
      expect([fake.starts, await logOf(app, id)]).toEqual([1, OUTPUT]);
      await app.close();
    },
  );

  it('is told not to be reachable before a second question has gone unanswered too', async () => {
    const { fake, app, letGo } = held();
    fake.faults.started = [fault('E_ENGINE_TIMEOUT')];
    const { promise, resolve: answer } = Promise.withResolvers<void>();
    const { inspect } = app.engine;
    app.engine.inspect = async (ref, signal) => {
      await promise;
      return inspect(ref, signal);
    };
    const id = await app.launch();
    await until(() => !app.runs.get(id).engineReachable);
    answer();
    letGo();
    await app.runs.attended(id);
    expect(app.runs.get(id)).toMatchObject({ state: 'finished', engineReachable: true });
    await app.close();
  });

  it('has its own end when it outlived its engine', async () => {
    const { fake, app, letGo } = held();
    fake.exitCode = 255;
    const id = await app.launch();
    await untilState(app, id, 'running');
    app.repos.runs.setReachable(id, false, 'away', 1);
    expect(app.repos.runs.attempt(id).engineGap).toBe(1);
    // The next process finds it running, so that the engine did not end it.
    await app.close();
    const next = testApp(app.folder, fake);
    await next.reconcile('follow');
    await until(() => next.repos.runs.attempt(id).engineGap === 0);
    letGo();
    await next.runs.attended(id);
    expect(next.runs.get(id)).toMatchObject({ state: 'failed', exitCode: 255 });
    await next.close();
  });

  it('leaves no container on an engine that does not remove it at the first time', async () => {
    const fake = new FakeEngine();
    fake.faults.remove = [fault('E_ENGINE')];
    const app = testApp(testFolder(), fake);
    const id = await app.launch();
    await untilState(app, id, 'finished');
    await until(() => fake.containers.size === 0);
    expect(fake.faults.remove).toEqual([]);
    await app.close();
  });

  it('is ended when there can be no such thing as its container', async () => {
    const { fake, app, letGo } = held();
    const id = await app.launch();
    await untilState(app, id, 'running');
    fake.faults.inspect = [fault('E_NOT_FOUND')];
    letGo();
    await app.runs.attended(id);
    expect(app.runs.get(id)).toMatchObject({ state: 'crashed', reason: { code: 'interrupted' } });
    await app.close();
  });

  it('is shown as paused while somebody keeps it so, and has its own end', async () => {
    const { fake, app, letGo } = held();
    const id = await app.launch();
    await untilState(app, id, 'running');
    const [container] = fake.containers.values();
    container!.phase = 'paused';
    await until(() => app.runs.get(id).paused);
    expect(app.runs.get(id).state).toBe('running');
    container!.phase = 'running';
    await until(() => !app.runs.get(id).paused);
    letGo();
    await app.runs.attended(id);
    expect(app.runs.get(id)).toMatchObject({ state: 'finished', paused: false });
    expect(told(app, id)).toEqual(expect.arrayContaining(['Paused outside Slipway', 'It goes on']));
    await app.close();
  });

  it('is not told to have been interrupted by an engine that was never there for it', async () => {
    const { fake, app, letGo } = held();
    const id = await app.launch();
    await untilState(app, id, 'running');
    const faults = (fake.stopFaults = Array.from({ length: 1000 }, () => fault('E_ENGINE_NONE')));
    app.runs.stop(id);
    await until(() => faults.length < 1000);
    letGo();
    await app.runs.attended(id);
    expect(app.runs.get(id)).toMatchObject({ state: 'finished', exitCode: 0 });
    const texts = told(app, id);
    expect(texts).toContain('Stopping');
    expect(texts).toContain('No interrupt was sent: it did not run any more');
    expect(texts.join('\n')).not.toMatch(/interrupt sent|killed/i);
    await app.close();
  });

  it('is told to have been interrupted once it was', async () => {
    const { fake, app } = held();
    const id = await app.launch();
    await untilState(app, id, 'running');
    fake.stopFaults = [fault('E_ENGINE_NONE')];
    app.runs.stop(id);
    await app.runs.attended(id);
    expect(app.runs.get(id)).toMatchObject({ state: 'stopped' });
    const texts = told(app, id);
    expect(texts.indexOf('Interrupt sent')).toBeGreaterThan(
      texts.indexOf('The engine answers again'),
    );
    await app.close();
  });

  it('keeps the end that it came to before the stop', async () => {
    const { fake, app, letGo } = held();
    fake.exitCode = 3;
    const id = await app.launch();
    await untilState(app, id, 'running');
    fake.onStop = async () => {
      letGo();
      await until(() => [...fake.containers.values()].every(({ phase }) => phase === 'ended'));
    };
    app.runs.stop(id);
    await app.runs.attended(id);
    expect(app.runs.get(id)).toMatchObject({ state: 'failed', exitCode: 3 });
    await app.close();
  });
});

describe('the log of a run', () => {
  it.each([
    [1, true, 'partial'],
    [1, false, 'sealed'],
    // It may have started anew since, with nothing amiss at the end.
    [0, true, 'sealed'],
  ] as const)(
    'with an engine away %i times, started anew: %s, is %s',
    async (gap, startUnseen, state) => {
      const { fake, app, letGo } = held();
      fake.startUnseen = startUnseen;
      const id = await app.launch();
      await untilState(app, id, 'running');
      if (gap > 0) {
        fake.reachable = false;
      }
      letGo();
      if (gap > 0) {
        await until(() => !app.runs.get(id).engineReachable);
        fake.reachable = true;
      }
      await app.runs.attended(id);
      expect(app.runs.get(id)).toMatchObject({ state: 'finished', log: { state } });
      await app.close();
    },
  );

  it('is sealed by an engine that fails once', async () => {
    const fake = new FakeEngine();
    fake.faults.seal = [fault('E_ENGINE')];
    const app = testApp(testFolder(), fake);
    const id = await app.launch();
    await app.runs.attended(id);
    expect(app.runs.get(id).log).toEqual({ state: 'sealed', reason: null });
    await app.close();
  });

  it('is partial, with the reason, when the engine does not give it', async () => {
    const fake = new FakeEngine();
    fake.faults.seal = Array.from({ length: 9 }, () => fault('E_ENGINE'));
    const app = testApp(testFolder(), fake);
    const id = await app.launch();
    await app.runs.attended(id);
    expect(app.runs.get(id)).toMatchObject({
      state: 'finished',
      log: { state: 'partial', reason: 'as told by the test' },
    });
    await app.close();
  });
});
