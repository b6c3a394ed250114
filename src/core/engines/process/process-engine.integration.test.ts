import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import { processState, readProcess } from './process-identity.ts';
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

const files = {
  'hello.sh': '#!/bin/sh\necho out; echo err >&2; exit 3\n',
  'where.sh': '#!/bin/sh\npwd; env\n',
  'slow.sh': '#!/bin/sh\necho ready\nexec sleep 60\n',
  'stubborn.sh': "#!/bin/sh\ntrap '' INT TERM\necho ready\nwhile :; do sleep 1; done\n",
  'polite.js':
    "process.on('SIGINT', () => { console.log('bye'); process.exit(0); });\nconsole.log('ready');\nsetInterval(() => {}, 1000);\n",
  'family.sh':
    '#!/bin/sh\nsleep 61 &\necho $!\nsetsid sleep 62 &\necho $!\nsetsid sh -c "sleep 63 & echo \\$!; exit"\nexit 0\n',
  'no-such-interpreter.sh': '#!/no/such/interpreter\n',
  'noise.js': `
    const { createHash } = require('node:crypto');
    const block = (n) => createHash('sha512').update(String(n)).digest();
    for (const [fd, salt] of [[1, 'a'], [2, 'b']]) {
      const parts = [];
      for (let n = 0; n < 5 * 1024 * 1024 / 64; n += 1) parts.push(block(salt + n));
      require('node:fs').writeSync(fd, Buffer.concat(parts).subarray(0, 0));
      let bytes = Buffer.concat([...parts, Buffer.from('unterminated')]);
      while (bytes.length) bytes = bytes.subarray(require('node:fs').writeSync(fd, bytes));
    }`,
};

beforeEach(async () => {
  place = await temporaryFolder();
  engine = engineOn(place.folder, files);
});

afterEach(async () => {
  for (const fact of await engine.list(never)) await engine.remove(fact.ref, never);
  await place.remove();
});

async function runToEnd(id: string, argv: string[], env = {}) {
  const sink = new MemorySink();
  const ref = await engine.create(requestFor(id, argv, env), never);
  await engine.follow(ref, sink, noHooks, never);
  return { sink, fact: await engine.inspect(ref, never), ref };
}

/** Follows in the background and waits for the first output. */
async function startAndWait(id: string, argv: string[]) {
  const sink = new MemorySink();
  const ref = await engine.create(requestFor(id, argv), never);
  const followed = engine.follow(ref, sink, noHooks, never);
  await until(() => sink.stdout.length > 0);
  return { sink, ref, followed };
}

const reference = (salt: string): Buffer => {
  const parts: Buffer[] = [];
  for (let n = 0; n < (5 * 1024 * 1024) / 64; n += 1) {
    parts.push(
      createHash('sha512')
        .update(salt + n)
        .digest(),
    );
  }
  return Buffer.concat([...parts, Buffer.from('unterminated')]);
};

const alive = async (pid: number): Promise<boolean> => {
  const entry = await readProcess(pid);
  return entry !== null && (await processState(entry)) !== 'gone';
};

describe('the life of a process', () => {
  it('passes through its states and keeps both streams and the exit code', async () => {
    const sink = new MemorySink();
    const calls: string[] = [];
    const ref = await engine.create(requestFor('a1', ['./hello.sh']), never);
    expect(await engine.inspect(ref, never)).toMatchObject({ phase: 'created', startedAt: null });
    const hooks = {
      beforeStart: () => void calls.push('before'),
      started: () => void calls.push('started'),
    };
    await engine.follow(ref, sink, hooks, never);
    expect(calls).toEqual(['before', 'started']);
    const fact = await engine.inspect(ref, never);
    expect(fact).toMatchObject({
      attemptId: 'a1',
      phase: 'ended',
      exitCode: 3,
      signal: null,
      engineDied: false,
      error: null,
    });
    expect(fact?.endedAt).toBeGreaterThanOrEqual(fact?.startedAt ?? Infinity);
    expect(sink.stdout.toString()).toBe('out\n');
    expect(sink.stderr.toString()).toBe('err\n');
    expect(await engine.seal(ref, sink, never)).toEqual({ whole: true });
    await engine.remove(ref, never);
    await engine.remove(ref, never);
    expect(await engine.inspect(ref, never)).toBeNull();
    expect(await readdir(join(place.folder, 'attempts'))).toEqual([]);
  });

  it('gives the program a clean environment, the code as its folder and no input', async () => {
    process.env['SLIPWAY_TEST_SECRET'] = 'canary';
    process.env['ELECTRON_TEST'] = 'canary';
    const { sink } = await runToEnd('a1', ['./where.sh'], { GIVEN: 'a "b"\n$c' });
    delete process.env['SLIPWAY_TEST_SECRET'];
    delete process.env['ELECTRON_TEST'];
    const text = sink.stdout.toString();
    expect(text).not.toContain('canary');
    expect(text).toContain('GIVEN=a "b"\n$c\n');
    expect(text).toContain('PYTHONUNBUFFERED=1\n');
    expect(text.split('\n')[0]).toBe(join(place.folder, 'attempts/a1/code'));
  });

  it('starts in the folder that is the code', async () => {
    const within = engineOn(place.folder, { 'jobs/a/where.sh': '#!/bin/sh\npwd\n', 'b.txt': '' });
    const request = requestFor('c', ['./where.sh']);
    const code = { tree: 'tree', context: 'jobs/a' };
    const sink = new MemorySink();
    const ref = await within.create({ ...request, code }, never);
    await within.follow(ref, sink, noHooks, never);
    expect(sink.stdout.toString()).toBe(
      `${join(place.folder, 'attempts', 'c', 'code', 'jobs/a')}\n`,
    );
  });

  it('passes arguments as they are, through no shell', async () => {
    const words = ['$(id)', '; rm -rf .', '`id`', 'a  b', '', '-n', 'ü\n', '*'];
    const script = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
    const { sink } = await runToEnd('a1', [process.execPath, '-e', script, '--', ...words]);
    expect(JSON.parse(sink.stdout.toString())).toEqual(words);
  });

  it('keeps binary output on both streams byte for byte, at 5 MB and without a last line end', async () => {
    const { sink, ref } = await runToEnd('a1', [process.execPath, 'noise.js']);
    expect(sink.stdout.equals(reference('a'))).toBe(true);
    expect(sink.stderr.equals(reference('b'))).toBe(true);
    expect(await engine.seal(ref, sink, never)).toEqual({ whole: true });
  });

  it.each(['SEGV', 'KILL'])(
    'adds nothing to the output of a program that dies of SIG%s',
    async (name) => {
      const script = `process.stderr.write('last words'); process.kill(process.pid, 'SIG${name}'); setTimeout(() => {}, 5000)`;
      const { sink, fact } = await runToEnd('a1', [process.execPath, '-e', script]);
      expect(fact).toMatchObject({ signal: `SIG${name}` });
      expect(sink.stderr.toString()).toBe('last words');
    },
  );

  it('tells a signal from an exit code', async () => {
    const { fact } = await runToEnd('a1', ['sh', '-c', 'kill -SEGV $$']);
    expect(fact).toMatchObject({ exitCode: 139, signal: 'SIGSEGV', engineDied: false });
  });

  it('waits for a slow sink instead of filling the memory', async () => {
    const sink = new MemorySink();
    let busy = 0;
    let most = 0;
    sink.onAppend = async () => {
      most = Math.max(most, (busy += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      busy -= 1;
    };
    const ref = await engine.create(requestFor('a1', [process.execPath, 'noise.js']), never);
    await engine.follow(ref, sink, noHooks, never);
    expect(most).toBe(1);
    expect(sink.stdout.equals(reference('a'))).toBe(true);
  });
});

describe('what cannot be started', () => {
  it.each([
    [['no-such-program-anywhere'], 'no such program'],
    [['./missing.sh'], 'no such file'],
    [['.'], 'no such program'],
    [['./'], 'not a file'],
    [[''], 'no such program'],
  ])('refuses %j and leaves nothing behind', async (argv, words) => {
    await expect(engine.create(requestFor('a1', argv), never)).rejects.toMatchObject({
      code: 'E_START',
      message: expect.stringContaining(words) as string,
    });
    expect(await readdir(join(place.folder, 'attempts'))).toEqual([]);
  });

  it('refuses a file that is not executable, and says what to do', async () => {
    const file = join(place.folder, 'data.txt');
    await writeFile(file, 'text', { mode: 0o644 });
    await expect(engine.create(requestFor('a1', [file]), never)).rejects.toMatchObject({
      code: 'E_START',
      message: expect.stringContaining('not executable') as string,
      next: expect.stringContaining('chmod +x') as string,
    });
  });

  it('ends with the shell’s 127 when the interpreter of a script is missing', async () => {
    const { fact, sink } = await runToEnd('a1', ['./no-such-interpreter.sh']);
    expect(fact).toMatchObject({ phase: 'ended', exitCode: 127 });
    expect(sink.stderr.toString()).toContain('not found');
  });

  it('tells when the arguments are too long for the system, and does not start later', async () => {
    const ref = await engine.create(requestFor('a1', ['echo', 'x'.repeat(3_000_000)]), never);
    const followed = engine.follow(ref, new MemorySink(), noHooks, never);
    await expect(followed).rejects.toMatchObject({
      code: 'E_START',
      next: expect.stringContaining('file') as string,
    });
  });

  it('refuses ids that are paths', async () => {
    await expect(engine.inspect('../x', never)).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
  });
});

describe('stop', () => {
  it('interrupts a program, which may end in its own way', async () => {
    const { sink, ref, followed } = await startAndWait('a1', [process.execPath, 'polite.js']);
    expect(await engine.inspect(ref, never)).toMatchObject({ phase: 'running', exitCode: null });
    await engine.stop(ref, 'interrupt', never);
    await followed;
    expect(sink.stdout.toString()).toBe('ready\nbye\n');
    expect(await engine.inspect(ref, never)).toMatchObject({ exitCode: 0, signal: null });
  });

  it('interrupts one that does not listen, and its exit is recorded', async () => {
    const { ref, followed } = await startAndWait('a1', ['./slow.sh']);
    await engine.stop(ref, 'interrupt', never);
    await followed;
    expect(await engine.inspect(ref, never)).toMatchObject({ exitCode: 130, signal: 'SIGINT' });
  });

  it('kills one that ignores the interrupt', async () => {
    const { ref, followed } = await startAndWait('a1', ['./stubborn.sh']);
    await engine.stop(ref, 'interrupt', never);
    expect(await engine.inspect(ref, never)).toMatchObject({ phase: 'running' });
    await engine.stop(ref, 'kill', never);
    await followed;
    expect(await engine.inspect(ref, never)).toMatchObject({
      phase: 'ended',
      exitCode: 137,
      signal: 'SIGKILL',
      engineDied: false,
    });
    await engine.stop(ref, 'kill', never);
  });

  it('keeps the exit of a program that ended before the kill', async () => {
    const { ref } = await runToEnd('a1', ['./hello.sh']);
    await engine.stop(ref, 'kill', never);
    expect(await engine.inspect(ref, never)).toMatchObject({ exitCode: 3, signal: null });
  });

  it('of what never started sees to it that it never starts', async () => {
    const ref = await engine.create(requestFor('a1', ['./hello.sh']), never);
    await engine.stop(ref, 'interrupt', never);
    const { sink, fact } = await runToEnd('a1', ['./hello.sh']);
    expect(sink.position()).toEqual({ stdout: 0, stderr: 0 });
    expect(fact).toMatchObject({ phase: 'ended', startedAt: null, exitCode: null });
    expect(fact?.error).toContain('before it started');
  });

  it('shows a program paused from outside, and interrupts it all the same', async () => {
    const { ref, followed } = await startAndWait('a1', [process.execPath, 'polite.js']);
    const claim = await readFile(join(place.folder, 'attempts/a1/supervisor'), 'utf8');
    process.kill(-Number.parseInt(claim, 10), 'SIGSTOP');
    await until(async () => (await engine.inspect(ref, never))?.phase === 'paused');
    await engine.stop(ref, 'interrupt', never);
    await followed;
    expect(await engine.inspect(ref, never)).toMatchObject({ phase: 'ended', exitCode: 0 });
  });

  it.runIf(process.platform === 'linux')(
    'leaves no child behind, not even one with a session of its own',
    async () => {
      const { sink, fact } = await runToEnd('a1', ['./family.sh']);
      const pids = sink.stdout.toString().trim().split('\n').map(Number);
      expect(pids).toHaveLength(3);
      for (const pid of pids) expect(await alive(pid)).toBe(false);
      expect(fact).toMatchObject({ exitCode: 0 });
    },
  );
});

describe('damage', () => {
  it('tells that the engine died when the supervisor was killed, and ends the orphan', async () => {
    const { ref, followed } = await startAndWait('a1', ['sh', '-c', 'echo $$; exec sleep 60']);
    const claim = await readFile(join(place.folder, 'attempts/a1/supervisor'), 'utf8');
    process.kill(Number.parseInt(claim, 10), 'SIGKILL');
    await followed;
    expect(await engine.inspect(ref, never)).toMatchObject({
      phase: 'ended',
      exitCode: null,
      engineDied: true,
    });
    const sink = new MemorySink();
    await engine.seal(ref, sink, never);
    expect(await alive(Number(sink.stdout.toString()))).toBe(false);
  });

  it.each(['stop', 'remove'] as const)('%s ends a program whose supervisor died', async (how) => {
    const sink = new MemorySink();
    const ref = await engine.create(
      requestFor('a1', ['sh', '-c', 'echo $$; exec sleep 60']),
      never,
    );
    const controller = new AbortController();
    const followed = engine.follow(ref, sink, noHooks, controller.signal).catch(() => undefined);
    await until(() => sink.stdout.includes('\n'));
    controller.abort();
    await followed;
    const pid = Number(sink.stdout.toString());
    const claim = await readFile(join(place.folder, 'attempts/a1/supervisor'), 'utf8');
    process.kill(Number.parseInt(claim, 10), 'SIGKILL');
    await until(async () => (await engine.inspect(ref, never))?.phase === 'ended');
    expect(await alive(pid)).toBe(true);
    await (how === 'stop' ? engine.stop(ref, 'kill', never) : engine.remove(ref, never));
    expect(await alive(pid)).toBe(false);
  });

  it('does not take a stranger with the same pid for the supervisor', async () => {
    const ref = await engine.create(requestFor('a1', ['./hello.sh']), never);
    const claim = join(place.folder, 'attempts/a1/supervisor');
    await writeFile(claim, `${process.pid} some-other-boot 12345\n`);
    expect(await engine.inspect(ref, never)).toMatchObject({ phase: 'ended', engineDied: true });
    await engine.stop(ref, 'kill', never);
    expect(await engine.seal(ref, new MemorySink(), never)).toEqual({ whole: true });
  });

  it('tells that a log is not whole when its file was cut or changed', async () => {
    const { sink, ref } = await runToEnd('a1', ['./hello.sh']);
    const file = join(place.folder, 'attempts/a1/stdout');
    await writeFile(file, 'o');
    expect(await engine.seal(ref, sink, never)).toMatchObject({ whole: false });
    await writeFile(file, 'OUT\n');
    expect(await engine.seal(ref, sink, never)).toMatchObject({ whole: false });
    await writeFile(file, 'out\n');
    expect(await engine.seal(ref, sink, never)).toEqual({ whole: true });
  });

  it('removes what a program made unreadable', async () => {
    const { ref } = await runToEnd('a1', ['sh', '-c', 'mkdir -p a/b; : > a/b/c; chmod 000 a/b a']);
    await engine.remove(ref, never);
    expect(await readdir(join(place.folder, 'attempts'))).toEqual([]);
  });

  it('ignores, and in the end removes, a half-made folder', async () => {
    const half = join(place.folder, 'attempts/.new-a1');
    await mkdir(join(half, 'code'), { recursive: true });
    await chmod(half, 0o500);
    expect(await engine.list(never)).toEqual([]);
    const { fact } = await runToEnd('a1', ['./hello.sh']);
    expect(fact).toMatchObject({ exitCode: 3 });
    expect(await readdir(join(place.folder, 'attempts'))).toEqual(['a1']);
  });

  it('ends a follow promptly when cancelled, and lets the program go on', async () => {
    const ref = await engine.create(requestFor('a1', ['./slow.sh']), never);
    const controller = new AbortController();
    const sink = new MemorySink();
    const followed = engine.follow(ref, sink, noHooks, controller.signal);
    await until(() => sink.stdout.length > 0);
    controller.abort();
    await expect(followed).rejects.toMatchObject({ code: 'E_CANCELLED' });
    expect(await engine.inspect(ref, never)).toMatchObject({ phase: 'running' });
  });
});
