import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { CreateRequest } from '../engine.ts';
import { docker } from './testing/docker-cli.ts';
import { MemorySink } from './testing/memory-sink.ts';
import { baseImage, never, noHooks, Workbench } from './testing/workbench.ts';

const bench = new Workbench();
const { engine } = bench;

afterAll(() => bench.dispose());

const SECRET = 'hunter2-$(id)-"quoted"\n line two \\n\t\n\n';
const secrets = [
  { variable: 'TOKEN', value: SECRET },
  { variable: 'EMPTY', value: '' },
  { variable: 'UMLAUT_2', value: 'pässwörd' },
];
const masks = secrets.map(({ value }) => Buffer.from(value));

const own = async (dockerfile: string, from = baseImage) =>
  (await bench.buildOwn({ Dockerfile: `FROM ${from}\n${dockerfile}`, 'x.txt': 'x' })).environment;

const python = (code: string): string[] => ['python', '-c', code];

/** Prints what the program got so that no mask finds it. */
const SHOW = `
import os, json, sys
print(json.dumps([[n, os.environ[n].encode().hex()] for n in ('TOKEN', 'EMPTY', 'UMLAUT_2')]))
print(json.dumps(sys.argv[1:]), os.getpid() < 10, [n for n in os.environ if n.startswith('slipway')])
folder = '/run/slipway/secrets'
print(oct(os.stat(folder).st_mode), os.stat(folder).st_uid)
print([oct(os.stat(folder + '/TOKEN').st_mode), os.stat(folder + '/TOKEN').st_uid])
`;

const shown = (uid: number, argv: string[] = []): string[] => [
  JSON.stringify(
    secrets.map(({ variable, value }) => [variable, Buffer.from(value).toString('hex')]),
  ).replaceAll(',', ', '),
  `${JSON.stringify(argv).replaceAll(',', ', ')} True []`,
  `0o40500 ${uid}`,
  `['0o100400', ${uid}]`,
  '',
];

describe('secrets', () => {
  it.each([
    ['as a number', 'USER 1001', 1001],
    ['by its name', 'RUN useradd -u 1234 somebody\nUSER somebody', 1234],
    ['not at all', '', 0],
  ])(
    'reach a program whose image names its user %s, and nobody else',
    async (_, dockerfile, uid) => {
      const environment = await own(dockerfile);
      const argv = ['$HOME', 'a b', '', '--', '-x'];
      const { out, err } = await bench.run(environment, [...python(SHOW), ...argv], { secrets });
      expect(err).toBe('');
      expect(out.split('\n')).toEqual(shown(uid, argv));
    },
  );

  it('reach the program of a generated image, and the one an image starts by itself', async () => {
    const { environment } = await bench.build({ 'empty.txt': '' });
    expect((await bench.run(environment, python(SHOW), { secrets })).out.split('\n')).toEqual(
      shown(1000),
    );
    const entry = await own(
      `RUN printf '%s' '${Buffer.from(SHOW).toString('base64')}' | base64 -d >/show.py\nENTRYPOINT ["python", "/show.py"]\nCMD ["cmd"]`,
    );
    expect((await bench.run(entry, [], { secrets })).out.split('\n')).toEqual(shown(0, ['cmd']));
  });

  it('are in no place that the engine shows, and in the log as asterisks', async () => {
    const { environment } = await bench.build({ 'empty.txt': '' });
    const secret = 'hunter2-hunter2-hunter2';
    const code = `
import os, sys, time, base64, urllib.parse
t = os.environ['TOKEN']
for n in range(200):
    for stream in (sys.stdout, sys.stderr):
        stream.write(f'{n} '); stream.write(t[:n % 23]); stream.flush()
        stream.write(t[n % 23:] + '\\n'); stream.flush()
    time.sleep(0.01)
print(base64.b64encode(b'me:' + t.encode()).decode(), urllib.parse.quote('/' + t), 'x' * 20000 + t)
print(t[:-1], end='')
`;
    const request: CreateRequest = {
      ...bench.request(environment.id, '', python(code)),
      secrets: [{ variable: 'TOKEN', value: secret }],
    };
    const ref = await engine.create(request, never);
    const sink = new MemorySink([Buffer.from(secret)]);
    // Dropped and taken up again, as after a crash.
    for (let part = 1; part <= 3; part += 1) {
      const drop = new AbortController();
      const following = bench.again().follow(ref, sink, noHooks, drop.signal);
      following.catch(() => undefined);
      while (sink.position().stdout < part * 800) await sleep(10);
      if (part === 2) {
        const shows = await Promise.all(
          [
            ...[
              ['inspect', ref],
              ['top', ref, '-eo', 'pid,args'],
              ['history', '--no-trunc', environment.id],
            ],
          ].map((words) => docker(words)),
        );
        expect(shows.join('')).not.toContain(secret);
        expect(shows[1]).toContain('python');
      }
      drop.abort();
      await following.catch(() => undefined);
    }
    await bench.again().follow(ref, sink, noHooks, never);
    expect(await bench.again().seal(ref, sink, never)).toEqual({ whole: true });
    const stars = '*'.repeat(secret.length);
    const lines = Array.from({ length: 200 }, (_, n) => `${n} ${stars}\n`).join('');
    expect(sink.all(2).toString()).toBe(lines);
    const out = sink.all(1).toString();
    expect(out.startsWith(lines)).toBe(true);
    expect(out).toContain(`/${stars} ${'x'.repeat(20_000)}${stars}\n`);
    expect(out.slice(-24)).toBe(`*\n${secret.slice(0, -1)}`);
    expect(out).not.toContain(Buffer.from(secret).toString('base64').slice(4, 12));
    const part = new MemorySink([Buffer.from(secret)]);
    void part.append(1, sink.all(1).subarray(0, 500), 0);
    expect(await bench.again().seal(ref, part, never)).toEqual({ whole: true });
    expect(part.all(1).equals(sink.all(1))).toBe(true);
  });

  it('are masked in a log that is captured over one connection, and it is whole', async () => {
    const { environment } = await bench.build({ 'empty.txt': '' });
    const code = "import os; t = os.environ['TOKEN']; print(t); print('x' * 30000 + t, end='')";
    const request = { ...bench.request(environment.id, '', python(code)), secrets };
    const ref = await engine.create(request, never);
    const sink = new MemorySink(masks);
    await engine.follow(ref, sink, noHooks, never);
    const stars = '*'.repeat(Buffer.byteLength(SECRET));
    expect(sink.all(1).toString()).toBe(`${stars}\n${'x'.repeat(30_000)}${stars}`);
    expect(await engine.seal(ref, sink, never)).toEqual({ whole: true });
  });

  it('are put into a container that was found after a crash', async () => {
    const { environment } = await bench.build({ 'empty.txt': '' });
    const request = { ...bench.request(environment.id, '', python(SHOW)), secrets };
    const ref = await engine.create(request, never);
    expect(await bench.again().create(request, never)).toBe(ref);
    const sink = new MemorySink();
    await engine.follow(ref, sink, noHooks, never);
    expect(sink.all(1).toString().split('\n')).toEqual(shown(1000));
  });

  it('need a shell, and leave nothing behind when there is none', async () => {
    const environment = await own('COPY x.txt /x.txt\nCMD ["/x.txt"]', 'scratch');
    const request = {
      ...bench.request(environment.id, '', []),
      ...{ layout: environment.layout, secrets },
    };
    await expect(engine.create(request, never)).rejects.toMatchObject({ code: 'E_SECRET_SHELL' });
    const listed = await engine.list(never);
    expect(listed.filter((fact) => fact.attemptId === request.attemptId)).toEqual([]);
  });

  it.each(['A B', '../x', '', 'A=B', '1A', 'A\nB', '/etc/x'])(
    'are not called %j',
    async (variable) => {
      const { environment } = await bench.build({ 'empty.txt': '' });
      const request = {
        ...bench.request(environment.id, '', ['true']),
        secrets: [{ variable, value: 'value' }],
      };
      await expect(engine.create(request, never)).rejects.toMatchObject({ code: 'E_ENV_KEY' });
    },
  );

  it.each([
    [['no-such-program'], 'was not found'],
    [['/etc/passwd'], 'is not executable'],
  ])('change nothing about what is said of %j', async (argv, words) => {
    const { environment } = await bench.build({ 'empty.txt': '' });
    const request = { ...bench.request(environment.id, '', argv), secrets };
    const ref = await engine.create(request, never);
    await expect(engine.follow(ref, new MemorySink(), noHooks, never)).rejects.toMatchObject({
      code: 'E_START',
      message: expect.stringContaining(words) as string,
    });
  });
});
