import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GitBench } from './testing/git-bench.ts';
import { GitHttpServer, type GitHttpOptions } from './testing/git-http-server.ts';

let bench: GitBench;
const servers: GitHttpServer[] = [];
const LOGIN = { username: 'me', password: 'right-TOKEN' };

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

describe('logins', () => {
  it('G10 fails at once with the words of git when there is none, or a wrong one', async () => {
    demo();
    const { url } = await serve({ login: LOGIN });
    const detail = expect.stringMatching(/^fatal: could not read Username/) as string;
    const command = `slipway secret set git ${new URL(url).host} `;
    const next = expect.stringContaining(command) as string;
    await expect(freeze(`${url}/demo`)).rejects.toThrow(failure('E_GIT_AUTH', { detail, next }));
    bench.credentials.logins.set(new URL(url).host, { username: 'me', password: 'wrong' });
    await expect(freeze(`${url}/demo`)).rejects.toThrow(failure('E_GIT_AUTH'));
  });

  it('uses the one from the store', async () => {
    const commit = demo();
    const { url } = await serve({ login: LOGIN });
    bench.credentials.logins.set(new URL(url).host, LOGIN);
    expect((await freeze(`${url}/demo`)).source.commit).toBe(commit);
  });

  it('G5 takes one from the address once, keeps it apart, and writes it nowhere', async () => {
    demo();
    const { url } = await serve({ login: LOGIN });
    const address = url.replace('://', `://${LOGIN.username}:${LOGIN.password}@`);
    const frozen = await freeze(`${address}/demo`);
    expect(bench.credentials.logins.get(new URL(url).host)).toEqual(LOGIN);
    expect(frozen.source.remote).toBe(`${url}/demo`);
    expect(frozen.notes.join(' ')).toContain('stored without it');
    expect(JSON.stringify(frozen)).not.toContain(LOGIN.password);
    const grep = ['-rlaF', LOGIN.password, bench.data];
    expect(() => execFileSync('grep', grep, { stdio: 'pipe' })).toThrow(
      expect.objectContaining({ status: 1 }),
    );
  });

  it('G5 keeps none from the address that is not let in, also when no ref has to be found', async () => {
    const commit = demo();
    const { url } = await serve({ login: LOGIN });
    const address = `${url.replace('://', '://me:wrong@')}/demo`;
    await expect(freeze(address, commit)).rejects.toThrow(failure('E_GIT_AUTH'));
    expect(bench.credentials.logins.size).toBe(0);
  });

  it('G13 does not carry it to another server', async () => {
    demo();
    const target = await serve();
    const { url } = await serve({ redirectTo: target.url });
    expect((await freeze(`${url}/demo`)).source.files).toBe(1);
    target.requests.length = 0;
    bench.credentials.logins.set(new URL(url).host, LOGIN);
    await expect(freeze(`${url}/demo`, 'main')).rejects.toThrow(failure('E_GIT_REDIRECT'));
    expect(target.requests).toEqual([]);
  });

  it('goes on without the one that cannot be read, and tells so', async () => {
    const commit = demo();
    const open = await serve();
    const closed = await serve({ login: LOGIN });
    bench.credentials.broken = true;
    const { source, notes } = await freeze(`${open.url}/demo`);
    expect(source.commit).toBe(commit);
    const { host } = new URL(open.url);
    expect(notes.join()).toContain(`The login kept for ${host} cannot be read: The secret store`);
    const message = expect.stringContaining('cannot be read') as string;
    await expect(freeze(`${closed.url}/demo`)).rejects.toThrow(failure('E_GIT_AUTH', { message }));
  });

  it('works over https with a certificate that the environment names', async () => {
    const commit = demo();
    const { url, certificate } = await serve({ secure: true, login: LOGIN });
    bench.credentials.logins.set(new URL(url).host, LOGIN);
    await expect(freeze(`${url}/demo`)).rejects.toThrow(failure('E_GIT_NETWORK'));
    process.env['GIT_SSL_CAINFO'] = certificate;
    try {
      expect((await freeze(`${url}/demo`)).source.commit).toBe(commit);
    } finally {
      delete process.env['GIT_SSL_CAINFO'];
    }
  });
});

describe('git-askpass.sh', () => {
  const script = fileURLToPath(new URL('../../../../resources/git-askpass.sh', import.meta.url));
  const env = {
    PATH: process.env['PATH'],
    SLIPWAY_GIT_ORIGIN: 'https://h.org:8443',
    SLIPWAY_GIT_USERNAME: 'me',
    SLIPWAY_GIT_PASSWORD: LOGIN.password,
  };
  const answer = (prompt: string): string | null => {
    const { status, stdout } = spawnSync(script, [prompt], { env, encoding: 'utf8' });
    return status === 0 ? stdout : null;
  };

  it.each([
    ["Username for 'https://h.org:8443': ", 'me\n'],
    ["Password for 'https://me%40x@h.org:8443': ", `${LOGIN.password}\n`],
    ['Username for "https://h.org:8443/team/x.git/info/lfs"', 'me\n'],
    ['Password for "https://me@h.org:8443/team/x.git/info/lfs"', `${LOGIN.password}\n`],
    ["Password for 'https://me@h.org': ", null],
    ["Password for 'http://me@h.org:8443': ", null],
    ["Password for 'https://me@evil.org:8443': ", null],
    ["Password for 'https://h.org:8443@evil.org': ", null],
    ['Password for "https://evil.org/https://me@h.org:8443"', null],
    ["Enter passphrase for 'https://h.org:8443': ", null],
    ['Password: ', null],
  ])('%s', (prompt, text) => expect(answer(prompt)).toBe(text));
});
