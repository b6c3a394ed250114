import type { FileChange, TreeComparison } from '../../shared/domain/comparison.ts';
import { parentPath, showBytes, type Bytes } from './path-bytes.ts';
import type { TreeNode } from './tree.ts';

type Side = NonNullable<FileChange['before']>;

/** A path in one tree or both; at least one of them is there. */
interface Pair {
  before: TreeNode | null;
  after: TreeNode | null;
}

/**
 * What differs between two trees, in path order; `limit` bounds the list, not the counts. A file that
 * went and one that came with the same content are one that was renamed. Takes time in proportion to
 * the entries.
 */
export function compareTrees(
  before: readonly TreeNode[],
  after: readonly TreeNode[],
  limit: number,
): TreeComparison {
  const differing = withRenames([...differences(plain(before), plain(after))]);
  const counts = { added: 0, removed: 0, changed: 0, renamed: 0 };
  const changes = differing.map(toChange);
  for (const { change } of changes) counts[change]++;
  return { changes: changes.slice(0, limit), counts };
}

/** Without the folders that hold something: what they hold tells of them. */
function plain(nodes: readonly TreeNode[]): TreeNode[] {
  const parents = new Set(nodes.map(({ path }) => parentPath(path)));
  return nodes.filter(({ kind, path }) => kind !== 'directory' || !parents.has(path));
}

function* differences(before: readonly TreeNode[], after: readonly TreeNode[]): Generator<Pair> {
  let a = 0;
  let b = 0;
  while (a < before.length || b < after.length) {
    const old = before[a] ?? null;
    const now = after[b] ?? null;
    if (old && (!now || old.path < now.path)) {
      a++;
      yield { before: old, after: null };
    } else if (now && (!old || now.path < old.path)) {
      b++;
      yield { before: null, after: now };
    } else {
      a++;
      b++;
      if (old && now && !isSame(old, now)) yield { before: old, after: now };
    }
  }
}

const isSame = (a: TreeNode, b: TreeNode): boolean =>
  a.kind === b.kind && a.content === b.content && a.executable === b.executable;

/** Empty files are alike without being related. */
const mayMove = (node: TreeNode | null): node is TreeNode => node?.kind === 'file' && node.size > 0;

/** Joins each file that came with one of the same content that went, if any is left. */
function withRenames(pairs: readonly Pair[]): Pair[] {
  const gone = new Map<string, Pair[]>();
  for (const pair of pairs) {
    if (pair.after || !mayMove(pair.before)) continue;
    const same = gone.get(pair.before.content);
    if (same) same.push(pair);
    else gone.set(pair.before.content, [pair]);
  }
  for (const same of gone.values()) same.reverse();
  const moved = new Set<Pair>();
  const joined = pairs.map((pair) => {
    const origin = !pair.before && mayMove(pair.after) ? gone.get(pair.after.content)?.pop() : null;
    if (!origin) return pair;
    moved.add(origin);
    return { before: origin.before, after: pair.after };
  });
  return joined.filter((pair) => !moved.has(pair));
}

function toChange({ before, after }: Pair): FileChange {
  const path = (after ?? before)?.path ?? '';
  const from = before && after && before.path !== after.path ? before.path : null;
  return {
    change: !before ? 'added' : !after ? 'removed' : from === null ? 'changed' : 'renamed',
    path: showBytes(path),
    from: shown(from),
    before: before && sideOf(before),
    after: after && sideOf(after),
    contentDiffers: before?.kind !== after?.kind || before?.content !== after?.content,
  };
}

const shown = (path: Bytes | null): string | null => (path === null ? null : showBytes(path));

const sideOf = ({ kind, size, executable, content }: TreeNode): Side => ({
  kind,
  size,
  executable,
  target: kind === 'link' ? showBytes(content) : null,
});
