import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTrees } from './compare-trees.ts';
import { byPath, type TreeNode } from './tree.ts';

const file = (path: string, content: string, executable = false): TreeNode => ({
  path,
  kind: 'file',
  size: content.length,
  executable,
  content,
});
const link = (path: string, content: string): TreeNode => ({
  ...file(path, content),
  kind: 'link',
  size: 0,
});
const folder = (path: string): TreeNode => ({ ...link(path, ''), kind: 'directory' });

const compare = (before: TreeNode[], after: TreeNode[], limit = 1000) =>
  compareTrees(before.toSorted(byPath), after.toSorted(byPath), limit);

const brief = (before: TreeNode[], after: TreeNode[]): string[] =>
  compare(before, after).changes.map(
    ({ change, path, from, contentDiffers }) =>
      `${change} ${from === null ? '' : `${from} -> `}${path}${contentDiffers ? '' : ' (same content)'}`,
  );

describe('two trees', () => {
  it.each<[string, TreeNode[], TreeNode[], string[]]>([
    ['nothing', [file('a', '1')], [file('a', '1')], []],
    ['content', [file('a', '1')], [file('a', '2')], ['changed a']],
    ['the executable bit', [file('a', '1')], [file('a', '1', true)], ['changed a (same content)']],
    ['the target of a link', [link('a', 'x')], [link('a', 'y')], ['changed a']],
    ['a kind', [file('a', 'x')], [link('a', 'x')], ['changed a']],
    ['a file that came', [], [file('a', '1')], ['added a']],
    ['a file that went', [file('a', '1')], [], ['removed a']],
    ['a name', [file('a', '1')], [file('b', '1')], ['renamed a -> b (same content)']],
    ['the name of an empty file', [file('a', '')], [file('b', '')], ['removed a', 'added b']],
    ['a copy', [file('a', '1')], [file('a', '1'), file('b', '1')], ['added b']],
    [
      'one of two that are alike',
      [file('a', '1'), file('b', '1')],
      [file('c', '1')],
      ['removed b', 'renamed a -> c (same content)'],
    ],
    ['a folder with something in it', [], [folder('a'), file('a/b', '1')], ['added a/b']],
    ['an empty folder', [], [folder('a')], ['added a']],
    [
      'a folder where a file was',
      [file('a', '1')],
      [folder('a'), file('a/b', '2')],
      ['removed a', 'added a/b'],
    ],
    ['a name that is no text', [], [file('caf\xe9', '1')], ['added caf\\xe9']],
  ])('differ in %s', (_, before, after, expected) => {
    expect(brief(before, after)).toEqual(expected);
  });

  it('are counted whole when the list is cut', () => {
    const many = Array.from({ length: 50 }, (_, n) => file(`f${n}`, `${n}`));
    const { changes, counts } = compare([], many, 10);
    expect(changes).toHaveLength(10);
    expect(counts).toEqual({ added: 50, removed: 0, changed: 0, renamed: 0 });
  });

  const trees = fc
    .uniqueArray(
      fc.record({
        path: fc.string({ minLength: 1, maxLength: 2 }),
        content: fc.constantFrom('', '1', '2'),
      }),
      {
        selector: ({ path }) => path,
      },
    )
    .map((files) => files.map(({ path, content }) => file(path.replaceAll('/', '_'), content)))
    .filter((nodes) => new Set(nodes.map(({ path }) => path)).size === nodes.length);

  it('differ in exactly what leads from one to the other', () => {
    fc.assert(
      fc.property(trees, trees, (before, after) => {
        const rest = new Map(before.map((node) => [node.path, node.content]));
        const found = new Map(after.map((node) => [node.path, node.content]));
        const { changes } = compareShown(before, after);
        for (const { change, path, from } of changes) {
          if (change === 'removed') rest.delete(path);
          if (change === 'renamed') rest.delete(from!);
        }
        for (const { change, path } of changes) {
          if (change !== 'removed') rest.set(path, found.get(path)!);
        }
        expect(rest).toEqual(found);
      }),
    );
  });
});

/** With the bytes of paths in place of the text that people are shown. */
function compareShown(before: TreeNode[], after: TreeNode[]) {
  const hex = (node: TreeNode): TreeNode => ({
    ...node,
    path: Buffer.from(node.path).toString('hex'),
  });
  const text = (path: string): string => Buffer.from(path, 'hex').toString();
  const { changes } = compare(before.map(hex), after.map(hex));
  return {
    changes: changes.map(({ change, path, from }) => ({
      change,
      path: text(path),
      from: from === null ? null : text(from),
    })),
  };
}
