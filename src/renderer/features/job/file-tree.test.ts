import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { TreeEntry } from '../../../shared/domain/snapshot.ts';
import { closedAtFirst, foundRows, treeRows } from './file-tree.ts';

const entry = (path: string, kind: TreeEntry['kind'] = 'file', size = 10): TreeEntry => ({
  ...{ path, kind, executable: false, content: null },
  size: kind === 'file' ? size : 0,
});

const entries = [
  entry('README.md'),
  entry('configs', 'directory'),
  entry('configs/base.yaml'),
  entry('data', 'link'),
  entry('models', 'directory'),
  entry('models/deep', 'directory'),
  entry('models/deep/net.py', 'file', 30),
  entry('models/__init__.py', 'file', 0),
];

const words = (rows: ReturnType<typeof treeRows>): string[] =>
  rows.map(
    ({ name, depth, entry: file, bytes }) =>
      `${'-'.repeat(depth)}${name}${file ? '' : '/'} ${bytes}`,
  );

describe('a tree of files', () => {
  it('has folders first, each with what is in it', () => {
    expect(words(treeRows(entries, new Set()))).toEqual([
      'configs/ 10',
      '-base.yaml 10',
      'models/ 30',
      '-deep/ 30',
      '--net.py 30',
      '-__init__.py 0',
      'README.md 10',
      'data 0',
    ]);
  });

  it('leaves out what is in a closed folder', () => {
    expect(words(treeRows(entries, new Set(['models/deep', 'configs'])))).toEqual([
      'configs/ 10',
      'models/ 30',
      '-deep/ 30',
      '-__init__.py 0',
      'README.md 10',
      'data 0',
    ]);
  });

  it('is closed at first when it is large', () => {
    expect(closedAtFirst(entries, 100)).toEqual(new Set());
    expect(closedAtFirst(entries, 3)).toEqual(new Set(['configs', 'models', 'models/deep']));
    expect(treeRows(entries, closedAtFirst(entries, 3))).toHaveLength(4);
  });

  it('is searched by all words of a path', () => {
    expect(foundRows(entries, ' MODELS  py ').map(({ path }) => path)).toEqual([
      'models/deep/net.py',
      'models/__init__.py',
    ]);
  });

  it('shows every file of any set of paths once, when it is open', () => {
    const name = fc.stringMatching(/^[a-z]{1,3}$/);
    const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(path), (paths) => {
        const rows = treeRows(
          paths.map((one) => entry(one)),
          new Set(),
        );
        const files = rows.flatMap((row) => (row.entry ? row.path : []));
        expect(files.toSorted()).toEqual(paths.toSorted());
        const all = rows.map((row) => `${row.entry === null} ${row.path}`);
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });
});
