import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, statSync, truncateSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../db/sqlite.ts';
import { TestRepository } from '../sources/git/testing/git-repository.ts';
import { Bench } from './testing.ts';

let bench: Bench;
let repository: TestRepository;

beforeEach(() => {
  bench = new Bench();
  repository = new TestRepository(bench.path('repo'));
});

afterEach(() => bench.dispose());

const freeze = (commit: string) =>
  bench.snapshots.freezeGit(`${repository.folder}/.git`, commit, null, bench.control);

const blob = (content: string): string =>
  repository.gitWith(content, 'hash-object', '-w', '--stdin');

/** Makes a tree with names git itself would not take. */
function tree(entries: readonly (readonly [mode: string, name: string, oid: string])[]): string {
  const parts = entries.map(([mode, name, oid]) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`, 'latin1'), Buffer.from(oid, 'hex')]),
  );
  return repository.gitWith(
    Buffer.concat(parts),
    'hash-object',
    '-w',
    '--literally',
    '-t',
    'tree',
    '--stdin',
  );
}

describe('a commit', () => {
  it('keeps names byte for byte, large files, links and modes', async () => {
    const large = Buffer.alloc(1_500_000, 'large content ');
    const oid = repository.gitWith(large, 'hash-object', '-w', '--stdin');
    const digest = await freeze(
      tree([
        ['120000', 'a\xff', blob('target\n/\xc3\xa4')],
        ['100644', 'b\nc', blob('')],
        ['100664', 'c-group', blob('x')],
        ['100755', 'd', oid],
        ['100644', 'e', oid],
      ]),
    );
    const target = bench.path('out');
    await bench.snapshots.writeTo(digest.digest, target, bench.control);
    const names = execFileSync('find', [target, '-mindepth', '1', '-printf', '%P %s %m %l\\0'], {
      encoding: 'latin1',
    });
    expect(names.split('\0').toSorted()).toEqual(
      [
        '',
        'a\xff 12 777 target\n/\xc3\x83\xc2\xa4',
        'b\nc 0 644 ',
        'c-group 1 644 ',
        'd 1500000 755 ',
        'e 1500000 644 ',
      ].toSorted(),
    );
  });

  it('is made without content that was read before', async () => {
    repository.write('a', 'one');
    await freeze(repository.commit());
    repository.write('b', 'two');
    const second = repository.commit();
    const oid = repository.git('rev-parse', `${second}:a`);
    const path = `${repository.folder}/.git/objects/${oid.slice(0, 2)}/${oid.slice(2)}`;
    const size = statSync(path).size;
    chmodSync(path, 0o644);
    // The list still finds its size; whoever reads the rest would notice.
    truncateSync(path, size - 3);
    const { digest, files } = await freeze(second);
    expect(files).toBe(2);
    expect((await bench.snapshots.readFile(digest, 'a', 10))?.toString()).toBe('one');
  });

  it.each([
    ['..', '100644'],
    ['.git', '100644'],
    ['a/b', '100644'],
    ['', '100644'],
  ])('with an entry %j is refused', async (name, mode) => {
    const oid = blob('x');
    await expect(freeze(tree([[mode, name, oid]]))).rejects.toThrow(
      expect.objectContaining({ code: expect.stringMatching(/E_GIT_(TREE|DAMAGED)/) as string }),
    );
  });

  it('with an entry twice is refused', async () => {
    const oid = blob('x');
    const twice = tree([
      ['100644', 'a', oid],
      ['100644', 'a', oid],
    ]);
    await expect(freeze(twice)).rejects.toThrow(expect.objectContaining({ code: 'E_GIT_TREE' }));
  });

  it('with a link that is no path is refused', async () => {
    const endless = tree([['120000', 'a', blob('x'.repeat(5000))]]);
    await expect(freeze(endless)).rejects.toThrow(expect.objectContaining({ code: 'E_GIT_TREE' }));
  });

  it('with too many files is refused before any of them is read', async () => {
    const oid = blob('x');
    const many = tree(
      Array.from({ length: 1000 }, (_, n) => ['100644', `f${1000 + n}`, oid] as const),
    );
    const top = tree(
      Array.from({ length: 201 }, (_, n) => ['40000', `d${100 + n}`, many] as const),
    );
    await expect(freeze(top)).rejects.toThrow(expect.objectContaining({ code: 'E_GIT_TOO_BIG' }));
    expect(bench.storedBytes()).toBe(0);
  });

  it('that is not there tells that the repository is damaged', async () => {
    const error = expect.objectContaining({ code: 'E_GIT_DAMAGED' });
    await expect(freeze('f'.repeat(40))).rejects.toThrow(error);
  });

  it('without files is an empty tree', async () => {
    expect(await freeze(repository.commit())).toMatchObject({ files: 0, bytes: 0 });
  });
});

describe('snapshots.db of the first layout', () => {
  it('gets what git needs, and keeps what it has', async () => {
    mkdirSync(bench.path('code'));
    bench.write('code/a.txt', 'a');
    const before = await bench.freeze(bench.path('code'));
    await bench.snapshots.close();
    const db = openSqlite(bench.file);
    db.exec(
      'DROP TRIGGER git_blobs_go; DROP TABLE git_trees; DROP TABLE git_blobs; DROP TABLE dead_chunks',
    );
    db.pragma('user_version = 1');
    db.close();
    await bench.reopen();
    repository.write('a', 'a');
    expect(await freeze(repository.commit())).toMatchObject({ files: 1 });
    expect(await bench.snapshots.entries(before.digest)).toHaveLength(1);
  });
});
