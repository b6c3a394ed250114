import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { readGitList } from './git-list.ts';

const OID = 'a'.repeat(40);
const line = (mode: string, path: string): string => {
  const type = mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob';
  return `${mode} ${type} ${OID}\t${path}\0`;
};
const file = (path: string): string => line('100644', path);
const folder = (path: string): string => line('040000', path);

describe('readGitList', () => {
  it('reads every kind, with exact bytes, in path order', () => {
    const list =
      folder('d') +
      file('d/\xff\n') +
      line('100755', 'a.sh') +
      line('120000', 'l') +
      line('160000', 's');
    expect(readGitList(list)).toEqual([
      { path: 'a.sh', kind: 'file', executable: true, oid: OID },
      { path: 'd', kind: 'directory', executable: false, oid: OID },
      { path: 'd/\xff\n', kind: 'file', executable: false, oid: OID },
      { path: 'l', kind: 'link', executable: false, oid: OID },
      { path: 's', kind: 'submodule', executable: false, oid: OID },
    ]);
    expect(readGitList('')).toEqual([]);
  });

  it.each([
    ['..', folder('..') + file('../x')],
    ['.', folder('.') + file('./x')],
    ['an absolute path', file('/etc/passwd')],
    ['an empty name', folder('a') + file('a//b')],
    ['.git', folder('.git') + file('.git/config')],
    ['.GIT', folder('.GIT')],
    ['.git in disguise', folder('.g\xe2\x80\x8cit')],
    ['.git with a dot after it', folder('.git.')],
    ['.git as a stream', file('.git::$INDEX_ALLOCATION')],
    ['git~1', folder('GIT~1')],
    ['a .git deep down', folder('a') + folder('a/.git')],
    ['an entry twice', file('a') + file('a')],
    ['a file and a folder of one name', file('a') + folder('a')],
    ['an entry below a link', line('120000', 'a') + file('a/b')],
    ['an entry below nothing', file('a/b')],
    ['a name that is too long', file('x'.repeat(256))],
    ['a list that is cut off', `${file('a')}100644 blob`],
    ['a folder that says it is a file', file('x').replace('blob', 'tree')],
  ])('refuses %s', (_, list) => {
    expect(() => readGitList(list)).toThrow(expect.objectContaining({ code: 'E_GIT_TREE' }));
  });

  it.each(['.gitignore', '.gitmodules', '.github', 'git', 'x.git', '...', '.git2'])(
    'takes %s',
    (name) => {
      expect(readGitList(file(name))).toHaveLength(1);
    },
  );

  it('throws nothing but AppError', () => {
    const part = fc.constantFrom('100644 blob ', '040000 tree ', OID, '\t', '..', '/', 'a', '\0');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        try {
          readGitList(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });
});
