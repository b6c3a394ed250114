import { lstat, mkdir, readFile, readdir, readlink, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CreateRequest } from '../engine.ts';
import { writeOverrides } from './override-files.ts';
import { ProcessBench } from './test-bench.ts';
import { engineOn, MemorySink, never, noHooks, requestFor, until } from './test-kit.ts';

const bench = new ProcessBench({ 'conf/a.yaml': 'old', 'tool.sh': '#!/bin/sh\necho tool "$@"\n' });

const node = (script: string, ...words: string[]): string[] => [
  ...[process.execPath, '-e', script, '--', ...words],
];

const file = (path: string, text: string): CreateRequest['files'][number] => ({
  path,
  bytes: Buffer.from(text),
});

/** Every file below a folder, by its path. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('files of a run', () => {
  it('lie over the code, with the folders they need and the mode of what they replace', async () => {
    const files = [
      file('conf/a.yaml', 'new'),
      file('more/of/b.json', '{}'),
      file('./tool.sh', '#!/bin/sh\necho mine\n'),
    ];
    const script =
      "for (const f of ['conf/a.yaml', 'more/of/b.json']) console.log(require('fs').readFileSync(f, 'utf8'))";
    const { sink } = await bench.runToEnd('a1', node(script), { files });
    expect(sink.stdout.toString()).toBe('new\n{}\n');
    const own = await bench.runToEnd('a2', ['./tool.sh'], { files });
    expect(own.sink.stdout.toString()).toBe('mine\n');
  });

  it('are from the folder that is the code', async () => {
    const engine = engineOn(bench.folder, { 'jobs/a/x.txt': 'old' });
    const sink = new MemorySink();
    const request = {
      ...requestFor('c', ['cat', 'x.txt']),
      ...{ code: { tree: 'tree', context: 'jobs/a' }, files: [file('x.txt', 'new')] },
    };
    await engine.follow(await engine.create(request, never), sink, noHooks, never);
    expect(sink.stdout.toString()).toBe('new');
  });

  it.each([
    ['../a', 'no path'],
    ['/etc/passwd', 'no path'],
    ['a/../../b', 'no path'],
    ['', 'no path'],
    ['conf', 'there is a folder'],
    ['tool.sh/x', 'is no folder'],
  ])('at %j are refused, and nothing is left', async (path, words) => {
    const request = { ...requestFor('a1', ['true']), files: [file(path, 'x')] };
    await expect(bench.engine.create(request, never)).rejects.toMatchObject({
      code: 'E_OVERRIDE_FILE',
      message: expect.stringContaining(words) as string,
    });
    expect(await readdir(join(bench.folder, 'attempts'))).toEqual([]);
  });

  it('replace a link, and are never written through one', async () => {
    const [code, outside] = [join(bench.folder, 'code'), join(bench.folder, 'outside')];
    await mkdir(code);
    await mkdir(outside);
    await symlink(outside, join(code, 'linked'));
    await symlink(join(outside, 'made'), join(code, 'conf.yaml'));
    await writeOverrides(code, [file('conf.yaml', 'new')]);
    expect((await lstat(join(code, 'conf.yaml'))).isFile()).toBe(true);
    await expect(writeOverrides(code, [file('linked/a', 'x')])).rejects.toMatchObject({
      code: 'E_OVERRIDE_FILE',
      message: expect.stringContaining('is a link') as string,
    });
    expect(await readdir(outside)).toEqual([]);
    expect(await readlink(join(code, 'linked'))).toBe(outside);
  });
});

describe('secrets', () => {
  const SECRET = 'hunter2-$(id)-"quoted"\n line two \\n\t\n\n';
  const secrets = [
    { variable: 'TOKEN', value: SECRET },
    { variable: 'EMPTY', value: '' },
    { variable: 'UMLAUT_2', value: 'pässwörd' },
  ];

  it('reach the program as they are, with its words', async () => {
    const words = ['$HOME', 'a b', '', '-x', 'ü\n'];
    const script =
      'const e = process.env; console.log(JSON.stringify([e.TOKEN, e.EMPTY, e.UMLAUT_2, process.argv.slice(1), Object.keys(e).filter((n) => /slipway_/.test(n))]))';
    const { sink, fact } = await bench.runToEnd('a1', node(script, ...words), { secrets });
    expect(sink.stderr.toString()).toBe('');
    expect(JSON.parse(sink.stdout.toString())).toEqual([SECRET, '', 'pässwörd', words, []]);
    expect(fact).toMatchObject({ exitCode: 0 });
  });

  it('are in one file that its owner alone may read, and in no arguments', async () => {
    const secret = 'hunter2-hunter2-hunter2';
    const given = { secrets: [{ variable: 'TOKEN', value: secret }] };
    const script = "console.log('up'); setInterval(() => {}, 1000)";
    const { ref, followed } = await bench.startAndWait('a1', node(script), given);
    const attempt = join(bench.folder, 'attempts', 'a1');
    const holding: string[] = [];
    for (const path of await filesBelow(bench.folder)) {
      if ((await readFile(path)).includes(secret)) holding.push(path);
    }
    expect(holding).toEqual([join(attempt, 'secrets', 'TOKEN')]);
    expect((await stat(join(attempt, 'secrets'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(attempt, 'secrets', 'TOKEN'))).mode & 0o777).toBe(0o600);
    if (process.platform === 'linux') {
      const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
      const lines = await Promise.all(
        pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '')),
      );
      expect(lines.some((line) => line.includes('setInterval'))).toBe(true);
      expect(lines.filter((line) => line.includes(secret))).toEqual([]);
    }
    await bench.engine.stop(ref, 'interrupt', never);
    await followed;
    expect(await bench.engine.inspect(ref, never)).toMatchObject({ signal: 'SIGINT' });
    await bench.engine.remove(ref, never);
    expect(await filesBelow(bench.folder)).toEqual([]);
  });

  it('are masked, whatever the pieces and however often the log is taken up again', async () => {
    const secret = 'hunter2-hunter2-hunter2';
    const script = `
      const t = process.env.TOKEN;
      const put = (fd, text) => require('fs').writeSync(fd, text);
      let n = 0;
      const next = () => {
        if (n === 100) { put(1, 'x'.repeat(300000) + t + '\\n' + t.slice(0, -1)); return; }
        for (const fd of [1, 2]) { put(fd, n + ' ' + t.slice(0, n % 23)); put(fd, t.slice(n % 23) + '\\n'); }
        n += 1;
        setTimeout(next, 5);
      };
      next();`;
    const request = {
      ...requestFor('a1', node(script)),
      secrets: [{ variable: 'TOKEN', value: secret }],
    };
    const ref = await bench.engine.create(request, never);
    const sink = new MemorySink([Buffer.from(secret)]);
    for (const least of [1, 500, 1000, 1500]) {
      const drop = new AbortController();
      const following = bench.engine.follow(ref, sink, noHooks, drop.signal);
      following.catch(() => undefined);
      await until(() => sink.stdout.length > least);
      drop.abort();
      await following.catch(() => undefined);
    }
    await engineOn(bench.folder).follow(ref, sink, noHooks, never);
    const stars = '*'.repeat(secret.length);
    const lines = Array.from({ length: 100 }, (_, n) => `${n} ${stars}\n`).join('');
    expect(sink.stderr.toString()).toBe(lines);
    const whole = `${lines}${'x'.repeat(300_000)}${stars}\n${secret.slice(0, -1)}`;
    expect(sink.stdout.toString() === whole).toBe(true);
    expect(await bench.engine.seal(ref, sink, never)).toEqual({ whole: true });
    // A log that was cut within a secret, as a full disk may do.
    const part = new MemorySink([Buffer.from(secret)]);
    void part.append(1, sink.stdout.subarray(0, 10));
    expect(await bench.engine.seal(ref, part, never)).toEqual({ whole: true });
    expect(part.stdout.equals(sink.stdout)).toBe(true);
    const other = new MemorySink([Buffer.from(secret)]);
    void other.append(1, Buffer.concat([sink.stdout.subarray(0, -3), Buffer.from('abc')]));
    expect(await bench.engine.seal(ref, other, never)).toMatchObject({ whole: false });
  });

  it.each<[string, string, string]>([
    ...['A B', '../x', '', 'A=B', '1A'].map((name): [string, string, string] => [
      name,
      'value',
      'E_ENV_KEY',
    ]),
    ['A', 'with\0nul', 'E_ENV_VALUE'],
    ['A', 'x'.repeat(2 ** 17), 'E_ENV_VALUE'],
  ])('are not called %j with such a value', async (variable, value, code) => {
    const request = { ...requestFor('a1', ['true']), secrets: [{ variable, value }] };
    await expect(bench.engine.create(request, never)).rejects.toMatchObject({ code });
    expect(await readdir(join(bench.folder, 'attempts'))).toEqual([]);
  });

  it('may be as long as a variable can be', async () => {
    const value = 'ab\n'.repeat(43_000);
    const script = 'console.log(process.env.LONG.length)';
    const given = { secrets: [{ variable: 'LONG', value }] };
    const { sink } = await bench.runToEnd('a1', node(script), given);
    expect(sink.stdout.toString()).toBe(`${value.length}\n`);
  });
});

it('live metrics have their module and folder, before the path that the run names', async () => {
  const live = join(bench.folder, 'live');
  await mkdir(live);
  const script =
    "console.log(process.env.PYTHONPATH); require('fs').writeFileSync(process.env.SLIPWAY_LIVE + '/a', 'x')";
  const { sink } = await bench.runToEnd('a1', node(script), { live, env: { PYTHONPATH: '/mine' } });
  const module = join(bench.folder, 'attempts/a1/python');
  expect(sink.stdout.toString()).toBe(`${module}:/mine\n`);
  expect(await readdir(module)).toContain('sitecustomize.py');
  expect(await readFile(join(live, 'a'), 'utf8')).toBe('x');
});
