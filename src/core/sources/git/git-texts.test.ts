import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastValue, readGitConfig } from './git-config.ts';
import { readProgress } from './git-progress.ts';
import { inertText } from './inert-text.ts';
import { readRemoteRefs } from './remote-refs.ts';
import { submodulesOf } from './submodules.ts';

describe('readGitConfig', () => {
  const read = (text: string, section = 'remote', subsection = 'origin', key = 'url') =>
    lastValue(readGitConfig(text), section, subsection, key);

  it.each<[string, string | null]>([
    ['[remote "origin"]\n\turl = https://h/x.git\n', 'https://h/x.git'],
    ['[Remote "origin"] URL=a', 'a'],
    ['[remote "origin"]\r\nurl = a b  ; comment\r\n', 'a b'],
    ['[remote "origin"]\nurl = "a;b " # c', 'a;b '],
    ['[remote "origin"]\nurl = a\\\nb', 'ab'],
    ['[remote "origin"]\nurl = a\\tb\\"', 'a\tb"'],
    ['[remote "origin"]\nurl = a\nurl = b', 'b'],
    ['[remote "origin"]\n# url = a', null],
    ['[remote "Origin"]\nurl = a', null],
    ['[other]\nurl = a', null],
    ['url = a', null],
    ['', null],
  ])('%j', (text, value) => expect(read(text)).toBe(value));

  it('reads a key without value, and names with quotes in them', () => {
    expect(read('[core]\nbare', 'core', '', 'bare')).toBe('true');
    expect(read('[submodule "a\\"b"]\npath = x', 'submodule', 'a"b', 'path')).toBe('x');
  });

  it('reads any text', () => {
    const odd = fc.string({ unit: fc.constantFrom(...'[]"\\=#;\n\r a1'.split('')) });
    fc.assert(
      fc.property(odd, (text) => {
        expect(readGitConfig(text)).toBeInstanceOf(Array);
      }),
    );
  });
});

describe('submodulesOf', () => {
  const resolve = (parent: string, url: string): unknown => {
    const text = `[submodule "s"]\npath = s\nurl = ${url}\n`;
    const [one] = submodulesOf([{ path: 's', commit: '' }], text, parent);
    return typeof one?.address === 'string' ? null : one?.address.remote;
  };

  it.each<[string, string, string | null]>([
    ['https://h.org/a/b.git', '../c.git', 'https://h.org/a/c.git'],
    ['https://h.org/a/b', './c', 'https://h.org/a/b/c'],
    ['https://h.org/a/b', '../../../../c', 'https://h.org/c'],
    ['git@h.org:a/b.git', '../c.git', 'git@h.org:a/c.git'],
    ['ssh://git@h.org:22/a/b', '../c', 'ssh://git@h.org/a/c'],
    ['/srv/a/b', '../c', '/srv/a/c'],
    ['https://h.org/a/b', 'https://other.org/c', 'https://other.org/c'],
    ['https://h.org/a/b', 'git@other.org:c', 'git@other.org:c'],
    ['https://h.org/a/b', '/srv/c', null],
    ['https://h.org/a/b', 'file:///srv/c', null],
    ['https://h.org/a/b', 'C:\\x', null],
    ['https://h.org/a/b', 'ext::sh', null],
    ['https://h.org/a/b', '-x', null],
    ['https://h.org/a/b', 'git://h/c', null],
    ['https://h.org/a/b', '"../x\\ny"', null],
  ])('%s and %s', (parent, url, remote) => expect(resolve(parent, url)).toBe(remote));

  it('takes no entry for another path', () => {
    const text = '[submodule "s"]\npath = s\nurl = https://h.org/x\n';
    const [one] = submodulesOf([{ path: 's\r', commit: '' }], text, 'https://h.org/a');
    expect(one?.address).toBe('no address is given');
  });
});

describe('readProgress', () => {
  it.each([
    ['remote: Counting objects: 100% (12/12), done.', 'Counting objects', 12, 12, null],
    [
      'Receiving objects:  45% (9/20), 1.50 MiB | 3.00 MiB/s',
      'Receiving objects',
      9,
      20,
      1_572_864,
    ],
    ['remote: Enumerating objects: 33, done.', 'Enumerating objects', 33, null, null],
    ['Downloading LFS objects:  50% (1/2), 3 MB | 1 MB/s', 'Downloading LFS objects', 1, 2, null],
  ])('%s', (line, text, done, total, bytes) => {
    expect(readProgress(line)).toEqual({ text, done, total, bytes });
  });

  it.each(['fatal: nothing', 'From https://h', ''])('is not %j', (line) => {
    expect(readProgress(line)).toBeNull();
  });
});

describe('inertText', () => {
  it('keeps words and drops what steers a terminal', () => {
    const text =
      '\u001b[31mred\u001b[0m\r\n\u001b]8;;javascript:x\u0007link\u001b]8;;\u0007\u0007\u009b1m\u202eend';
    expect(inertText(text)).toBe('red\nlink1mend');
  });

  it('holds no control character whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(inertText(text)).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/);
      }),
    );
  });
});

describe('readRemoteRefs', () => {
  const a = 'a'.repeat(40);
  const b = 'b'.repeat(40);

  it('reads HEAD, branches, and tags as what they are of', () => {
    const refs = readRemoteRefs(
      `ref: refs/heads/trunk\tHEAD\n${a}\tHEAD\n${a}\trefs/heads/trunk\n${a}\trefs/tags/v1\n${b}\trefs/tags/v1^{}\n`,
    );
    expect(refs.head).toEqual({ branch: 'trunk', commit: a });
    expect([...refs.branches]).toEqual([['trunk', a]]);
    expect([...refs.tags]).toEqual([['v1', b]]);
  });

  it('tells a repository of another format', () => {
    expect(() => readRemoteRefs(`${'a'.repeat(64)}\tHEAD\n`)).toThrow(
      expect.objectContaining({ code: 'E_GIT' }),
    );
  });
});
