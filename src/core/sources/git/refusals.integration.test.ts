import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GitBench } from './testing/git-bench.ts';
import { GitHttpServer, type GitHttpOptions } from './testing/git-http-server.ts';

let bench: GitBench;
const servers: GitHttpServer[] = [];

beforeEach(() => {
  bench = new GitBench();
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  await bench.dispose();
});

async function serve(options: Partial<GitHttpOptions> = {}): Promise<GitHttpServer> {
  const server = await GitHttpServer.start({ root: bench.served, ...options });
  servers.push(server);
  return server;
}

const freeze = (address: string, ref?: string) =>
  bench.sources.freeze({ address, ref: ref ?? null }, bench.control);

const failure = (code: string, more: object = {}) => expect.objectContaining({ code, ...more });

function demo(): string {
  const repository = bench.repository('demo');
  repository.write('a.txt', 'a');
  return repository.commit();
}

describe('a repository that is not there, or has nothing', () => {
  it('G9 tells an unknown repository', async () => {
    const { url } = await serve();
    await expect(freeze(`${url}/nothing`)).rejects.toThrow(failure('E_GIT_NOT_FOUND'));
    await expect(freeze(join(bench.base, 'nothing'))).rejects.toThrow(failure('E_GIT_NOT_FOUND'));
    await expect(freeze(bench.base)).rejects.toThrow(failure('E_GIT_NOT_FOUND'));
  });

  it('G9 tells an empty repository', async () => {
    bench.repository('empty');
    const { url } = await serve();
    await expect(freeze(`${url}/empty`)).rejects.toThrow(failure('E_GIT_EMPTY'));
  });

  it.each(['<html>hello</html>', '<html>\n<p>hello</p>\n</html>\n', ''])(
    'tells a server that is none of git and says %j',
    async (page) => {
      const { url } = await serve({
        intercept: (_, response) => {
          response.writeHead(200, { 'content-type': 'text/html' }).end(page);
          return true;
        },
      });
      await expect(freeze(`${url}/demo`)).rejects.toThrow(failure('E_GIT_NOT_FOUND'));
    },
  );

  it('G9 tells a default branch that does not exist, and names those that do', async () => {
    const repository = bench.repository('odd');
    repository.commit();
    repository.git('branch', 'other');
    repository.git('symbolic-ref', 'HEAD', 'refs/heads/gone');
    const { url } = await serve();
    const next = expect.stringContaining('main, other') as string;
    await expect(freeze(`${url}/odd`)).rejects.toThrow(failure('E_GIT_REF_NOT_FOUND', { next }));
  });

  it('tells a server that nobody runs', async () => {
    const server = await serve();
    const { url } = server;
    servers.pop();
    await server.stop();
    await expect(freeze(`${url}/demo`)).rejects.toThrow(failure('E_GIT_NETWORK'));
  });
});

describe('what a server says', () => {
  it('G13 is shown without what would steer a terminal', async () => {
    const { url } = await serve({
      intercept: (_, response) => {
        response.writeHead(403, { 'content-type': 'text/plain' });
        response.end('\u001b]0;title\u0007\u001b[31mgo away\u001b[2J\r\n');
        return true;
      },
    });
    const error: unknown = await freeze(`${url}/demo`).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'E_GIT_AUTH' });
    expect((error as { detail: string }).detail).toContain('go away');
    // oxlint-disable-next-line no-control-regex
    expect((error as { detail: string }).detail).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
  });
});

describe('refs', () => {
  it('R3 names those that are near', async () => {
    const repository = bench.repository('demo');
    repository.commit();
    for (const name of ['feature/one', 'feature/two', 'release']) repository.git('branch', name);
    const { url } = await serve();
    const next = expect.stringContaining('feature/one') as string;
    const error = failure('E_GIT_REF_NOT_FOUND', { next });
    await expect(freeze(`${url}/demo`, 'feature/onn')).rejects.toThrow(error);
    const none = failure('E_GIT_REF_NOT_FOUND');
    await expect(freeze(`${url}/demo`, 'f'.repeat(40))).rejects.toThrow(none);
    await expect(freeze(`${url}/demo`, 'abcdef1')).rejects.toThrow(none);
  });

  it('R3 takes the branch before the tag and says so', async () => {
    const repository = bench.repository('demo');
    const tagged = repository.commit('one');
    repository.git('tag', '-a', 'both', '-m', 'a tag');
    const tip = repository.commit('two');
    repository.git('branch', 'both');
    const { url } = await serve();
    const branch = await bench.sources.resolve(
      { address: `${url}/demo`, ref: 'both' },
      bench.control,
    );
    expect(branch).toMatchObject({ commit: tip });
    expect(branch.notes.join()).toContain('the branch is taken');
    const tag = { address: `${url}/demo`, ref: 'refs/tags/both' };
    expect(await bench.sources.resolve(tag, bench.control)).toMatchObject({ commit: tagged });
  });

  it('R3 completes short commits from the history, and asks when there are several', async () => {
    const repository = bench.repository('demo');
    const stream = Array.from({ length: 2000 }, (_, n) => {
      return `commit refs/heads/main\ncommitter T <t@e> ${1e9 + n} +0000\ndata 1\nc\nM 644 inline a\ndata 1\na\n`;
    });
    repository.gitWith(stream.join(''), 'fast-import', '--quiet');
    const commits = repository.git('rev-list', 'main').split('\n');
    const old = commits.at(-1) ?? '';
    const { url } = await serve();
    const { source } = await freeze(`${url}/demo`, old.slice(0, 11));
    expect(source).toMatchObject({ commit: old, ref: old.slice(0, 11) });
    const seen = new Set<string>();
    const twin = commits.find((one) => seen.has(one.slice(0, 4)) || !seen.add(one.slice(0, 4)));
    const ambiguous = failure('E_GIT_REF_AMBIGUOUS');
    await expect(freeze(`${url}/demo`, twin?.slice(0, 4))).rejects.toThrow(ambiguous);
  });

  it('R4 takes a branch called by 40 digits only when there is no such commit', async () => {
    const repository = bench.repository('demo');
    repository.write('a', 'a');
    const first = repository.commit();
    const second = repository.commit();
    const odd = 'a'.repeat(40);
    repository.git('update-ref', `refs/heads/${first}`, second);
    repository.git('update-ref', `refs/heads/${odd}`, second);
    const { url } = await serve();
    expect((await freeze(`${url}/demo`, first)).source.commit).toBe(first);
    const branch = await freeze(`${url}/demo`, odd);
    expect(branch.source.commit).toBe(second);
    expect(branch.notes.join()).toContain('the branch or tag of that name is taken');
  });

  it('reads a pasted address with the longest ref that exists', async () => {
    const repository = bench.repository('acme/demo.git');
    repository.write('jobs/x/train.py', 'x');
    const commit = repository.commit();
    repository.git('branch', 'feature/jobs');
    const { url } = await serve();
    const tree = await freeze(`${url}/acme/demo/tree/feature/jobs/jobs/x`);
    expect(tree.source).toMatchObject({
      remote: `${url}/acme/demo.git`,
      ref: 'feature/jobs',
      commit,
    });
    expect(tree.context).toBe('jobs/x');
    const blob = await freeze(`${url}/acme/demo/blob/${commit}/jobs/x/train.py`);
    expect(blob).toMatchObject({ context: 'jobs/x', file: 'jobs/x/train.py' });
    await expect(freeze(`${url}/acme/demo/tree/nothing/here`)).rejects.toThrow(
      failure('E_GIT_REF_NOT_FOUND'),
    );
  });
});

describe('cancelling', () => {
  it('ends git and everything it started, and leaves no half mirror behind', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const stop = new AbortController();
    const connected = new Promise((resolve) => silent.once('connection', resolve));
    const address = `http://127.0.0.1:${port}/demo`;
    const freezing = bench.sources.freeze({ address }, { signal: stop.signal });
    freezing.catch(() => undefined);
    await connected;
    expect(processesNaming(address).length).toBeGreaterThan(0);
    stop.abort();
    await expect(freezing).rejects.toThrow(failure('E_CANCELLED'));
    await expect.poll(() => processesNaming(address), { timeout: 5000 }).toEqual([]);
    silent.close();
  });

  it('is heard before anything is started', async () => {
    const control = { signal: AbortSignal.abort() };
    const cancelled = failure('E_CANCELLED');
    await expect(bench.sources.freeze({ address: bench.served }, control)).rejects.toThrow(
      cancelled,
    );
  });
});

describe('an app that is killed', () => {
  it('leaves no git behind', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/demo`;
    const connected = new Promise((resolve) => silent.once('connection', resolve));
    const module = new URL('./testing/git-bench.ts', import.meta.url).href;
    const code = `const { GitBench } = await import(${JSON.stringify(module)});
      const bench = new GitBench();
      await bench.sources.freeze({ address: process.argv[1] }, bench.control);`;
    const app = spawn(process.execPath, ['--input-type=module', '-e', code, address], {
      env: { ...process.env, TMPDIR: bench.base },
    });
    await connected;
    app.kill('SIGKILL');
    await expect.poll(() => processesNaming(address), { timeout: 5000 }).toEqual([]);
    silent.close();
  });
});

describe('git itself', () => {
  it('tells when it is not installed', async () => {
    demo();
    const path = process.env['PATH'];
    process.env['PATH'] = join(bench.base, 'no-programs');
    try {
      const missing = failure('E_GIT_MISSING');
      await expect(freeze(join(bench.served, 'demo'))).rejects.toThrow(missing);
      await expect(bench.sources.version(bench.control)).rejects.toThrow(missing);
    } finally {
      process.env['PATH'] = path;
    }
    expect(await bench.sources.version(bench.control)).toMatch(/^2\./);
  });
});

/** The command lines of processes that hold a text (Linux). */
function processesNaming(text: string): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(commandOf).filter((command) => command.includes(text));
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
