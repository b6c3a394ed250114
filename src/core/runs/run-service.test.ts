import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { isTerminal } from '../../shared/domain/run.ts';
import { testFolder, testVersion } from '../db/testing.ts';
import { CRASH_POINTS, FakeEngine } from './testing/fake-engine.ts';
import { testApp } from './testing/test-app.ts';

type App = ReturnType<typeof testApp>;

async function storedLog(app: App, runId: string): Promise<string> {
  const chunks = await app.logs.read(runId, 0, 1 << 20);
  return Buffer.concat(chunks.map((chunk) => chunk.bytes)).toString();
}

async function untilState(app: App, runId: string, states: string[]): Promise<void> {
  while (!states.includes(app.runs.get(runId).state)) {
    await soon();
  }
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Makes the next call of a method throw, and the ones after it work again. */
function failOnce<K extends string>(of: Record<K, unknown>, name: K, fault: Error): void {
  const method = of[name];
  of[name] = () => {
    of[name] = method;
    throw fault;
  };
}

const statesOf = (app: App, runId: string) =>
  app.repos.runs.events(runId).flatMap((event) => event.state ?? []);

describe('a run', () => {
  it('goes through its states to the end and leaves nothing behind', async () => {
    const fake = new FakeEngine();
    const app = testApp(testFolder(), fake);
    const id = await app.launch();
    await app.runs.attended(id);
    expect(app.runs.get(id)).toMatchObject({
      state: 'finished',
      exitCode: 0,
      log: { state: 'sealed' },
      environment: { reused: false },
    });
    expect(statesOf(app, id)).toEqual([
      'queued',
      'preparing',
      'building',
      'starting',
      'running',
      'finished',
    ]);
    expect(await storedLog(app, id)).toBe('one\ntwo\nthree\n');
    expect(fake.containers.size).toBe(0);
    await app.close();
  });

  it('is stopped by an interrupt, or killed after the grace time', async () => {
    for (const stubborn of [false, true]) {
      const fake = new FakeEngine();
      fake.gate = new Promise(() => undefined);
      fake.stubborn = stubborn;
      const app = testApp(testFolder(), fake);
      const id = await app.launch();
      await untilState(app, id, ['running']);
      app.runs.stop(id);
      await app.runs.attended(id);
      const exitCode = stubborn ? 137 : 130;
      expect(app.runs.get(id)).toMatchObject({
        state: 'stopped',
        exitCode,
        log: { state: 'sealed' },
      });
      expect(() => app.runs.stop(id)).toThrow('already ended');
      await app.close();
    }
  });

  it('is stopped through another process on the same folder', async () => {
    const fake = new FakeEngine();
    fake.gate = new Promise(() => undefined);
    const folder = testFolder();
    const [first, second] = [testApp(folder, fake), testApp(folder, fake)];
    const id = await first.launch();
    await untilState(second, id, ['running']);
    second.runs.stop(id);
    await untilState(second, id, ['stopped']);
    await Promise.all([first.close(), second.close()]);
  });

  it('waits for an engine that went away and keeps its log whole', async () => {
    const fake = new FakeEngine();
    const { promise, resolve } = Promise.withResolvers<void>();
    fake.gate = promise;
    const app = testApp(testFolder(), fake);
    const id = await app.launch();
    await untilState(app, id, ['running']);
    fake.reachable = false;
    resolve();
    while (app.runs.get(id).engineReachable) await new Promise((done) => setTimeout(done, 5));
    expect(app.runs.get(id).state).toBe('running');
    fake.reachable = true;
    await app.runs.attended(id);
    expect(app.runs.get(id)).toMatchObject({ state: 'finished', engineReachable: true });
    expect(await storedLog(app, id)).toBe('one\ntwo\nthree\n');
    await app.close();
  });

  it('that was removed from outside is crashed, not failed', async () => {
    const fake = new FakeEngine();
    fake.gate = new Promise(() => undefined);
    const app = testApp(testFolder(), fake);
    const id = await app.launch();
    await untilState(app, id, ['running']);
    const [container] = fake.containers.values();
    fake.containers.clear();
    container!.phase = 'ended';
    await app.runs.attended(id);
    expect(app.runs.get(id)).toMatchObject({
      state: 'crashed',
      reason: { code: 'vanished' },
      log: { state: 'partial' },
    });
    await app.close();
  });

  it('goes on when its process closes, and is followed on by the next', async () => {
    const fake = new FakeEngine();
    const { promise, resolve } = Promise.withResolvers<void>();
    fake.gate = promise;
    const folder = testFolder();
    const first = testApp(folder, fake);
    const id = await first.launch();
    await untilState(first, id, ['running']);
    await first.close();
    const second = testApp(folder, fake);
    expect(second.runs.get(id).state).toBe('running');
    await second.reconcile('follow');
    resolve();
    await second.runs.attended(id);
    expect(second.runs.get(id)).toMatchObject({ state: 'finished', log: { state: 'sealed' } });
    expect([await storedLog(second, id), fake.starts]).toEqual(['one\ntwo\nthree\n', 1]);
    await second.close();
  });

  it('whose process dies while another one stays is followed on by that one', async () => {
    const fake = new FakeEngine();
    const folder = testFolder();
    const stays = testApp(folder, fake);
    await stays.reconcile('follow');
    const dies = testApp(folder, fake, 'mid output');
    const id = await dies.launch();
    await dies.crashed;
    await untilState(stays, id, ['finished']);
    expect([await storedLog(stays, id), fake.starts]).toEqual(['one\ntwo\nthree\n', 1]);
    await stays.close();
  });

  it('is not made when its launch was cancelled, also while an engine was looked for', async () => {
    const fake = new FakeEngine();
    const app = testApp(testFolder(), fake);
    for (const reachable of [true, false]) {
      fake.reachable = reachable;
      const launch = app.launch(true, AbortSignal.abort());
      await expect(launch).rejects.toMatchObject({ code: 'E_CANCELLED' });
    }
    expect(app.repos.runs.list({ limit: 1 })).toEqual([]);
    await app.close();
  });

  it('is not made of an image on an engine that runs none', async () => {
    const app = testApp(testFolder(), new FakeEngine());
    const project = app.repos.projects.byName('default')!;
    const source = {
      ...{ kind: 'image' as const, reference: 'train:1', digest: `sha256:${'1'.repeat(64)}` },
      ...{ local: false, platform: 'linux/amd64', command: ['run'] },
    };
    const { job, version } = app.repos.jobs.addVersion(
      { projectId: project.id, name: 'job', folder: null },
      { ...testVersion('d0'), source },
      1,
    );
    const launched = app.runs.launch(
      { jobId: job.id, versionId: version.id },
      { signal: new AbortController().signal },
    );
    await expect(launched).rejects.toMatchObject({ code: 'E_ENGINE_NONE' });
    expect(app.repos.runs.list({ limit: 1 })).toEqual([]);
    await app.close();
  });

  it('that cannot be interrupted is killed after the grace time', async () => {
    const fake = new FakeEngine();
    fake.gate = new Promise(() => undefined);
    fake.interruptFault = new AppError('E_ENGINE', 'permission denied');
    const app = testApp(testFolder(), fake);
    const id = await app.launch();
    await untilState(app, id, ['running']);
    app.runs.stop(id);
    await app.runs.attended(id);
    expect(app.runs.get(id)).toMatchObject({ state: 'stopped', exitCode: 137 });
    const told = app.repos.runs.events(id).map(({ text }) => text);
    expect(told).toContain('The interrupt could not be sent: permission denied');
    await app.close();
  });

  it.each(['setLogState', 'setReachable', 'enter', 'note', 'end'] as const)(
    'comes to its end although the disk is full at a %s',
    async (write) => {
      const fake = new FakeEngine();
      fake.gate = new Promise(() => undefined);
      fake.stubborn = true;
      const app = testApp(testFolder(), fake);
      const id = await app.launch();
      if (write !== 'setLogState') await untilState(app, id, ['running']);
      failOnce(app.repos.runs, write, new AppError('E_DISK_FULL', 'the disk is full'));
      fake.reachable = write !== 'setReachable';
      await untilState(app, id, ['running']);
      app.runs.stop(id);
      while (!fake.reachable && app.runs.get(id).engineReachable) await soon();
      fake.reachable = true;
      await app.runs.attended(id);
      expect(app.runs.get(id)).toMatchObject({ state: 'stopped', exitCode: 137 });
      expect(fake.containers.size).toBe(0);
      await app.close();
    },
  );

  it.each(['E_DISK_FULL', 'E_DB_BUSY'] as const)(
    'is not ended by a %s in the moment it starts',
    async (code) => {
      const fake = new FakeEngine();
      const app = testApp(testFolder(), fake);
      const { runs } = app.repos;
      const enter = runs.enter.bind(runs);
      runs.enter = (id, state, ...more) => {
        if (state !== 'running') return enter(id, state, ...more);
        runs.enter = enter;
        throw new AppError(code, 'not now');
      };
      const id = await app.launch();
      await app.runs.attended(id);
      expect(app.runs.get(id)).toMatchObject({ state: 'finished', log: { state: 'sealed' } });
      expect([await storedLog(app, id), fake.starts]).toEqual(['one\ntwo\nthree\n', 1]);
      await app.close();
    },
  );

  it('that Slipway has a fault in ends as crashed, once the disk has space for it', async () => {
    const fake = new FakeEngine();
    const app = testApp(testFolder(), fake);
    const id = await app.launch();
    failOnce(app.repos.runs, 'attempt', new TypeError('a fault of ours'));
    failOnce(app.repos.runs, 'end', new AppError('E_DISK_FULL', 'the disk is full'));
    await app.runs.attended(id);
    expect(app.runs.get(id)).toMatchObject({ state: 'crashed', reason: { code: 'interrupted' } });
    await app.close();
  });

  it('is looked for on every engine, also when one of them is at fault', async () => {
    const fake = new FakeEngine();
    const app = testApp(testFolder(), fake);
    const id = await app.launch(false);
    app.faultOfOther(new AppError('E_ENGINE', 'no space left on device'));
    await expect(app.reconcile('follow')).rejects.toThrow('no space left');
    await untilState(app, id, ['finished']);
    await app.close();
  });

  it('that no row knows is ended and removed', async () => {
    const fake = new FakeEngine();
    fake.gate = new Promise(() => undefined);
    const stray = testApp(testFolder(), fake);
    await untilState(stray, await stray.launch(), ['running']);
    const app = testApp(testFolder(), fake);
    await app.reconcile('settle');
    expect(fake.containers.size).toBe(0);
    await Promise.all([app.close(), stray.close()]);
  });

  it('left to the background waits for a process that claims it', async () => {
    const fake = new FakeEngine();
    const app = testApp(testFolder(), fake);
    const id = await app.launch(false);
    await app.reconcile('settle');
    expect(app.runs.get(id).state).toBe('queued');
    await app.reconcile('follow');
    await app.runs.attended(id);
    expect(app.runs.get(id).state).toBe('finished');
    await app.close();
  });
});

describe.each(CRASH_POINTS)('a process killed %s', (point) => {
  it('leaves a run that ends once, started at most once, with nothing left behind', async () => {
    const fake = new FakeEngine();
    const folder = testFolder();
    const first = testApp(folder, fake, point);
    const id = await first.launch();
    await first.crashed;
    const second = testApp(folder, fake);
    await second.reconcile('settle');
    await second.runs.attended(id);
    // A job that was still running when it was settled has ended by now.
    await new Promise((resolve) => setTimeout(resolve, 20));
    await second.reconcile('settle');
    await second.runs.attended(id);
    const run = second.runs.get(id);
    expect(isTerminal(run.state)).toBe(true);
    expect(statesOf(second, id).filter(isTerminal)).toHaveLength(1);
    expect(fake.starts).toBeLessThanOrEqual(1);
    expect(fake.containers.size).toBe(0);
    if (fake.starts === 1) {
      expect(run).toMatchObject({ state: 'finished', log: { state: 'sealed' } });
      expect(await storedLog(second, id)).toBe('one\ntwo\nthree\n');
    } else {
      expect(run).toMatchObject({ state: 'crashed', reason: { code: 'interrupted' } });
    }
    await second.close();
  });
});
