import { chmod, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { processState, readProcess } from './process-identity.ts';
import { ProcessBench } from './test-bench.ts';
import { MemorySink, never, noHooks, requestFor, until } from './test-kit.ts';

const bench = new ProcessBench({
  'hello.sh': '#!/bin/sh\necho out; echo err >&2; exit 3\n',
  'slow.sh': '#!/bin/sh\necho ready\nexec sleep 60\n',
  'stubborn.sh': "#!/bin/sh\ntrap '' INT TERM\necho ready\nwhile :; do sleep 1; done\n",
  'polite.js':
    "process.on('SIGINT', () => { console.log('bye'); process.exit(0); });\nconsole.log('ready');\nsetInterval(() => {}, 1000);\n",
  'family.sh':
    '#!/bin/sh\nsleep 61 &\necho $!\nsetsid sleep 62 &\necho $!\nsetsid sh -c "sleep 63 & echo \\$!; exit"\nexit 0\n',
});

const alive = async (pid: number): Promise<boolean> => {
  const entry = await readProcess(pid);
  return entry !== null && (await processState(entry)) !== 'gone';
};

describe('stop', () => {
  it('interrupts a program, which may end in its own way', async () => {
    const { sink, ref, followed } = await bench.startAndWait('a1', [process.execPath, 'polite.js']);
    expect(await bench.engine.inspect(ref, never)).toMatchObject({
      phase: 'running',
      exitCode: null,
    });
    await bench.engine.stop(ref, 'interrupt', never);
    await followed;
    expect(sink.stdout.toString()).toBe('ready\nbye\n');
    expect(await bench.engine.inspect(ref, never)).toMatchObject({ exitCode: 0, signal: null });
  });

  it('interrupts one that does not listen, and its exit is recorded', async () => {
    const { ref, followed } = await bench.startAndWait('a1', ['./slow.sh']);
    await bench.engine.stop(ref, 'interrupt', never);
    await followed;
    expect(await bench.engine.inspect(ref, never)).toMatchObject({
      exitCode: 130,
      signal: 'SIGINT',
    });
  });

  it('kills one that ignores the interrupt', async () => {
    const { ref, followed } = await bench.startAndWait('a1', ['./stubborn.sh']);
    await bench.engine.stop(ref, 'interrupt', never);
    expect(await bench.engine.inspect(ref, never)).toMatchObject({ phase: 'running' });
    await bench.engine.stop(ref, 'kill', never);
    await followed;
    expect(await bench.engine.inspect(ref, never)).toMatchObject({
      phase: 'ended',
      exitCode: 137,
      signal: 'SIGKILL',
      engineDied: false,
    });
    await bench.engine.stop(ref, 'kill', never);
  });

  it('keeps the exit of a program that ended before the kill', async () => {
    const { ref } = await bench.runToEnd('a1', ['./hello.sh']);
    await bench.engine.stop(ref, 'kill', never);
    expect(await bench.engine.inspect(ref, never)).toMatchObject({ exitCode: 3, signal: null });
  });

  it('of what never started sees to it that it never starts', async () => {
    const ref = await bench.engine.create(requestFor('a1', ['./hello.sh']), never);
    await bench.engine.stop(ref, 'interrupt', never);
    const { sink, fact } = await bench.runToEnd('a1', ['./hello.sh']);
    expect(sink.position()).toEqual({ stdout: 0, stderr: 0 });
    expect(fact).toMatchObject({ phase: 'ended', startedAt: null, exitCode: null });
    expect(fact?.error).toContain('before it started');
  });

  it('shows a program paused from outside, and interrupts it all the same', async () => {
    const { ref, followed } = await bench.startAndWait('a1', [process.execPath, 'polite.js']);
    const claim = await readFile(join(bench.folder, 'attempts/a1/supervisor'), 'utf8');
    process.kill(-Number.parseInt(claim, 10), 'SIGSTOP');
    await until(async () => (await bench.engine.inspect(ref, never))?.phase === 'paused');
    await bench.engine.stop(ref, 'interrupt', never);
    await followed;
    expect(await bench.engine.inspect(ref, never)).toMatchObject({ phase: 'ended', exitCode: 0 });
  });

  it.runIf(process.platform === 'linux')(
    'leaves no child behind, not even one with a session of its own',
    async () => {
      const { sink, fact } = await bench.runToEnd('a1', ['./family.sh']);
      const pids = sink.stdout.toString().trim().split('\n').map(Number);
      expect(pids).toHaveLength(3);
      for (const pid of pids) expect(await alive(pid)).toBe(false);
      expect(fact).toMatchObject({ exitCode: 0 });
    },
  );
});

describe('damage', () => {
  it('tells that the engine died when the supervisor was killed, and ends the orphan', async () => {
    const { ref, followed } = await bench.startAndWait('a1', [
      'sh',
      '-c',
      'echo $$; exec sleep 60',
    ]);
    const claim = await readFile(join(bench.folder, 'attempts/a1/supervisor'), 'utf8');
    process.kill(Number.parseInt(claim, 10), 'SIGKILL');
    await followed;
    expect(await bench.engine.inspect(ref, never)).toMatchObject({
      phase: 'ended',
      exitCode: null,
      engineDied: true,
    });
    const sink = new MemorySink();
    await bench.engine.seal(ref, sink, never);
    expect(await alive(Number(sink.stdout.toString()))).toBe(false);
  });

  it.each(['stop', 'remove'] as const)('%s ends a program whose supervisor died', async (how) => {
    const sink = new MemorySink();
    const ref = await bench.engine.create(
      requestFor('a1', ['sh', '-c', 'echo $$; exec sleep 60']),
      never,
    );
    const controller = new AbortController();
    const followed = bench.engine
      .follow(ref, sink, noHooks, controller.signal)
      .catch(() => undefined);
    await until(() => sink.stdout.includes('\n'));
    controller.abort();
    await followed;
    const pid = Number(sink.stdout.toString());
    const claim = await readFile(join(bench.folder, 'attempts/a1/supervisor'), 'utf8');
    process.kill(Number.parseInt(claim, 10), 'SIGKILL');
    await until(async () => (await bench.engine.inspect(ref, never))?.phase === 'ended');
    expect(await alive(pid)).toBe(true);
    await (how === 'stop'
      ? bench.engine.stop(ref, 'kill', never)
      : bench.engine.remove(ref, never));
    expect(await alive(pid)).toBe(false);
  });

  it('does not take a stranger with the same pid for the supervisor', async () => {
    const ref = await bench.engine.create(requestFor('a1', ['./hello.sh']), never);
    const claim = join(bench.folder, 'attempts/a1/supervisor');
    await writeFile(claim, `${process.pid} some-other-boot 12345\n`);
    expect(await bench.engine.inspect(ref, never)).toMatchObject({
      phase: 'ended',
      engineDied: true,
    });
    await bench.engine.stop(ref, 'kill', never);
    expect(await bench.engine.seal(ref, new MemorySink(), never)).toEqual({ whole: true });
  });

  it('tells that a log is not whole when its file was cut or changed', async () => {
    const { sink, ref } = await bench.runToEnd('a1', ['./hello.sh']);
    const file = join(bench.folder, 'attempts/a1/stdout');
    await writeFile(file, 'o');
    expect(await bench.engine.seal(ref, sink, never)).toMatchObject({ whole: false });
    await writeFile(file, 'OUT\n');
    expect(await bench.engine.seal(ref, sink, never)).toMatchObject({ whole: false });
    await writeFile(file, 'out\n');
    expect(await bench.engine.seal(ref, sink, never)).toEqual({ whole: true });
  });

  it('removes what a program made unreadable', async () => {
    const { ref } = await bench.runToEnd('a1', [
      'sh',
      '-c',
      'mkdir -p a/b; : > a/b/c; chmod 000 a/b a',
    ]);
    await bench.engine.remove(ref, never);
    expect(await readdir(join(bench.folder, 'attempts'))).toEqual([]);
  });

  it('ignores, and in the end removes, a half-made folder', async () => {
    const half = join(bench.folder, 'attempts/.new-a1');
    await mkdir(join(half, 'code'), { recursive: true });
    await chmod(half, 0o500);
    expect(await bench.engine.list(never)).toEqual([]);
    const { fact } = await bench.runToEnd('a1', ['./hello.sh']);
    expect(fact).toMatchObject({ exitCode: 3 });
    expect(await readdir(join(bench.folder, 'attempts'))).toEqual(['a1']);
  });

  it('ends a follow promptly when cancelled, and lets the program go on', async () => {
    const ref = await bench.engine.create(requestFor('a1', ['./slow.sh']), never);
    const controller = new AbortController();
    const sink = new MemorySink();
    const followed = bench.engine.follow(ref, sink, noHooks, controller.signal);
    await until(() => sink.stdout.length > 0);
    controller.abort();
    await expect(followed).rejects.toMatchObject({ code: 'E_CANCELLED' });
    expect(await bench.engine.inspect(ref, never)).toMatchObject({ phase: 'running' });
  });
});
