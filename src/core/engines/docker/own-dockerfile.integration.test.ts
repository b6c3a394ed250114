import { afterAll, describe, expect, it } from 'vitest';
import { docker } from './testing/docker-cli.ts';
import { baseImage, never, Workbench } from './testing/workbench.ts';

const benches: Workbench[] = [];
const bench = (...args: ConstructorParameters<typeof Workbench>): Workbench => {
  const made = new Workbench(...args);
  benches.push(made);
  return made;
};

afterAll(async () => {
  for (const each of benches) await each.dispose();
});

const unique = (): string => `# ${Math.random()}\n`;
const FROM = `FROM ${baseImage}\n`;

describe.each(['buildkit', 'classic'] as const)('a Dockerfile of the job, by %s', (builder) => {
  it('is built from its context, and runs as the image says', async () => {
    const b = bench({ builder });
    const files = {
      'outside.txt': 'no',
      'jobs/hello/Dockerfile': `${FROM}ENV WORD=env\nWORKDIR /srv\nCOPY . .\nCMD ["sh", "-c", "id -u; pwd; ls; echo $WORD $HOME"]\n`,
      'jobs/hello/main.py': unique(),
    };
    const { environment } = await b.buildOwn(files, { context: 'jobs/hello' });
    expect(environment).toMatchObject({
      layout: 'image',
      reused: false,
      because: 'first build',
    });
    const { out, fact } = await b.run(environment, []);
    expect(out).toBe('0\n/srv\nDockerfile\nmain.py\nenv /root\n');
    expect(fact).toMatchObject({ exitCode: 0 });
    expect((await b.run(environment, ['python3', '-c', 'print(1 + 1)'])).out).toBe('2\n');
  });

  it('takes the place of ENTRYPOINT and CMD when a command is given', async () => {
    const b = bench({ builder });
    const text = `${FROM}ENTRYPOINT ["echo", "entry"]\nCMD ["cmd"]\n${unique()}`;
    const { environment } = await b.buildOwn({ Dockerfile: text });
    expect((await b.run(environment, [])).out).toBe('entry cmd\n');
    expect((await b.run(environment, ['echo', 'own'])).out).toBe('own\n');
  });

  it('is reused without an upload, and tells what changed', async () => {
    const b = bench({ builder });
    const Dockerfile = `${FROM}ARG WHO=nobody\nCOPY main.py /\nRUN echo "$WHO" > /who\n`;
    const files = { Dockerfile, 'main.py': unique() };
    const first = await b.buildOwn(files);
    const tars = b.snapshots.tars;
    const again = await b.buildOwn({ ...files });
    expect(again.environment).toMatchObject({ id: first.environment.id, because: 'unchanged' });
    expect(again.steps).toEqual([]);
    expect(b.snapshots.tars).toBe(tars);
    const because = async (...args: Parameters<Workbench['buildOwn']>): Promise<string> =>
      (await b.buildOwn(...args)).environment.because;
    expect(await because({ ...files, 'main.py': unique() })).toBe('the code changed');
    expect(await because(files)).toBe('unchanged');
    const options = { args: { WHO: 'me' } };
    expect(await because({ ...files, 'main.py': unique() }, options)).toMatch(/build options/);
    const other = { ...files, Dockerfile: `${Dockerfile}${unique()}` };
    expect(await because(other)).toMatch(/the Dockerfile/);
  });

  it('takes build arguments and a target stage', async () => {
    const b = bench({ builder });
    const Dockerfile = `ARG BASE=${baseImage}\nFROM $BASE AS first\nARG WHO=nobody\nRUN echo "hello $WHO" > /who\nFROM first AS second\nRUN echo second >> /who\n${unique()}`;
    const args = { WHO: 'you "and" $me' };
    const { environment } = await b.buildOwn({ Dockerfile }, { args, target: 'first' });
    expect((await b.run(environment, ['cat', '/who'])).out).toBe('hello you "and" $me\n');
  });

  it('leaves out what its rules of .dockerignore say, and still has the Dockerfile', async () => {
    const b = bench({ builder });
    const files = {
      'docker/Dockerfile': `${FROM}COPY . /srv/\nCMD ["find", "/srv", "-type", "f"]\n${unique()}`,
      '.dockerignore': 'docker\n*.log\n**/secret\n!keep.log\n',
      'a.py': '',
      'x.log': '',
      'keep.log': '',
      'sub/secret': '',
    };
    const plan = { dockerfile: 'docker/Dockerfile' };
    const { environment } = await b.buildOwn(files, plan);
    const { out } = await b.run(environment, []);
    expect(out).toContain('/srv/a.py');
    expect(out).toContain('/srv/keep.log');
    expect(out).not.toMatch(/x\.log|secret/);
    const own = { ...files, 'docker/Dockerfile.dockerignore': 'a.py\n' };
    const second = await b.run((await b.buildOwn(own, plan)).environment, []);
    expect(second.out).toContain('/srv/x.log');
    expect(second.out).not.toContain('/srv/a.py');
  });

  it('names the line that failed and the end of its output', async () => {
    const b = bench({ builder });
    const Dockerfile = `${FROM}\n# why\nRUN echo before \\\n  && echo last words ${Math.random()} && exit 7\n`;
    await expect(b.buildOwn({ Dockerfile })).rejects.toMatchObject({
      code: 'E_BUILD',
      message: expect.stringMatching(/at line 4 of the Dockerfile.*: exit code 7/),
      detail: expect.stringContaining('last words'),
    });
  });

  it.each([
    ['RUN x\n', /line 1 .*before the first FROM/],
    ['', /empty/],
    ['# only\n', /empty/],
    [`${FROM}RUNX y\n`, /line 2 .*"RUNX"/],
    [`${FROM}COPY ../../etc /x\n`, /line 2/],
    [`${FROM}COPY gone.txt /x\n`, /line 2|gone\.txt/],
    [`${FROM}RUN ["unclosed"\n`, /line 2/],
    [`${FROM}USER\n`, /line 2|USER/],
  ])('refuses %j and names the place', async (Dockerfile, words) => {
    const b = bench({ builder });
    const files = { Dockerfile, 'a.txt': unique() };
    await expect(b.buildOwn(files)).rejects.toMatchObject({
      code: 'E_BUILD',
      message: expect.stringMatching(words),
    });
  });

  it.each(['FROM scratch\nCOPY a.txt /\n', `${FROM}VOLUME /data\nUSER 0\nONBUILD RUN false\n`])(
    'builds %j',
    async (Dockerfile) => {
      const b = bench({ builder });
      const { environment } = await b.buildOwn({ Dockerfile, 'a.txt': unique() });
      expect(environment.id).toMatch(/^sha256:/);
    },
  );

  it('ends a build without end when it is cancelled', async () => {
    const b = bench({ builder });
    const cancel = new AbortController();
    const code = b.own({ Dockerfile: `${FROM}RUN yes ${Math.random()}\n` });
    const building = b.prepare(code, false, cancel.signal);
    setTimeout(() => cancel.abort(), 2000);
    await expect(building).rejects.toMatchObject({ code: 'E_CANCELLED' });
  });
});

describe('what this engine cannot build', () => {
  // The official hello-world of W&B, with a base image that is there.
  const hello = {
    'jobs/hello_world/Dockerfile.wandb': `# syntax=docker/dockerfile:1.4\n${FROM}WORKDIR /launch\nCOPY --link requirements.txt ./\nRUN --mount=type=cache,target=/root/.cache/pip pip3 install --break-system-packages -r requirements.txt\nCOPY --link job.py ./\nENTRYPOINT ["python3"]\nCMD ["job.py"]\n`,
    'jobs/hello_world/requirements.txt': '# nothing\n',
    'jobs/hello_world/job.py': 'print("hello world")\n',
  };
  const plan = { context: 'jobs/hello_world', dockerfile: 'Dockerfile.wandb' };

  it('is named before the build, and built as rewritten where that is allowed', async () => {
    const b = bench({ builder: 'buildkit' });
    const code = b.own({ ...hello, 'jobs/hello_world/x': unique() }, plan);
    const report = await b.engine.preflight(b.wanted(code), never);
    expect(report.findings.map(({ rule, line, blocks }) => [rule, line, blocks])).toEqual([
      ['syntax', 1, true],
      ['copy-link', 4, true],
      ['copy-link', 6, true],
    ]);
    expect(report.rewritten?.split('\n')).toHaveLength(9);
    await expect(b.prepare(code)).rejects.toMatchObject({
      code: 'E_PREFLIGHT',
      detail: expect.stringContaining('line 4'),
      next: expect.stringContaining('--rewrite auto'),
    });
    const { environment } = await b.prepare(code, true);
    expect((await b.run(environment, [])).out).toBe('hello world\n');
    expect((await b.run(environment, ['python3', 'job.py'])).out).toBe('hello world\n');
  });

  it('is rewritten for the classic builder too', async () => {
    const b = bench({ builder: 'classic' });
    const code = b.own({ ...hello, 'jobs/hello_world/x': unique() }, plan);
    const { environment } = await b.prepare(code, true);
    expect((await b.run(environment, [])).out).toBe('hello world\n');
  });

  it('names a base image that is nowhere, and one that the registry has', async () => {
    const b = bench();
    const registry = process.env['SLIPWAY_TEST_REGISTRY'];
    const there = `${registry}/python:3.11-slim-bookworm`;
    const missing = `${registry}/no-such-image:1`;
    const Dockerfile = `FROM ${missing} AS a\nFROM 127.0.0.1:1/x:1 AS b\nFROM ${there}\nCOPY --from=a / /\n`;
    const { findings, rewritten } = await b.engine.preflight(
      b.wanted(b.own({ Dockerfile })),
      never,
    );
    expect(findings.map(({ rule, line }) => [rule, line])).toEqual([
      ['base-image', 1],
      ['base-image', 2],
    ]);
    expect(findings[0]?.message).toContain('does not have it');
    expect(findings[1]?.message).toContain('cannot be reached');
    expect(rewritten).toBeNull();
  });
});

it('an image that was built needs its base no more, and nothing is said of it', async () => {
  const b = bench();
  const gone = `slipway-test/gone:${process.pid}`;
  await docker(['tag', baseImage, gone]);
  const code = b.own({ Dockerfile: `FROM ${gone}\n${unique()}` });
  const other = b.own({ Dockerfile: `FROM ${gone}\n${unique()}` });
  const { environment } = await b.prepare(code);
  await docker(['rmi', gone]);
  expect(await b.engine.preflight(b.wanted(code), never)).toMatchObject({ findings: [] });
  expect((await b.prepare(code)).environment).toEqual({
    ...environment,
    reused: true,
    because: 'unchanged',
  });
  const { findings } = await b.engine.preflight(b.wanted(other), never);
  expect(findings).toMatchObject([{ rule: 'base-image', blocks: true, line: 1 }]);
});

it('a missing base of the generated Dockerfile is told, and does not stop what is to say it', async () => {
  const b = bench({}, { baseImage: '127.0.0.1:1/nothing:1' });
  const code = { ...b.own({ x: unique() }), build: { ...b.own({}).build, dockerfile: null } };
  const { findings } = await b.engine.preflight(b.wanted(code), never);
  expect(findings).toMatchObject([{ rule: 'base-image', blocks: false, line: null }]);
});

describe('the image of an image job', () => {
  it('runs by its id, with its own command, and is missed when it is gone', async () => {
    const b = bench();
    const name = `slipway-test/image-job:${process.pid}`;
    const made = await b.buildOwn({ Dockerfile: `${FROM}CMD ["echo", "mine"]\n${unique()}` });
    await docker(['tag', made.environment.id, name]);
    const control = { signal: never };
    const source = await b.engine.resolveImage(name, 'missing', control);
    expect(source).toMatchObject({ local: true, digest: made.environment.id });
    const { environment } = await b.prepare({ kind: 'image', source });
    expect(environment).toMatchObject({ reused: true, layout: 'image', name });
    expect((await b.run(environment, [])).out).toBe('mine\n');
    await b.dispose();
    await docker(['rmi', '-f', name]).catch(() => '');
    await expect(b.prepare({ kind: 'image', source })).rejects.toMatchObject({
      code: 'E_IMAGE_NOT_FOUND',
    });
  });
});
