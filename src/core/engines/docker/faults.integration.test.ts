import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineFact } from '../engine.ts';
import { copyImage, docker } from './testing/docker-cli.ts';
import { MemorySink } from './testing/memory-sink.ts';
import { PrivateEngine } from './testing/private-engine.ts';
import { baseImage, never, noHooks, Workbench } from './testing/workbench.ts';

let server: PrivateEngine;
let bench: Workbench;

beforeAll(async () => {
  server = await PrivateEngine.start();
  await copyImage(baseImage, server.host);
  bench = new Workbench({ dockerHost: server.host });
}, 120_000);

afterAll(() => server.dispose());

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await condition()) return;
    await sleep(20);
  }
  throw new Error('It did not happen within 12 s.');
}

/** Starts a container that prints and sleeps, and waits until it printed. */
async function startSleeper(code: string) {
  const ref = await bench.create(['python', '-c', code]);
  const sink = new MemorySink();
  const following = bench.engine.follow(ref, sink, noHooks, never).catch((e: unknown) => e);
  await until(() => sink.position().stdout > 0);
  return { ref, sink, following };
}

const fact = (ref: string): Promise<EngineFact | null> => bench.engine.inspect(ref, never);

const SLEEPER = 'import time; print("up"); time.sleep(100)';
/** Ends in its own way when it is interrupted, as a job that saves its state does. */
const GRACEFUL =
  'import signal,sys,time\nsignal.signal(2, lambda *a: sys.exit(0))\nprint("up")\ntime.sleep(100)';

describe('an engine that dies while a job runs', () => {
  it.each([
    ['SIGKILL', SLEEPER],
    ['SIGKILL', GRACEFUL],
    ['SIGTERM', SLEEPER],
  ] as const)('by %s is lost, and says so when it is back', async (signal, code) => {
    const { ref, sink, following } = await startSleeper(code);
    // An engine needs a moment to write down that it started something.
    await sleep(1500);
    await server.signal(signal);
    expect(await following).toMatchObject({
      code: expect.stringMatching(/^E_ENGINE_(LOST|NONE)$/),
    });
    await expect(fact(ref)).rejects.toMatchObject({ code: 'E_ENGINE_NONE' });
    expect(await bench.engine.status(never)).toMatchObject({ available: false });
    await server.up();
    expect(await fact(ref)).toMatchObject({ phase: 'ended', engineDied: true, exitCode: null });
    expect(await bench.engine.seal(ref, sink, never)).toMatchObject({ whole: true });
    expect(sink.all(1).toString()).toBe('up\n');
  });

  it('right after the start is lost too, even if it has forgotten the start', async () => {
    const code = 'import os,time; os.write(1, b"up"); time.sleep(20)';
    for (let round = 0; round < 4; round += 1) {
      const ref = await bench.create(['python', '-Sc', code]);
      const sink = new MemorySink();
      const printed = new Promise<void>((resolve) => {
        sink.onAppend = () => resolve();
      });
      const following = bench.engine.follow(ref, sink, noHooks, never).catch((e: unknown) => e);
      await printed;
      await server.signal('SIGKILL');
      expect(await following).toMatchObject({ code: expect.stringMatching(/^E_ENGINE_/) });
      await server.up();
      expect(await fact(ref)).toMatchObject({ phase: 'ended', engineDied: true, exitCode: null });
    }
  });

  it('does not take away the exit code of a job that had ended before', async () => {
    const { ref, following } = await startSleeper('print("up"); raise SystemExit(3)');
    await following;
    await until(async () => (await fact(ref))?.phase === 'ended');
    // Longer ago than an engine needs to end its containers.
    await sleep(15_500);
    await server.signal('SIGKILL');
    await server.up();
    expect(await fact(ref)).toMatchObject({ phase: 'ended', engineDied: false, exitCode: 3 });
  });

  it('answers with a deadline while it hangs, and is used again afterwards', async () => {
    const ref = await bench.create(['true']);
    await server.signal('SIGSTOP');
    // A thread of it that is just answering a ping may finish before it stops.
    await sleep(200);
    expect(await bench.engine.status(never)).toMatchObject({
      available: false,
      text: expect.stringContaining('within 3 s'),
    });
    await expect(fact(ref)).rejects.toMatchObject({ code: 'E_ENGINE_TIMEOUT' });
    await server.signal('SIGCONT');
    await until(async () => (await bench.engine.status(never)).available);
    expect(await fact(ref)).toMatchObject({ phase: 'created' });
  });
});

describe('an engine that dies while it builds', () => {
  it.each(['buildkit', 'classic'] as const)(
    '(%s) is lost, and builds when it is back',
    async (builder) => {
      const own = new Workbench({ dockerHost: server.host, builder });
      const files = { 'p/setup.py': 'import time\ntime.sleep(30)\n', x: `${Math.random()}` };
      const building = own.build(files, './p\n').catch((error: unknown) => error);
      await until(
        async () => (await docker(['images', '-aq'], server.host)) !== '' && own.snapshots.tars > 0,
      );
      await sleep(1500);
      await server.signal('SIGKILL');
      expect(await building).toMatchObject({ code: 'E_ENGINE_LOST' });
      await server.up();
      const { environment } = await own.build({ x: `${Math.random()}` });
      expect(environment.reused).toBe(false);
    },
  );
});

describe('an engine with live-restore', () => {
  let living: PrivateEngine;
  let own: Workbench;

  beforeAll(async () => {
    living = await PrivateEngine.start(['--live-restore']);
    await copyImage(baseImage, living.host);
    own = new Workbench({ dockerHost: living.host });
  }, 90_000);

  afterAll(() => living.dispose());

  /** Ends while the engine is away. Returns what the engine says of it when it is back. */
  async function endsMeanwhile(exit: string): Promise<EngineFact | null> {
    const code = `import os,sys,time; print("up"); time.sleep(2); ${exit}`;
    const ref = await own.create(['python', '-c', code]);
    const sink = new MemorySink();
    const following = own.engine.follow(ref, sink, noHooks, never).catch((e: unknown) => e);
    await until(() => sink.position().stdout > 0);
    await living.signal('SIGKILL');
    await following;
    await sleep(3000);
    await living.up();
    expect(await own.engine.seal(ref, sink, never)).toEqual({ whole: true, startUnseen: true });
    return own.engine.inspect(ref, never);
  }

  it.each([
    ['sys.exit(3)', 3],
    ['os.kill(os.getpid(), 9)', 137],
  ])('has the code of what ended by %s while it was away', async (exit, exitCode) => {
    expect(await endsMeanwhile(exit)).toMatchObject({
      phase: 'ended',
      exitCode,
      engineDied: false,
    });
  });

  it('is left with no container of a build that it was killed in', async () => {
    const builder = new Workbench({ dockerHost: living.host, builder: 'classic' });
    const dockerfile = `FROM ${baseImage}\nRUN echo ${Math.random()} && sleep 60\n`;
    const building = builder.buildOwn({ Dockerfile: dockerfile }).catch((e: unknown) => e);
    const running = () => docker(['ps', '-q', '--filter', 'status=running'], living.host);
    await until(async () => (await running()) !== '');
    await living.signal('SIGKILL');
    expect(await building).toMatchObject({ code: 'E_ENGINE_LOST' });
    await living.up();
    expect(await running()).not.toBe('');
    await builder.engine.list(never);
    expect(await running()).toBe('');
  });

  it('keeps the job, its exit code and every byte', async () => {
    const code =
      'import time\nfor i in range(60): print("line", i); time.sleep(0.1)\nraise SystemExit(7)';
    const ref = await own.create(['python', '-c', code]);
    const sink = new MemorySink();
    const following = own.engine.follow(ref, sink, noHooks, never).catch((e: unknown) => e);
    await until(() => sink.position().stdout > 50);
    await living.signal('SIGKILL');
    expect(await following).toMatchObject({ code: expect.stringMatching(/^E_ENGINE_/) });
    await living.up();
    await own.engine.follow(ref, sink, noHooks, never);
    await until(async () => (await own.engine.inspect(ref, never))?.phase === 'ended');
    expect(await own.engine.inspect(ref, never)).toMatchObject({
      exitCode: 7,
      engineDied: false,
    });
    expect(await own.engine.seal(ref, sink, never)).toEqual({ whole: true, startUnseen: true });
    const lines = Array.from({ length: 60 }, (_, i) => `line ${i}\n`).join('');
    expect(sink.all(1).toString()).toBe(lines);
  });
});
