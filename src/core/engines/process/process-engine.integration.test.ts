import { createHash } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProcessBench } from './test-bench.ts';
import { engineOn, MemorySink, never, noHooks, requestFor } from './test-kit.ts';

const bench = new ProcessBench({
  'hello.sh': '#!/bin/sh\necho out; echo err >&2; exit 3\n',
  'where.sh': '#!/bin/sh\npwd; env\n',
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
});

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

describe('the life of a process', () => {
  it('passes through its states and keeps both streams and the exit code', async () => {
    const sink = new MemorySink();
    const calls: string[] = [];
    const ref = await bench.engine.create(requestFor('a1', ['./hello.sh']), never);
    expect(await bench.engine.inspect(ref, never)).toMatchObject({
      phase: 'created',
      startedAt: null,
    });
    const hooks = {
      ...noHooks,
      beforeStart: () => void calls.push('before'),
      started: () => void calls.push('started'),
    };
    await bench.engine.follow(ref, sink, hooks, never);
    expect(calls).toEqual(['before', 'started']);
    const fact = await bench.engine.inspect(ref, never);
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
    expect(await bench.engine.seal(ref, sink, never)).toEqual({ whole: true });
    await bench.engine.remove(ref, never);
    await bench.engine.remove(ref, never);
    expect(await bench.engine.inspect(ref, never)).toBeNull();
    expect(await readdir(join(bench.folder, 'attempts'))).toEqual([]);
  });

  it('gives the program a clean environment, the code as its folder and no input', async () => {
    process.env['SLIPWAY_TEST_SECRET'] = 'canary';
    process.env['ELECTRON_TEST'] = 'canary';
    const { sink } = await bench.runToEnd('a1', ['./where.sh'], { env: { GIVEN: 'a "b"\n$c' } });
    delete process.env['SLIPWAY_TEST_SECRET'];
    delete process.env['ELECTRON_TEST'];
    const text = sink.stdout.toString();
    expect(text).not.toContain('canary');
    expect(text).toContain('GIVEN=a "b"\n$c\n');
    expect(text).toContain('PYTHONUNBUFFERED=1\n');
    expect(text.split('\n')[0]).toBe(join(bench.folder, 'attempts/a1/code'));
  });

  it('starts in the folder that is the code', async () => {
    const within = engineOn(bench.folder, { 'jobs/a/where.sh': '#!/bin/sh\npwd\n', 'b.txt': '' });
    const request = requestFor('c', ['./where.sh']);
    const code = { tree: 'tree', context: 'jobs/a' };
    const sink = new MemorySink();
    const ref = await within.create({ ...request, code }, never);
    await within.follow(ref, sink, noHooks, never);
    expect(sink.stdout.toString()).toBe(
      `${join(bench.folder, 'attempts', 'c', 'code', 'jobs/a')}\n`,
    );
  });

  it('passes arguments as they are, through no shell', async () => {
    const words = ['$(id)', '; rm -rf .', '`id`', 'a  b', '', '-n', 'ü\n', '*'];
    const script = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
    const { sink } = await bench.runToEnd('a1', [process.execPath, '-e', script, '--', ...words]);
    expect(JSON.parse(sink.stdout.toString())).toEqual(words);
  });

  it('keeps binary output on both streams byte for byte, at 5 MB and without a last line end', async () => {
    const { sink, ref } = await bench.runToEnd('a1', [process.execPath, 'noise.js']);
    expect(sink.stdout.equals(reference('a'))).toBe(true);
    expect(sink.stderr.equals(reference('b'))).toBe(true);
    expect(await bench.engine.seal(ref, sink, never)).toEqual({ whole: true });
  });

  it.each(['SEGV', 'KILL'])(
    'adds nothing to the output of a program that dies of SIG%s',
    async (name) => {
      const script = `process.stderr.write('last words'); process.kill(process.pid, 'SIG${name}'); setTimeout(() => {}, 5000)`;
      const { sink, fact } = await bench.runToEnd('a1', [process.execPath, '-e', script]);
      expect(fact).toMatchObject({ signal: `SIG${name}` });
      expect(sink.stderr.toString()).toBe('last words');
    },
  );

  it('tells a signal from an exit code', async () => {
    const { fact } = await bench.runToEnd('a1', ['sh', '-c', 'kill -SEGV $$']);
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
    const ref = await bench.engine.create(requestFor('a1', [process.execPath, 'noise.js']), never);
    await bench.engine.follow(ref, sink, noHooks, never);
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
    await expect(bench.engine.create(requestFor('a1', argv), never)).rejects.toMatchObject({
      code: 'E_START',
      message: expect.stringContaining(words) as string,
    });
    expect(await readdir(join(bench.folder, 'attempts'))).toEqual([]);
  });

  it('refuses a file that is not executable, and says what to do', async () => {
    const file = join(bench.folder, 'data.txt');
    await writeFile(file, 'text', { mode: 0o644 });
    await expect(bench.engine.create(requestFor('a1', [file]), never)).rejects.toMatchObject({
      code: 'E_START',
      message: expect.stringContaining('not executable') as string,
      next: expect.stringContaining('chmod +x') as string,
    });
  });

  it('ends with the shell’s 127 when the interpreter of a script is missing', async () => {
    const { fact, sink } = await bench.runToEnd('a1', ['./no-such-interpreter.sh']);
    expect(fact).toMatchObject({ phase: 'ended', exitCode: 127 });
    expect(sink.stderr.toString()).toContain('not found');
  });

  it('tells when the arguments are too long for the system, and does not start later', async () => {
    const ref = await bench.engine.create(requestFor('a1', ['echo', 'x'.repeat(3_000_000)]), never);
    const followed = bench.engine.follow(ref, new MemorySink(), noHooks, never);
    await expect(followed).rejects.toMatchObject({
      code: 'E_START',
      next: expect.stringContaining('file') as string,
    });
  });

  it('refuses ids that are paths', async () => {
    await expect(bench.engine.inspect('../x', never)).rejects.toMatchObject({
      code: 'E_NOT_FOUND',
    });
  });
});
