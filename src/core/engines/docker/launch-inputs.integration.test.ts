import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_RUN_SETTINGS } from '../../../shared/domain/launch-spec.ts';
import type { CreateRequest } from '../engine.ts';
import { docker } from './testing/docker-cli.ts';
import { MemorySink } from './testing/memory-sink.ts';
import { baseImage, never, noHooks, Workbench } from './testing/workbench.ts';

const bench = new Workbench();
const { engine } = bench;
let place: string;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'launch-inputs-'));
});

afterAll(async () => {
  await bench.dispose();
  await rm(place, { recursive: true, force: true });
});

const own = async (dockerfile: string) =>
  (await bench.buildOwn({ Dockerfile: `FROM ${baseImage}\n${dockerfile}`, 'a.txt': 'a' }))
    .environment;

const file = (path: string, text: string): CreateRequest['files'][number] => ({
  path,
  bytes: Buffer.from(text),
});

describe('files of a run', () => {
  const SHOW = `
import os, sys
for path in sys.argv[1:]:
    facts = os.lstat(path)
    print(path, open(path).read(), facts.st_uid, oct(facts.st_mode))
`;

  it('lie over the code, with the folders they need, and can be changed by the program', async () => {
    const { environment } = await bench.build({ 'conf/a.yaml': 'old', 'train.py': '' });
    const files = [
      file('conf/a.yaml', 'new'),
      file('more/of/b.json', '{}'),
      file('more/c.json', ''),
    ];
    const code = `${SHOW}\nopen('more/of/b.json', 'a').write('x'); open('more/new', 'w')`;
    const argv = ['python', '-c', code, 'conf/a.yaml', 'more/of/b.json', 'more/c.json'];
    const { out, err } = await bench.run(environment, argv, { files });
    expect(err).toBe('');
    expect(out.split('\n')).toEqual([
      'conf/a.yaml new 1000 0o100755',
      'more/of/b.json {} 1000 0o100644',
      'more/c.json  1000 0o100644',
      '',
    ]);
  });

  it('are written in place of a link, never through it', async () => {
    const dockerfile =
      'WORKDIR /code\nRUN echo safe >/etc/precious && ln -s /etc/precious conf.yaml';
    const environment = await own(dockerfile);
    const argv = ['python', '-c', SHOW, 'conf.yaml', '/etc/precious'];
    const { out } = await bench.run(environment, argv, { files: [file('conf.yaml', 'new')] });
    expect(out).toContain('conf.yaml new 0 0o100644');
    expect(out).toContain('/etc/precious safe');
  });

  it.each([
    ['conf/a.yaml', 'is a link'],
    ['plain/a.yaml', 'is no folder'],
    ['folder', 'there is a folder'],
    ['../a', 'no path'],
    ['/etc/passwd', 'no path'],
    ['a//b', 'no path'],
    ['', 'no path'],
    ['mounted/a', 'is mounted'],
  ])('that would land at %j are refused, and nothing is left', async (path, words) => {
    const environment = await own(
      'WORKDIR /code\nRUN mkdir /elsewhere folder && ln -s /elsewhere conf && echo >plain',
    );
    const request = {
      ...bench.request(environment.id, '', ['true']),
      layout: environment.layout,
      files: [file(path, 'x')],
      run: {
        ...DEFAULT_RUN_SETTINGS,
        mounts: [{ source: place, target: '/code/mounted/', readOnly: false }],
      },
    };
    await expect(engine.create(request, never)).rejects.toMatchObject({
      code: 'E_OVERRIDE_FILE',
      message: expect.stringContaining(words) as string,
    });
    const listed = await engine.list(never);
    expect(listed.filter((fact) => fact.attemptId === request.attemptId)).toEqual([]);
  });

  it('are not put where another one is a file', async () => {
    const { environment } = await bench.build({ 'empty.txt': '' });
    const files = [file('new', 'x'), file('new/a', 'x')];
    const request = { ...bench.request(environment.id, '', ['true']), files };
    await expect(engine.create(request, never)).rejects.toMatchObject({ code: 'E_OVERRIDE_FILE' });
  });

  it.each(['/linked', '/linked/within', '/deep/run'])(
    'and secrets cannot get to a folder of this machine through the link %s',
    async (target) => {
      const environment = await own(
        'RUN ln -s /run /linked && mkdir /deep && ln -s /run /deep/run',
      );
      const request = {
        ...bench.request(environment.id, '', ['true']),
        ...{ layout: environment.layout, secrets: [{ variable: 'TOKEN', value: 'hunter2' }] },
        run: { ...DEFAULT_RUN_SETTINGS, mounts: [{ source: place, target, readOnly: false }] },
      };
      await expect(engine.create(request, never)).rejects.toMatchObject({
        code: 'E_MOUNT',
        message: expect.stringContaining('is a link in the image') as string,
      });
      expect(await readdir(place)).not.toContain('slipway');
    },
  );

  it('are there when the container was made before a crash', async () => {
    const { environment, tree } = await bench.build({ 'conf.yaml': 'old' });
    const request = bench.request(environment.id, tree, ['cat', 'conf.yaml']);
    const ref = await engine.create(request, never);
    const whole = { ...request, files: [file('conf.yaml', 'new')] };
    expect(await bench.again().create(whole, never)).toBe(ref);
    expect(await bench.again().create(whole, never)).toBe(ref);
    const sink = new MemorySink();
    await engine.follow(ref, sink, noHooks, never);
    expect(sink.all(1).toString()).toBe('new');
    expect(await bench.again().create(whole, never)).toBe(ref);
  });
});

describe('live metrics', () => {
  const CODE = `
import os, sys
print(os.environ['PYTHONPATH'])
print('/run/slipway/live/python' in sys.path, sys.meta_path[0].__class__.__module__)
open(os.environ['SLIPWAY_LIVE'] + '/a.jsonl', 'w').write('{}')
`;

  it('have their module loaded and their folder writable, beside the path of the image', async () => {
    const live = join(place, 'live');
    await mkdir(live, { recursive: true });
    await chmod(live, 0o777);
    const environment = await own('ENV PYTHONPATH=/opt/lib\nUSER 1000');
    const { out, err } = await bench.run(environment, ['python', '-c', CODE], { live });
    expect(err).toBe('');
    expect(out.split('\n')).toEqual([
      '/run/slipway/live/python:/opt/lib',
      'True sitecustomize',
      '',
    ]);
    expect(await readFile(join(live, 'a.jsonl'), 'utf8')).toBe('{}');
  });

  it('are done without when the engine does not find their folder', async () => {
    const { environment } = await bench.build({ 'empty.txt': '' });
    const live = join(place, 'not-there');
    const code = "import os; print(os.environ.get('SLIPWAY_LIVE'))";
    const { out, ref } = await bench.run(environment, ['python', '-c', code], { live });
    expect(out).toBe('None\n');
    expect(await docker(['inspect', '-f', '{{json .Mounts}}', ref])).toBe('[]');
  });
});
