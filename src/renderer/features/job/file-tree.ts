import type { TreeEntry } from '../../../shared/domain/snapshot.ts';

/** A line of a tree of files. */
export interface TreeRow {
  path: string;
  name: string;
  depth: number;
  /** Null for a folder. */
  entry: TreeEntry | null;
  /** Files below a folder. */
  files: number;
  /** Bytes below a folder, or of the file. */
  bytes: number;
}

interface Folder {
  folders: Map<string, Folder>;
  entries: TreeEntry[];
  files: number;
  bytes: number;
}

const newFolder = (): Folder => ({ folders: new Map(), entries: [], files: 0, bytes: 0 });

function folderAt(root: Folder, parts: readonly string[], size: number): Folder {
  let at = root;
  for (const part of parts) {
    const next = at.folders.get(part) ?? newFolder();
    at.folders.set(part, next);
    next.files += 1;
    next.bytes += size;
    at = next;
  }
  return at;
}

/** Files and links in their folders. Folders that hold nothing are shown as well. */
function treeOf(entries: readonly TreeEntry[]): Folder {
  const root = newFolder();
  for (const entry of entries) {
    const parts = entry.path.split('/');
    if (entry.kind === 'directory') continue;
    folderAt(root, parts.slice(0, -1), entry.size).entries.push(entry);
  }
  return root;
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function* rowsIn(folder: Folder, above: string, depth: number, closed: ReadonlySet<string>) {
  const names = [...folder.folders.keys()].toSorted();
  for (const name of names) {
    const own = folder.folders.get(name)!;
    const path = above + name;
    const { files, bytes } = own;
    yield { path, name, depth, entry: null, files, bytes } satisfies TreeRow;
    if (!closed.has(path)) yield* inner(own, `${path}/`, depth + 1, closed);
  }
  for (const entry of folder.entries) {
    const { path, size } = entry;
    yield { path, name: lastPart(path), depth, entry, files: 1, bytes: size } satisfies TreeRow;
  }
}

// A generator that calls itself has no type that could be found out.
const inner: (...args: Parameters<typeof rowsIn>) => Generator<TreeRow> = rowsIn;

/** The lines to show: folders first, each with what is in it unless it is closed. */
export const treeRows = (
  entries: readonly TreeEntry[],
  closed: ReadonlySet<string>,
): readonly TreeRow[] => [...rowsIn(treeOf(entries), '', 0, closed)];

/** Files whose path has all of the words, without their folders. */
export function foundRows(entries: readonly TreeEntry[], filter: string): readonly TreeRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return entries
    .filter(({ path, kind }) => {
      const lower = path.toLowerCase();
      return kind !== 'directory' && words.every((word) => lower.includes(word));
    })
    .map((entry) => ({
      ...{ path: entry.path, name: entry.path, depth: 0, entry },
      ...{ files: 1, bytes: entry.size },
    }));
}

/** Folders that are closed at first where a tree is large: those below the top. */
export function closedAtFirst(entries: readonly TreeEntry[], most: number): ReadonlySet<string> {
  if (entries.length <= most) return new Set();
  return new Set(
    entries.flatMap(({ path, kind }) => {
      const parts = path.split('/');
      const folders = kind === 'directory' ? parts.length : parts.length - 1;
      return Array.from({ length: folders }, (_, i) => parts.slice(0, i + 1).join('/'));
    }),
  );
}
