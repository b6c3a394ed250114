import { lstatSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { LeftOut } from '../../shared/domain/snapshot.ts';
import type { Sqlite } from '../db/sqlite.ts';
import { fsPath, parentPath, type Bytes } from './path-bytes.ts';
import type { FileFacts } from './read-file.ts';
import type { Scan, Watched } from './scan.ts';
import type { WorkControl } from './work-control.ts';

/**
 * A time stamp this close to the look at it may not change when the file changes again: FAT counts
 * in steps of two seconds. Such entries are not trusted (git calls them racy).
 */
const RACY_MS = 2000;
const FACTS = 5;
const CHECK_EVERY = 256;
const REMEMBERED = 4;
const NO_ENTRY_OK = { throwIfNoEntry: false } as const;

/** What a change of a path means: `plain` files are read again, anything else asks for a new walk. */
const KINDS = { walk: 0, plain: 1, file: 2 } as const;

/** What was seen of a folder when its tree was taken. */
export interface StatIndex {
  tree: string;
  seenAt: number;
  paths: Bytes[];
  kinds: Uint8Array;
  /** Five numbers a path: inode, size, mode, mtime, ctime. */
  facts: Float64Array;
  leftOut: LeftOut[];
}

type Stored = Omit<StatIndex, 'tree' | 'seenAt' | 'paths'> & { paths: string };

/** True when nothing can have changed since the look without showing in the time stamps. */
export const isTrusted = (facts: FileFacts, seenAt: number): boolean =>
  Math.max(facts.mtimeMs, facts.ctimeMs) + RACY_MS <= seenAt;

/** The index of a walk. Files come in path order, as in the tree. */
export function indexOf(scan: Scan, tree: string): StatIndex {
  const files = scan.entries.filter(({ kind }) => kind === 'file');
  const all = [...scan.folders, ...scan.watched, ...files];
  const kinds = new Uint8Array(all.length);
  const facts = new Float64Array(all.length * FACTS);
  const firstFile = scan.folders.length + scan.watched.length;
  all.forEach((item, at) => putFacts(facts, at, item.facts));
  files.forEach((file, at) => {
    kinds[firstFile + at] = file.decisive ? KINDS.file : KINDS.plain;
  });
  const paths = all.map(({ path }) => path);
  return { tree, seenAt: scan.startedAt, paths, kinds, facts, leftOut: scan.leftOut };
}

const factsAt = ({ facts }: StatIndex, at: number): FileFacts => ({
  ino: facts[at * FACTS] ?? 0,
  size: facts[at * FACTS + 1] ?? 0,
  mode: facts[at * FACTS + 2] ?? 0,
  mtimeMs: facts[at * FACTS + 3] ?? 0,
  ctimeMs: facts[at * FACTS + 4] ?? 0,
});

/** What was seen of the files of the tree, in path order. */
export const treeFiles = (index: StatIndex): FileFacts[] =>
  index.paths.flatMap((_, at) => (index.kinds[at] === KINDS.walk ? [] : [factsAt(index, at)]));

/** The folders that hold some files, as they were seen. */
export function foldersOf(files: readonly { path: Bytes }[], index: StatIndex): Watched[] {
  const wanted = new Set(files.map(({ path }) => parentPath(path)));
  return index.paths.flatMap((path, at) =>
    index.kinds[at] === KINDS.walk && wanted.has(path) ? [{ path, facts: factsAt(index, at) }] : [],
  );
}

/** An index after some files were read again. */
export function updated(
  index: StatIndex,
  again: ReadonlyMap<number, FileFacts>,
  tree: string,
  seenAt: number,
): StatIndex {
  const facts = index.facts.slice();
  for (const [at, now] of again) putFacts(facts, at, now);
  return { ...index, tree, seenAt, facts };
}

function putFacts(facts: Float64Array, at: number, now: FileFacts): void {
  facts.set([now.ino, now.size, now.mode, now.mtimeMs, now.ctimeMs], at * FACTS);
}

/**
 * Looks at everything an index names, and at nothing else: a folder whose time stamps stand still
 * lists the same names. Returns the plain files to read again, by position and with what they are
 * now; null when the folder must be walked again.
 */
export async function recheck(
  root: Bytes,
  index: StatIndex,
  control: WorkControl,
): Promise<Map<number, FileFacts> | null> {
  const { paths, kinds, facts, seenAt } = index;
  const again = new Map<number, FileFacts>();
  const latest = seenAt - RACY_MS;
  for (let at = 0, f = 0; at < paths.length; at++, f += FACTS) {
    if (at % CHECK_EVERY === 0) await control.breathe();
    const path = paths[at] === '' ? root : `${root}/${paths[at]}`;
    const now = lstatSync(fsPath(path), NO_ENTRY_OK);
    if (!now) return null;
    const same =
      now.mtimeMs === facts[f + 3] &&
      now.ctimeMs === facts[f + 4] &&
      now.ino === facts[f] &&
      now.size === facts[f + 1] &&
      now.mode === facts[f + 2];
    if (same && now.mtimeMs <= latest && now.ctimeMs <= latest) continue;
    if (kinds[at] !== KINDS.plain || !now.isFile()) return null;
    again.set(at, now);
  }
  return again;
}

/** Indexes by folder and options; the last few stay in memory. */
export class IndexStore {
  readonly #head;
  readonly #read;
  readonly #write;
  readonly #recent = new Map<string, StatIndex>();

  constructor(db: Sqlite) {
    this.#head = db.prepare<[Buffer, string], { tree: string; seen_at: number }>(
      'SELECT lower(hex(tree)) AS tree, seen_at FROM folders WHERE path = ? AND options = ?',
    );
    this.#read = db
      .prepare<[Buffer, string], Buffer>('SELECT data FROM folders WHERE path = ? AND options = ?')
      .pluck();
    this.#write = db.prepare<[Buffer, string, Buffer, number, Buffer]>(
      'INSERT OR REPLACE INTO folders (path, options, tree, seen_at, data) VALUES (?, ?, ?, ?, ?)',
    );
  }

  load(root: Bytes, options: string): StatIndex | null {
    const path = Buffer.from(root, 'latin1');
    const head = this.#head.get(path, options);
    if (!head) return null;
    const recent = this.#recent.get(keyOf(root, options));
    if (recent?.seenAt === head.seen_at && recent.tree === head.tree) return recent;
    const data = this.#read.get(path, options);
    const index = data ? decode(data, head.tree, head.seen_at) : null;
    if (index) this.remember(root, options, index);
    return index;
  }

  write(root: Bytes, options: string, index: StatIndex): void {
    const { tree, seenAt, paths, kinds, facts, leftOut } = index;
    const stored: Stored = { paths: paths.join('\0'), kinds, facts, leftOut };
    const key = Buffer.from(root, 'latin1');
    this.#write.run(key, options, Buffer.from(tree, 'hex'), seenAt, serialize(stored));
  }

  /** Keeps an index that is stored at hand. */
  remember(root: Bytes, options: string, index: StatIndex): void {
    const key = keyOf(root, options);
    this.#recent.delete(key);
    this.#recent.set(key, index);
    const oldest = this.#recent.keys().next();
    if (this.#recent.size > REMEMBERED && !oldest.done) this.#recent.delete(oldest.value);
  }
}

const keyOf = (root: Bytes, options: string): string => `${root}\0${options}`;

function decode(data: Buffer, tree: string, seenAt: number): StatIndex | null {
  try {
    const stored = deserialize(data) as Stored;
    return { ...stored, tree, seenAt, paths: stored.paths.split('\0') };
  } catch {
    // Written by a runtime with another format: an index only saves time.
    return null;
  }
}
