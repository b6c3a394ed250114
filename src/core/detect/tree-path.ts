import { posix } from 'node:path';
import type { TreeEntry } from '../../shared/domain/snapshot.ts';
import { AppError } from '../../shared/errors.ts';

/** More links on one way are taken for a circle, as Linux does. */
const LINKS = 40;

/**
 * A path as a person writes it, from a folder of the tree, as the path from the root that it leads to
 * once links are followed. Nothing need be there; empty for the root. `what` begins the refusal.
 * @throws AppError `E_PATH_OUTSIDE` for what leaves the folder (or, by a link, the tree)
 */
export function resolveIn(
  entries: readonly TreeEntry[],
  folder: string,
  written: string,
  what: string,
): string {
  const plain = posix.normalize(written || '.').replace(/\/$/, '');
  // oxlint-disable-next-line no-control-regex -- what no path of a person holds
  const odd = /[\x00-\x1f\\]/.test(written) || /^(?:\/|[a-z]:|~)/i.test(written);
  if (odd || leaves(plain)) throw outside(what, written);
  const links = new Map(
    entries.flatMap(({ kind, path, content }) => (kind === 'link' ? [[path, content ?? '']] : [])),
  );
  const path = follow(links, posix.join(folder, plain));
  if (path === null) throw outside(what, written);
  return path;
}

const leaves = (path: string): boolean => path === '..' || path.startsWith('../');

/** Where a path leads once links are followed; null when out of the tree or in a circle. */
export function follow(links: ReadonlyMap<string, string>, path: string): string | null {
  let now = path;
  for (let count = 0; count <= LINKS; count += 1) {
    const parts = now === '.' ? [] : now.split('/');
    const depth = parts.findIndex((_, index) => links.has(parts.slice(0, index + 1).join('/')));
    if (depth < 0) return parts.join('/');
    const link = parts.slice(0, depth + 1).join('/');
    const target = links.get(link) ?? '';
    now = posix.join(posix.dirname(link), target, ...parts.slice(depth + 1)).replace(/\/$/, '');
    if (target.startsWith('/') || leaves(now)) return null;
  }
  return null;
}

const outside = (what: string, written: string): AppError =>
  new AppError('E_PATH_OUTSIDE', `${what} ${JSON.stringify(written)} leads out of the source.`, {
    next: 'Write a path inside of it, with forward slashes, such as jobs/train.',
  });
