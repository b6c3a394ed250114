import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import { isGitAddress, isLocalAddress, parseGitAddress, type GitAddress } from './git-url.ts';

const codeOf = (text: string): ErrorCode | null => {
  try {
    parseGitAddress(text);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
};

describe('addresses that are understood', () => {
  const cases: [string, GitAddress['kind'], string, string][] = [
    ['https://github.com/acme/demo.git', 'https', 'https://github.com/acme/demo.git', 'github.com'],
    ['https://github.com/acme/demo', 'https', 'https://github.com/acme/demo', 'github.com'],
    ['  https://github.com/acme/demo/\n', 'https', 'https://github.com/acme/demo', 'github.com'],
    ['HTTPS://GitHub.com:443/Acme/x', 'https', 'https://github.com/Acme/x', 'github.com'],
    ['https://h.org:8443/a/b c', 'https', 'https://h.org:8443/a/b%20c', 'h.org'],
    ['https://codeberg.org/o/r', 'https', 'https://codeberg.org/o/r', 'codeberg.org'],
    ['https://h.org/a/../b?x=1#L3', 'https', 'https://h.org/b', 'h.org'],
    [
      'https://dev.azure.com/o/p/_git/r',
      'https',
      'https://dev.azure.com/o/p/_git/r',
      'dev.azure.com',
    ],
    ['https://gїthub.com/a/b', 'https', 'https://xn--gthub-t2e.com/a/b', 'xn--gthub-t2e.com'],
    ['http://127.0.0.1:8080/a/b', 'https', 'http://127.0.0.1:8080/a/b', '127.0.0.1'],
    ['http://localhost/a', 'https', 'http://localhost/a', 'localhost'],
    ['http://[::1]:81/a', 'https', 'http://[::1]:81/a', '[::1]'],
    ['ssh://git@h.org:2222/team/p.git', 'ssh', 'ssh://git@h.org:2222/team/p.git', 'h.org'],
    ['ssh://git@h.org:22/~me/p', 'ssh', 'ssh://git@h.org/~me/p', 'h.org'],
    ['ssh://git@[::1]/p.git', 'ssh', 'ssh://git@[::1]/p.git', '[::1]'],
    ['ssh://alias/p', 'ssh', 'ssh://alias/p', 'alias'],
    ['git@github.com:acme/demo.git', 'ssh', 'git@github.com:acme/demo.git', 'github.com'],
    ['deploy+x@my_host:x', 'ssh', 'deploy+x@my_host:x', 'my_host'],
    ['host:path/to', 'ssh', 'host:path/to', 'host'],
    ['file:///srv/git/a%20b', 'local', '/srv/git/a b', ''],
    ['file://localhost/srv', 'local', '/srv', ''],
    ['/srv/git/x', 'local', '/srv/git/x', ''],
    ['../x', 'local', '../x', ''],
    ['C:\\git\\x', 'local', 'C:\\git\\x', ''],
    ['my-git-folder', 'local', 'my-git-folder', ''],
  ];

  it.each(cases)('%j', (text, kind, remote, host) => {
    expect(parseGitAddress(text)).toMatchObject({ kind, remote, host, login: null });
    expect(isLocalAddress(text)).toBe(kind === 'local');
  });
});

describe('addresses that are refused', () => {
  const cases: [string, string, ErrorCode][] = [
    ['G1', 'ext::sh -c touch% x', 'E_GIT_SCHEME'],
    ['G1', 'fd::17', 'E_GIT_SCHEME'],
    ['G1', '::x', 'E_GIT_SCHEME'],
    ['G1', 'ext::https://h/x', 'E_GIT_SCHEME'],
    ['G2', '--upload-pack=touch x', 'E_GIT_URL'],
    ['G2', '-oProxyCommand=x', 'E_GIT_URL'],
    ['G3', 'ssh://-oProxyCommand=x/y', 'E_GIT_HOST'],
    ['G3', 'git@-oProxyCommand=x:y', 'E_GIT_HOST'],
    ['G3', 'ssh://u@-oX/y', 'E_GIT_HOST'],
    ['G3', 'ssh://-oX@h/y', 'E_GIT_HOST'],
    ['G3', 'ssh://%2doX@h/y', 'E_GIT_HOST'],
    ['G3', '-u@h:y', 'E_GIT_URL'],
    ['G3', 'host:-y', 'E_GIT_URL'],
    ['G3', 'https://-h/x', 'E_GIT_HOST'],
    ['G3', 'https://h h/x', 'E_GIT_HOST'],
    ['G4', 'https://h/x\nhost=evil', 'E_GIT_URL_CHARS'],
    ['G4', 'https://h/x%0ahost=evil', 'E_GIT_URL_CHARS'],
    ['G4', 'https://h/x%0Dy', 'E_GIT_URL_CHARS'],
    ['G4', 'https://h/x%00', 'E_GIT_URL_CHARS'],
    ['G4', 'https://h/\rx', 'E_GIT_URL_CHARS'],
    ['G4', 'https://h/\0x', 'E_GIT_URL_CHARS'],
    ['G4', 'https://h/\u202ex', 'E_GIT_URL_CHARS'],
    ['G4', 'https://h/\u200bx', 'E_GIT_URL_CHARS'],
    ['G4', 'git@h:\u2066x', 'E_GIT_URL_CHARS'],
    ['G4', 'https://h\\@evil/x', 'E_GIT_URL_CHARS'],
    ['G4', 'https://h/%zz', 'E_GIT_URL_CHARS'],
    ['G6', 'http://h/x', 'E_GIT_SCHEME'],
    ['G6', 'http://127.0.0.1.evil.org/x', 'E_GIT_SCHEME'],
    ['G6', 'http://127.0.0.1:443/x', 'E_GIT_PORT'],
    ['G6', 'git://h/x', 'E_GIT_SCHEME'],
    ['G6', 'ftp://h/x', 'E_GIT_SCHEME'],
    ['G6', 'javascript://h/x', 'E_GIT_SCHEME'],
    ['G6', 'file://other/share', 'E_GIT_URL'],
    ['G7', 'https:///host/x', 'E_GIT_URL'],
    ['G7', 'https://', 'E_GIT_URL'],
    ['G7', 'https://u@/x', 'E_GIT_URL'],
    ['G7', 'https://h.org/', 'E_GIT_URL'],
    ['G7', 'ssh://h.org', 'E_GIT_URL'],
    ['G7', 'git@h:', 'E_GIT_URL'],
    ['G7', '', 'E_GIT_URL'],
    ['G7', `https://h/${'x'.repeat(5000)}`, 'E_GIT_URL'],
    ['G8', 'https://h:0/x', 'E_GIT_PORT'],
    ['G8', 'https://h:99999/x', 'E_GIT_PORT'],
    ['G8', 'ssh://git@h:x/y', 'E_GIT_PORT'],
  ];

  it.each(cases)('%s %j', (_, text, code) => expect(codeOf(text)).toBe(code));
});

describe('logins in addresses', () => {
  const remote = 'https://h.org/x.git';
  const cases: [string, GitAddress['login']][] = [
    ['https://user:tok@h.org/x.git', { username: 'user', password: 'tok' }],
    ['https://user:p%40ss@h.org/x.git', { username: 'user', password: 'p@ss' }],
    ['https://:tok@h.org/x.git', { username: '', password: 'tok' }],
    ['https://user@h.org/x.git', null],
    ['https://user:@h.org/x.git', null],
    ['https://ghp_abc@h.org/x.git', { username: 'ghp_abc', password: 'x-oauth-basic' }],
  ];

  it.each(cases)('G5 %s', (text, login) => {
    expect(parseGitAddress(text)).toMatchObject({ remote, login });
  });

  it.each([
    ['https://h.org/x', 'h.org'],
    ['https://h.org:443/x', 'h.org'],
    ['https://H.org:8443/x', 'h.org:8443'],
    ['https://h.org:80/x', 'h.org:80'],
    ['http://localhost/x', 'localhost:80'],
    ['http://127.0.0.1:4000/x', '127.0.0.1:4000'],
    ['http://[::1]/x', '[::1]:80'],
    ['git@h.org:x', ''],
    ['/srv/x', ''],
  ])('are bound to host and port: %s', (text, hostPort) => {
    expect(parseGitAddress(text).hostPort).toBe(hostPort);
  });

  it('drops a password that ssh could not use', () => {
    expect(parseGitAddress('ssh://git:secret@h.org/x').remote).toBe('ssh://git@h.org/x');
  });
});

describe('pasted web addresses', () => {
  const at = (ref: string, path = '') => ({ ref, path });
  const github = 'https://github.com/acme/demo.git';
  const cases: [string, string, { ref: string; path: string }[], boolean][] = [
    ['https://github.com/acme/demo/tree/main', github, [at('main')], false],
    [
      'https://github.com/acme/demo/tree/feature/x/jobs?tab=readme',
      github,
      [at('feature/x/jobs'), at('feature/x', 'jobs'), at('feature', 'x/jobs')],
      false,
    ],
    [
      'https://github.com/acme/demo/blob/main/a/b.py#L1-L3',
      github,
      [at('main/a', 'b.py'), at('main', 'a/b.py')],
      true,
    ],
    ['https://github.com/acme/demo/commit/0123abc', github, [at('0123abc')], false],
    ['https://github.com/acme/demo/releases/tag/v1%2E0', github, [at('v1.0')], false],
    [
      'https://gitlab.com/a/b/c/-/tree/main/jobs',
      'https://gitlab.com/a/b/c.git',
      [at('main/jobs'), at('main', 'jobs')],
      false,
    ],
    [
      'https://gitlab.com/a/b/-/blob/main/x.py',
      'https://gitlab.com/a/b.git',
      [at('main', 'x.py')],
      true,
    ],
    [
      'https://bitbucket.org/a/b/src/main/x/',
      'https://bitbucket.org/a/b.git',
      [at('main/x'), at('main', 'x')],
      false,
    ],
    [
      'https://codeberg.org/a/b/src/branch/main/x',
      'https://codeberg.org/a/b.git',
      [at('main/x'), at('main', 'x')],
      false,
    ],
    [
      'https://codeberg.org/a/b/src/commit/0123abc/x',
      'https://codeberg.org/a/b.git',
      [at('0123abc', 'x')],
      false,
    ],
  ];

  it.each(cases)('%s', (text, remote, candidates, isFile) => {
    expect(parseGitAddress(text)).toMatchObject({ remote, web: { candidates, isFile } });
  });

  it.each([
    'https://github.com/acme/demo',
    'https://github.com/acme/tree',
    'https://h.org/acme/demo/tree/x.git',
    'https://h.org/a/b/src/main',
  ])('%s is a repository', (text) => expect(parseGitAddress(text).web).toBeNull());

  it('offers every way to read ref and path, the longest ref first', () => {
    const segment = fc.stringMatching(/^[a-z0-9_-]{1,8}$/);
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 6 }), (segments) => {
        const rest = segments.join('/');
        const { web } = parseGitAddress(`https://github.com/acme/demo/tree/${rest}`);
        const read = web?.candidates ?? [];
        expect(read.map(({ ref, path }) => [ref, path].filter(Boolean).join('/'))).toEqual(
          segments.map(() => rest),
        );
        expect(read.map(({ ref }) => ref.length)).toEqual(
          read.map(({ ref }) => ref.length).toSorted((a, b) => b - a),
        );
      }),
    );
  });
});

describe('isGitAddress', () => {
  it.each([
    'https://codeberg.org/o/r',
    'git@h:x',
    'ssh://h/x',
    'file:///x',
    'git://h/x',
    'ext::sh',
    '/srv/x.git',
    'x.git/',
  ])('%s', (text) => expect(isGitAddress(text)).toBe(true));

  it.each(['.', 'src', '/home/me/my-git-folder', 'C:\\git\\x', 'localhost:5000/train', 'a/b', ''])(
    'not %s',
    (text) => expect(isGitAddress(text)).toBe(false),
  );
});

describe('any text', () => {
  const hard = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...'https://@:[]%-.\\?#~ab1 \n'.split('')), maxLength: 30 }),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
  );

  it('is understood or refused with a code, and what is stored reads as itself', () => {
    fc.assert(
      fc.property(hard, (text) => {
        let first: GitAddress;
        try {
          first = parseGitAddress(text);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          return;
        }
        expect(first.remote.startsWith('-')).toBe(false);
        const again = parseGitAddress(first.remote);
        expect(again.kind).toBe(first.kind);
        if (first.web === null) expect(again.remote).toBe(first.remote);
      }),
      { numRuns: 2000 },
    );
  });

  it('never keeps a password', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9]{12,20}$/);
    fc.assert(
      fc.property(secret, fc.webPath(), (password, path) => {
        fc.pre(!path.includes(password) && !path.includes('%'));
        const { remote, login } = parseGitAddress(`https://u:${password}@h.org/r${path}`);
        expect(remote).not.toContain(password);
        expect(login?.password).toBe(password);
      }),
    );
  });
});
