import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GitBench } from './testing/git-bench.ts';
import { GitHttpServer } from './testing/git-http-server.ts';
import type { TestRepository } from './testing/git-repository.ts';

let bench: GitBench;
let server: GitHttpServer;
let main: TestRepository;
let part: TestRepository;
let pinned: string;

beforeEach(async () => {
  bench = new GitBench();
  server = await GitHttpServer.start({ root: bench.served });
  part = bench.repository('team/part');
  part.write('part.py', 'part');
  pinned = part.commit();
  part.write('part.py', 'later');
  part.commit();
  main = bench.repository('team/main');
  main.write('main.py', 'main');
});

afterEach(async () => {
  await server.stop();
  await bench.dispose();
});

const freeze = (address = `${server.url}/team/main`) =>
  bench.sources.freeze({ address }, bench.control);

/** Commits a submodule that is pinned to a commit, without fetching it. */
function pin(url: string, path = 'lib/part', commit = pinned): void {
  main.write('.gitmodules', `[submodule "p"]\n\tpath = ${path}\n\turl = ${url}\n`);
  main.git('add', '--all');
  main.git('update-index', '--add', '--cacheinfo', `160000,${commit},${path}`);
  main.git('commit', '--quiet', '-m', 'submodule');
}

describe('submodules', () => {
  it.each([
    ['a full address', () => `${server.url}/team/part`],
    ['an address beside the repository', () => '../part'],
  ])('are put at their path, at the commit that is pinned, by %s', async (_, url) => {
    pin(url());
    const frozen = await freeze();
    const remote = `${server.url}/team/part`;
    expect(frozen.submodules).toEqual([{ path: 'lib/part', remote, commit: pinned }]);
    expect(frozen.notes).toEqual([]);
    expect(await bench.text(frozen.source.tree, 'lib/part/part.py')).toBe('part');
    server.requests.length = 0;
    const again = { address: `${server.url}/team/main`, ref: frozen.source.commit };
    const second = await bench.sources.freeze(again, bench.control);
    expect(second.submodules).toEqual(frozen.submodules);
    expect(second.source.tree).toBe(frozen.source.tree);
    expect(server.requests).toEqual([]);
  });

  it('are counted once for a commit and once for the same with changes', async () => {
    const paths = Array.from({ length: 60 }, (_, at) => `lib/${at}`);
    const sections = paths.map(
      (path) => `[submodule "${path}"]\n\tpath = ${path}\n\turl = ../part\n`,
    );
    main.write('.gitmodules', sections.join(''));
    main.git('add', '--all');
    const links = paths.map((path) => `160000 ${pinned}\t${path}\n`).join('');
    main.gitWith(links, 'update-index', '--index-info');
    main.git('commit', '--quiet', '-m', 'submodules');
    main.write('main.py', 'other');
    const patch = main.git('diff', 'HEAD', '--', 'main.py');
    const request = { address: main.folder, patch };
    const { submodules, notes } = await bench.sources.freeze(request, bench.control);
    expect(notes).toEqual([]);
    expect(submodules).toHaveLength(60);
  });

  it('may have submodules of their own', async () => {
    const inner = bench.repository('team/inner');
    inner.write('deep.py', 'deep');
    const deep = inner.commit();
    part.write('.gitmodules', '[submodule "i"]\n\tpath = inner\n\turl = ../inner\n');
    part.git('add', '--all');
    part.git('update-index', '--add', '--cacheinfo', `160000,${deep},inner`);
    part.git('commit', '--quiet', '-m', 'inner');
    pin('../part', 'lib/part', part.git('rev-parse', 'HEAD'));
    const { source, submodules } = await freeze();
    expect(submodules.map(({ path }) => path)).toEqual(['lib/part', 'lib/part/inner']);
    expect(await bench.text(source.tree, 'lib/part/inner/deep.py')).toBe('deep');
  });

  it('that hold themselves come to an end', async () => {
    pin('./', 'me', 'f'.repeat(40));
    const { notes } = await freeze();
    expect(notes.join()).toContain('me was left out');
  });

  it.each([
    ['file', () => `file://${part.folder}`],
    ['a path', () => part.folder],
    ['a helper program', () => 'ext::sh -c touch% /tmp/x'],
    ['an option', () => '--upload-pack=touch /tmp/x'],
    ['plain http', () => 'http://192.0.2.1/x'],
    ['a commit nobody has', () => '../nothing'],
  ])('G14 are left out and noted when they name %s', async (_, url) => {
    pin(url());
    const { source, notes, submodules } = await freeze();
    expect(submodules).toEqual([]);
    expect(notes.join()).toContain('The submodule lib/part was left out');
    expect(await bench.list(source.tree)).toContain('lib/part/');
    expect(await bench.text(source.tree, 'main.py')).toBe('main');
  });

  it('on another port are never sent the login of the repository', async () => {
    const login = { username: 'me', password: 'canary-TOKEN' };
    const seen: (string | undefined)[] = [];
    const thief = await GitHttpServer.start({
      root: bench.served,
      intercept: ({ headers }, response) => {
        seen.push(headers.authorization);
        response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
        return true;
      },
    });
    const secure = await GitHttpServer.start({ root: bench.served, secure: true, login });
    pin(`${thief.url}/steal.git`);
    process.env['GIT_SSL_CAINFO'] = secure.certificate;
    try {
      const address = secure.url.replace('://', `://${login.username}:${login.password}@`);
      bench.credentials.logins.set('127.0.0.1', login);
      const { notes } = await freeze(`${address}/team/main`);
      expect(notes.join()).toContain('The submodule lib/part was left out');
    } finally {
      delete process.env['GIT_SSL_CAINFO'];
      await secure.stop();
      await thief.stop();
    }
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter((one) => one !== undefined)).toEqual([]);
  });

  it('are fetched from this machine when the repository itself is here', async () => {
    pin('../part');
    const { source, notes } = await freeze(main.folder);
    expect(notes).toEqual([]);
    expect(await bench.text(source.tree, 'lib/part/part.py')).toBe('part');
  });
});

describe('LFS', () => {
  const content = Buffer.from('large '.repeat(2000));
  const oid = createHash('sha256').update(content).digest('hex');
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${content.length}\n`;

  function putObject(bytes: Buffer): void {
    const folder = join(main.folder, '.git/lfs/objects', oid.slice(0, 2), oid.slice(2, 4));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, oid), bytes);
  }

  it('files that cannot be had are named', async () => {
    main.write('model.bin', pointer, 0o755);
    main.commit();
    const { source, notes } = await freeze();
    expect(notes.join()).toMatch(/1 file is only a git LFS pointer.*model\.bin/);
    expect(await bench.text(source.tree, 'model.bin')).toBe(pointer);
  });

  it('files beside a local repository are put in', async () => {
    main.write('model.bin', pointer, 0o755);
    main.commit();
    putObject(content);
    const { source, notes } = await freeze(main.folder);
    expect(notes).toEqual([]);
    expect(await bench.list(source.tree)).toContain(`model.bin x ${content.length}`);
    expect(await bench.text(source.tree, 'model.bin')).toBe(content.toString());
  });

  it('files that are not what the pointer says are refused', async () => {
    main.write('model.bin', pointer);
    main.commit();
    putObject(Buffer.from('other '.repeat(2000)));
    await expect(freeze(main.folder)).rejects.toThrow(
      expect.objectContaining({ code: 'E_GIT_DAMAGED' }),
    );
  });

  it.skipIf(!hasLfs())('files come from the LFS server of the remote', async () => {
    const lfs = await GitHttpServer.start({
      root: bench.served,
      intercept: (request, response) => {
        if (request.url === `/object/${oid}`) {
          response.end(content);
          return true;
        }
        if (!request.url?.endsWith('/info/lfs/objects/batch')) return false;
        const href = `http://${request.headers.host ?? ''}/object/${oid}`;
        const actions = { download: { href } };
        const objects = [{ oid, size: content.length, authenticated: true, actions }];
        response.setHeader('content-type', 'application/vnd.git-lfs+json');
        response.end(JSON.stringify({ transfer: 'basic', objects }));
        return true;
      },
    });
    main.write('model.bin', pointer);
    main.commit();
    const { source, notes } = await freeze(`${lfs.url}/team/main`);
    expect(notes).toEqual([]);
    expect(await bench.text(source.tree, 'model.bin')).toBe(content.toString());
    lfs.requests.length = 0;
    main.write('other.txt', 'new');
    main.commit();
    const next = await freeze(`${lfs.url}/team/main`);
    expect(await bench.text(next.source.tree, 'model.bin')).toBe(content.toString());
    expect(lfs.requests.filter((request) => request.includes('lfs'))).toEqual([]);
    await lfs.stop();
  });
});

function hasLfs(): boolean {
  try {
    execFileSync('git', ['lfs', 'version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}
