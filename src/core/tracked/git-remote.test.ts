import { describe, expect, it } from 'vitest';
import { remoteProblem, withoutUserinfo } from './git-remote.ts';

describe('remoteProblem', () => {
  it.each([
    'https://github.com/acme/launch-demo.git',
    'https://git.example.com:8443/a/b',
    'https://[::1]:8443/a/b',
    'ssh://git@gitlab.example.com:2222/team/proj.git',
    'git@github.com:acme/launch-demo.git',
    'host.example:path/to/repo',
    '/srv/git/repo.git',
    'file:///srv/git/repo.git',
  ])('takes %s', (remote) => {
    expect(remoteProblem(remote)).toBeNull();
  });

  it.each([
    'ext::sh -c touch% x',
    'ext::sh',
    'fd::17',
    'a@ext::sh',
    '--upload-pack=touch',
    '-oProxyCommand=x',
    'ssh://-oProxyCommand=x/y',
    'git@-oProxyCommand=x:y',
    'ssh://u@-oX/y',
    'ssh://-l@host/y',
    'https://h/x\nhost=evil',
    'https://h/x%0ahost=evil',
    'https://h/x\u202ey',
    'https://h/a b',
    'http://h/x',
    'git://h/x',
    'file://host/x',
    'file:///a/../b',
    '../x',
    'x/y',
    '/etc/../x',
    'https:///host/x',
    'https://',
    'https://h',
    'https://h:0/x',
    'https://h:99999/x',
    `https://h/${'x'.repeat(5000)}`,
    'C:\\repo',
    '',
  ])('refuses %j', (remote) => {
    expect(remoteProblem(remote)).toEqual(expect.any(String));
  });
});

describe('withoutUserinfo', () => {
  it.each([
    ['https://user:tok@h/x.git', 'https://h/x.git'],
    ['https://user:@github.com/a/b', 'https://github.com/a/b'],
    ['https://tok@h/x', 'https://h/x'],
    ['https://user:p@ss@h/x', 'https://h/x'],
    ['ssh://git:secret@h/x', 'ssh://git@h/x'],
    ['ssh://git@h/x', 'ssh://git@h/x'],
    ['git@h:x', 'git@h:x'],
    ['https://h/x@y', 'https://h/x@y'],
    ['/srv/x@y', '/srv/x@y'],
  ])('makes %s to %s', (remote, clean) => {
    expect(withoutUserinfo(remote)).toBe(clean);
  });
});
