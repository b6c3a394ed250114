import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { docker } from './testing/docker-cli.ts';
import { MemorySink } from './testing/memory-sink.ts';
import { never, noHooks, Workbench } from './testing/workbench.ts';

const bench = new Workbench();
const { engine } = bench;

afterAll(() => bench.dispose());

const python = (code: string): string[] => ['python', '-c', code];

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (condition()) return;
    await sleep(20);
  }
  throw new Error('It did not happen within 12 s.');
}

/** 200,000 lines, the line lengths around the engine's 16 KiB parts, bytes that are no text, and an open end. */
const NOISY = `
import os, sys
def put(fd, data):
    while data:
        data = data[os.write(fd, data):]
for n in (16383, 16384, 16385, 32767, 32768, 32769, 70000):
    put(1, b'x' * n + b'\\n')
put(1, bytes(range(256)) * 40 + b'\\n\\n\\n')
for block in range(200):
    put(1, b''.join(b'out %d\\n' % (block * 1000 + i) for i in range(1000)))
    put(2, b'err %d\\n' % block)
put(1, b'unterminated')
put(2, bytes([255, 254, 0]))
`;

function noisyOut(): Buffer {
  const lengths = [16383, 16384, 16385, 32767, 32768, 32769, 70000];
  const every = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
  return Buffer.concat([
    ...lengths.map((n) => Buffer.from(`${'x'.repeat(n)}\n`)),
    ...Array.from({ length: 40 }, () => every),
    Buffer.from('\n\n\n'),
    Buffer.from(Array.from({ length: 200_000 }, (_, i) => `out ${i}\n`).join('')),
    Buffer.from('unterminated'),
  ]);
}

const noisyErr = (): Buffer =>
  Buffer.concat([
    Buffer.from(Array.from({ length: 200 }, (_, i) => `err ${i}\n`).join('')),
    Buffer.from([255, 254, 0]),
  ]);

describe('a container', () => {
  it('runs as told, and hands over every byte of both streams', async () => {
    const ref = await bench.create(python(NOISY));
    const sink = new MemorySink();
    const order: string[] = [];
    const hooks = {
      ...noHooks,
      beforeStart: () => order.push('before'),
      started: () => order.push('started'),
    };
    await engine.follow(ref, sink, hooks, never);
    expect(order).toEqual(['before', 'started']);
    expect(sink.all(1).equals(noisyOut())).toBe(true);
    expect(sink.all(2).equals(noisyErr())).toBe(true);
    expect(await engine.seal(ref, sink, never)).toEqual({ whole: true });
    expect(await engine.inspect(ref, never)).toMatchObject({
      phase: 'ended',
      exitCode: 0,
      engineDied: false,
    });
    expect(sink.position()).toEqual({ stdout: noisyOut().length, stderr: noisyErr().length });
  });

  it('is set up with the least rights, our log and no shell', async () => {
    const code =
      'import os,sys,json; print(json.dumps([os.getcwd(), os.getuid(), os.environ["HOME"], sys.argv[1:]]))';
    const ref = await bench.create([...python(code), '$HOME; "x"', "it's"]);
    const sink = new MemorySink();
    await engine.follow(ref, sink, noHooks, never);
    const printed = JSON.parse(sink.all(1).toString()) as unknown;
    expect(printed).toEqual(['/home/launch/code', 1000, '/home/launch', ['$HOME; "x"', "it's"]]);
    const host = JSON.parse(await docker(['inspect', '-f', '{{json .HostConfig}}', ref])) as Record<
      string,
      unknown
    >;
    expect(host).toMatchObject({
      CapDrop: ['ALL'],
      PidsLimit: 1024,
      Init: true,
      AutoRemove: false,
    });
    expect(host['LogConfig']).toMatchObject({ Type: 'local' });
    expect(host['RestartPolicy']).toMatchObject({ Name: expect.stringMatching(/^(no)?$/) });
    const labels = JSON.parse(
      await docker(['inspect', '-f', '{{json .Config.Labels}}', ref]),
    ) as object;
    const own = Object.keys(labels).filter((name) => /\.(app|instance|attempt)$/.test(name));
    expect(own.length).toBe(3);
  });

  it('is followed on after the stream was dropped, without a gap or a double', async () => {
    const code =
      'import sys,time\nfor i in range(300):\n  print("line",i); print("e",i,file=sys.stderr); time.sleep(0.01)\n';
    const ref = await bench.create(python(code));
    const sink = new MemorySink();
    for (let part = 1; part <= 3; part += 1) {
      const drop = new AbortController();
      const following = engine
        .follow(ref, sink, noHooks, drop.signal)
        .catch((error: unknown) => error);
      await until(() => sink.position().stdout > part * 500);
      drop.abort();
      expect(await following).toMatchObject({ code: 'E_CANCELLED' });
    }
    // As after a restart of the app: nothing but the stored bytes is known.
    const restarted = bench.again();
    await restarted.follow(ref, sink, noHooks, never);
    expect(sink.all(1).toString()).toBe(
      Array.from({ length: 300 }, (_, i) => `line ${i}\n`).join(''),
    );
    expect(sink.all(2).toString()).toBe(Array.from({ length: 300 }, (_, i) => `e ${i}\n`).join(''));
    expect(await restarted.seal(ref, sink, never)).toEqual({ whole: true });
  });

  it('keeps the ends of lines that are longer than an entry of the engine log', async () => {
    const code = `
import sys, time
for i in range(40):
  print(i, "x" * (16383 + i % 3 + 16384 * (i % 2))); print(i, "e" * 20000, file=sys.stderr); time.sleep(0.02)
`;
    const lines = Array.from({ length: 40 }, (_, i) => i);
    const out = lines
      .map((i) => `${i} ${'x'.repeat(16383 + (i % 3) + 16384 * (i % 2))}\n`)
      .join('');
    const err = lines.map((i) => `${i} ${'e'.repeat(20000)}\n`).join('');
    const ref = await bench.create(python(code));
    const sink = new MemorySink();
    const drop = new AbortController();
    const following = engine.follow(ref, sink, noHooks, drop.signal).catch(() => undefined);
    await until(() => sink.position().stdout > 100_000);
    drop.abort();
    await following;
    const restarted = bench.again();
    await restarted.follow(ref, sink, noHooks, never);
    expect(sink.all(1).toString() === out).toBe(true);
    expect(sink.all(2).toString() === err).toBe(true);
    expect(await restarted.seal(ref, sink, never)).toEqual({ whole: true });
  });

  it.each(['', '\\n'])('is whole when its long last line ends with "%s"', async (end) => {
    const ref = await bench.create(python(`print("x" * 40000, end="${end}")`));
    const sink = new MemorySink();
    await engine.follow(ref, sink, noHooks, never);
    expect(await engine.seal(ref, sink, never)).toEqual({ whole: true });
    expect(sink.position().stdout).toBe(end ? 40_001 : 40_000);
  });

  it('is never started twice', async () => {
    const ref = await bench.create(python('print("once")'));
    const sink = new MemorySink();
    await engine.follow(ref, sink, noHooks, never);
    const hooks = {
      ...noHooks,
      beforeStart: () => expect.fail('it was started again'),
      started: () => undefined,
    };
    await engine.follow(ref, sink, hooks, never);
    expect(sink.all(1).toString()).toBe('once\n');
  });

  it('is not started when its output says that it ran before, whatever the engine remembers', async () => {
    const ref = await bench.create(python('print("twice")'));
    const sink = new MemorySink();
    void sink.append(1, Buffer.from('once\n'), 0);
    const restarted = bench.again();
    const hooks = { ...noHooks, beforeStart: () => expect.fail('it was started') };
    await restarted.follow(ref, sink, hooks, never);
    expect(await restarted.inspect(ref, never)).toMatchObject({ phase: 'ended', engineDied: true });
    expect(await docker(['inspect', '-f', '{{.State.Status}}', ref])).toBe('created');
    expect(sink.all(1).toString()).toBe('once\n');
  });

  it('gets what is missing when it is sealed, and keeps what differs', async () => {
    const ref = await bench.create(python('print("a"); print("b"); print("c", end="")'));
    await engine.follow(ref, new MemorySink(), noHooks, never);
    const part = new MemorySink();
    void part.append(1, Buffer.from('a\nb'), 0);
    expect(await bench.again().seal(ref, part, never)).toEqual({ whole: true });
    expect(part.all(1).toString()).toBe('a\nb\nc');
    const wrong = new MemorySink();
    void wrong.append(1, Buffer.from('a\nX\n'), 0);
    expect(await bench.again().seal(ref, wrong, never)).toMatchObject({ whole: false });
    expect(wrong.all(1).toString()).toBe('a\nX\n');
    const more = new MemorySink();
    void more.append(1, Buffer.from('a\nb\ncd'), 0);
    expect(await bench.again().seal(ref, more, never)).toMatchObject({ whole: false });
  });

  it('waits while the log is not ready to take more', async () => {
    const ref = await bench.create(
      python('import sys\nfor i in range(400): sys.stdout.write("x"*65536)'),
    );
    const sink = new MemorySink();
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    sink.onAppend = () => gate;
    const following = engine.follow(ref, sink, noHooks, never);
    await until(() => sink.chunks.length > 0);
    await sleep(1500);
    expect(sink.chunks.length).toBe(1);
    expect(await engine.inspect(ref, never)).toMatchObject({ phase: 'running' });
    open();
    await following;
    expect(sink.position().stdout).toBe(400 * 65536);
    expect(await engine.seal(ref, sink, never)).toEqual({ whole: true });
  });

  it('obeys an interrupt, and a kill when it does not', async () => {
    const stubborn =
      'import signal,time; signal.signal(2, lambda *a: print("no")); print("up"); time.sleep(60); time.sleep(60)';
    const ref = await bench.create(python(stubborn));
    const sink = new MemorySink();
    const following = engine.follow(ref, sink, noHooks, never);
    await until(() => sink.all(1).toString().includes('up'));
    await engine.stop(ref, 'interrupt', never);
    await until(() => sink.all(1).toString().includes('no'));
    await engine.stop(ref, 'kill', never);
    await following;
    expect(await ended(ref)).toMatchObject({
      exitCode: 137,
      signal: 'SIGKILL',
      outOfMemory: false,
    });
    await engine.stop(ref, 'interrupt', never);
    await engine.remove(ref, never);
    await engine.stop(ref, 'kill', never);
    await engine.remove(ref, never);
    expect(await engine.inspect(ref, never)).toBeNull();
  });

  it.each([
    [['no-such-program'], 'was not found'],
    [['/etc/passwd'], 'is not executable'],
  ])('that cannot start %j says why', async (argv, words) => {
    const ref = await bench.create(argv);
    await expect(engine.follow(ref, new MemorySink(), noHooks, never)).rejects.toMatchObject({
      code: 'E_START',
      message: expect.stringContaining(words),
    });
  });

  it('says that its network is missing', async () => {
    const lost = new Workbench({}, { dockerNetwork: 'slipway-no-such-network' });
    const { environment, tree } = await bench.build({ 'empty.txt': '' });
    const running = async (): Promise<void> => {
      const request = lost.request(environment.id, tree, ['true']);
      const ref = await lost.engine.create(request, never);
      await lost.engine.follow(ref, new MemorySink(), noHooks, never);
    };
    await expect(running()).rejects.toMatchObject({ code: 'E_ENGINE_NETWORK' });
    await lost.dispose();
  });

  it('is adopted when it is created twice, and listed', async () => {
    const { environment, tree } = await bench.build({ 'empty.txt': '' });
    const request = bench.request(environment.id, tree, ['true']);
    const ref = await engine.create(request, never);
    expect(await engine.create(request, never)).toBe(ref);
    const listed = await engine.list(never);
    expect(listed.filter((fact) => fact.attemptId === request.attemptId)).toMatchObject([
      { ref, phase: 'created', startedAt: null },
    ]);
  });

  it.each(['../info', 'abc', '', 'a'.repeat(63), `${'a'.repeat(64)}/json`])(
    'is not asked for by %j',
    async (ref) => {
      await expect(engine.inspect(ref, never)).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
    },
  );
});

async function ended(ref: string): Promise<unknown> {
  for (let tries = 0; tries < 50; tries += 1) {
    const fact = await engine.inspect(ref, never);
    if (fact?.phase === 'ended') return fact;
    await sleep(50);
  }
  throw new Error('It did not end.');
}
