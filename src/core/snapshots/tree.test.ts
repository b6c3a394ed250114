import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { parentPath } from './path-bytes.ts';
import { byPath, decodeTree, encodeTree, treeDigest, type TreeNode } from './tree.ts';

const segment = fc
  .uint8Array({ minLength: 1, maxLength: 6 })
  .map((array) => Buffer.from(array).toString('latin1').replace(/[/\0]/g, '_'))
  .filter((name) => name !== '.' && name !== '..');

const leaf = fc.oneof(
  fc.record({
    kind: fc.constant('file' as const),
    size: fc.nat({ max: 2 ** 40 }),
    executable: fc.boolean(),
    content: fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((sha) => Buffer.from(sha).toString('hex')),
  }),
  fc.record({
    kind: fc.constant('link' as const),
    size: fc.constant(0),
    executable: fc.constant(false),
    content: segment,
  }),
  fc.record({
    kind: fc.constant('directory' as const),
    size: fc.constant(0),
    executable: fc.constant(false),
    content: fc.constant(''),
  }),
);

const folderAt = (path: string): TreeNode => ({
  path,
  kind: 'directory',
  size: 0,
  executable: false,
  content: '',
});

/** A consistent tree: every leaf with the folders above it, in order. */
const tree = fc
  .array(fc.tuple(fc.array(segment, { minLength: 1, maxLength: 4 }), leaf), { maxLength: 20 })
  .map((leaves) => {
    const nodes = new Map<string, TreeNode>();
    for (const [segments, rest] of leaves) {
      const path = segments.join('/');
      if (nodes.has(path)) continue;
      const above = segments.slice(0, -1).map((_, at) => segments.slice(0, at + 1).join('/'));
      if (above.some((folder) => (nodes.get(folder)?.kind ?? 'directory') !== 'directory'))
        continue;
      for (const folder of above) nodes.set(folder, folderAt(folder));
      nodes.set(path, { path, ...rest });
    }
    return [...nodes.values()].sort(byPath);
  });

const file = (path: string): TreeNode => ({
  path,
  kind: 'file',
  size: 1,
  executable: false,
  content: 'ab'.repeat(32),
});

const refuses = (nodes: TreeNode[]): void => {
  expect(() => decodeTree(encodeTree(nodes))).toThrow(AppError);
};

describe('tree encoding', () => {
  it('round trips', () => {
    fc.assert(
      fc.property(tree, (nodes) => {
        expect(decodeTree(encodeTree(nodes))).toEqual(nodes);
      }),
    );
  });

  it('gives equal digests to equal trees only', () => {
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        const equal = JSON.stringify(a) === JSON.stringify(b);
        expect(treeDigest(encodeTree(a)) === treeDigest(encodeTree(b))).toBe(equal);
      }),
    );
  });

  it('never decodes a cut encoding to something else', () => {
    const encoded = encodeTree([file('a'), folderAt('b'), file('b/c')]);
    for (let length = 0; length < encoded.length; length++) {
      const cut = encoded.subarray(0, length);
      let decoded: TreeNode[] = [];
      try {
        decoded = decodeTree(cut);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        continue;
      }
      expect(encodeTree(decoded)).toEqual(cut);
    }
  });

  it.each(['../x', '/x', 'a//b', './x', 'x/..', '', 'a\0b', 'x/'])(
    'refuses the path %j',
    (path) => {
      refuses([...(parentPath(path) ? [folderAt(parentPath(path))] : []), file(path)]);
    },
  );

  it('refuses entries twice, out of order, behind a link or without their folder', () => {
    refuses([file('a'), file('a')]);
    refuses([file('b'), file('a')]);
    refuses([{ ...file('a'), kind: 'link', size: 0, content: '/etc' }, file('a/b')]);
    refuses([file('a/b')]);
  });
});
