import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import {
  engineOn,
  MemorySink,
  never,
  noHooks,
  requestFor,
  temporaryFolder,
  until,
} from './test-kit.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let engine: Engine;

/** Prints numbered lines on both streams, and one mark per start outside its folder. */
const printer = (lines: number): string => `
  const fs = require('node:fs');
  fs.appendFileSync('../../../starts', 'start\\n');
  let n = 0;
  const tick = () => {
    for (let i = 0; i < 50 && n < ${lines}; i += 1, n += 1) {
      fs.writeSync(1, 'out ' + n + '\\n');
      fs.writeSync(2, 'err ' + n + '\\n');
    }
    if (n < ${lines}) setTimeout(tick, 2);
    else process.exitCode = 7;
  };
  tick();`;

const expected = (word: string, lines: number): string =>
  Array.from({ length: lines }, (_, n) => `${word} ${n}\n`).join('');

const starts = async (): Promise<string> => readFile(join(place.folder, 'starts'), 'utf8');

beforeEach(async () => {
  place = await temporaryFolder();
  engine = engineOn(place.folder, { 'main.js': printer(2000) });
});

afterEach(async () => {
  for (const fact of await engine.list(never)) await engine.remove(fact.ref, never);
  await place.remove();
});

function app(attemptId: string, script: string): ChildProcess {
  const file = fileURLToPath(new URL('./test-app.ts', import.meta.url));
  return spawn(process.execPath, [file, place.folder, attemptId, script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

const ended = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => child.once('exit', resolve));

describe('an app that is killed', () => {
  it('loses nothing: the next one finds the run, its output and its exit', async () => {
    const child = app('a1', printer(2000));
    const gone = ended(child);
    await until(async () => (await engine.inspect('a1', never))?.phase === 'running');
    child.kill('SIGKILL');
    await gone;

    const [fact] = await engine.list(never);
    expect(fact).toMatchObject({ attemptId: 'a1', phase: 'running' });
    const calls: string[] = [];
    const hooks = {
      ...noHooks,
      beforeStart: () => void calls.push('before'),
      started: () => void calls.push('started'),
    };
    const sink = new MemorySink();
    await engine.follow('a1', sink, hooks, never);
    expect(calls).toEqual(['started']);
    expect(await engine.inspect('a1', never)).toMatchObject({ phase: 'ended', exitCode: 7 });
    expect(sink.stdout.toString()).toBe(expected('out', 2000));
    expect(sink.stderr.toString()).toBe(expected('err', 2000));
    expect(await starts()).toBe('start\n');
  });

  it('at any moment around the start: the program runs once, whoever starts it', async () => {
    for (const [index, wait] of [0, 1, 2, 4, 8, 16].entries()) {
      const id = `k${index}`;
      const child = app(id, `require('node:fs').appendFileSync('../../../${id}', 'x')`);
      const gone = ended(child);
      await new Promise((resolve) => child.stdout?.once('data', resolve));
      setTimeout(() => child.kill('SIGKILL'), wait);
      await gone;
      await engine.follow(id, new MemorySink(), noHooks, never);
      expect(await engine.inspect(id, never)).toMatchObject({ phase: 'ended', exitCode: 0 });
      expect(await readFile(join(place.folder, id), 'utf8')).toBe('x');
    }
  });
});

describe('starting', () => {
  it('happens once, however many follow at the same moment', async () => {
    const ref = await engine.create(requestFor('a1', [process.execPath, 'main.js']), never);
    const engines = [engine, engineOn(place.folder), engineOn(place.folder)];
    const sinks = engines.map(() => new MemorySink());
    await Promise.all(
      engines.map((each, index) =>
        each.follow(ref, sinks[index] ?? new MemorySink(), noHooks, never),
      ),
    );
    expect(await starts()).toBe('start\n');
    for (const sink of sinks) expect(sink.stdout.toString()).toBe(expected('out', 2000));
  });

  it('and stopping at the same moment: it ran or it never will, and inspect tells which', async () => {
    for (let index = 0; index < 12; index += 1) {
      const id = `s${index}`;
      const ref = await engine.create(requestFor(id, ['sleep', '60']), never);
      const followed = engine.follow(ref, new MemorySink(), noHooks, never);
      await new Promise((resolve) => setTimeout(resolve, index));
      await engine.stop(ref, 'kill', never);
      await followed;
      const fact = await engine.inspect(ref, never);
      expect(fact).toMatchObject({ phase: 'ended', engineDied: false });
      expect(fact?.exitCode).toBe(fact?.startedAt === null ? null : 137);
    }
  });

  it('never happens again after the end', async () => {
    const ref = await engine.create(requestFor('a1', [process.execPath, 'main.js']), never);
    await engine.follow(ref, new MemorySink(), noHooks, never);
    await engine.create(requestFor('a1', [process.execPath, 'main.js']), never);
    await engine.follow(ref, new MemorySink(), noHooks, never);
    expect(await starts()).toBe('start\n');
  });
});

describe('reading on', () => {
  it('by offset gives every byte once, over many interruptions', async () => {
    const ref = await engine.create(requestFor('a1', [process.execPath, 'main.js']), never);
    const sink = new MemorySink();
    let interruptions = 0;
    for (let done = false; !done;) {
      const controller = new AbortController();
      const goal = sink.stdout.length + 700;
      sink.onAppend = () => {
        if (sink.stdout.length > goal) controller.abort();
      };
      done = await engineOn(place.folder)
        .follow(ref, sink, noHooks, controller.signal)
        .then(
          () => true,
          () => false,
        );
      if (!done) interruptions += 1;
    }
    expect(interruptions).toBeGreaterThan(3);
    expect(sink.stdout.toString()).toBe(expected('out', 2000));
    expect(sink.stderr.toString()).toBe(expected('err', 2000));
    expect(await engine.seal(ref, sink, never)).toEqual({ whole: true });
  });

  it('adds at the seal what was not read', async () => {
    const ref = await engine.create(requestFor('a1', [process.execPath, 'main.js']), never);
    await engine.follow(ref, new MemorySink(), noHooks, never);
    const late = new MemorySink();
    await late.append(1, Buffer.from('out 0\nout 1\n'));
    expect(await engine.seal(ref, late, never)).toEqual({ whole: true });
    expect(late.stdout.toString()).toBe(expected('out', 2000));
    expect(late.stderr.toString()).toBe(expected('err', 2000));
  });
});
