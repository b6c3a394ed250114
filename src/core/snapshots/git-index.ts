import type { Sqlite } from '../db/sqlite.ts';
import type { GitTree } from './git-snapshots.ts';
import type { TreeStore } from './tree-store.ts';

/** What is known of a blob of git: it is read once, whatever commit it turns up in. */
export interface KnownBlob {
  /** SHA-256 of its content, 64 hex digits. */
  sha: string;
  size: number;
  /** True when it stands for a file that is kept elsewhere (git LFS). */
  pointer: boolean;
}

/** A commit that was taken before. */
export interface KnownCommit {
  /** SHA-256 of its tree in the store, 64 hex digits. */
  tree: string;
  /** What the one who took it wants to know again. */
  facts: string;
}

/** Remembers, for what came from git, where it is in the store. */
export class GitIndex {
  readonly #read;
  readonly #write;
  readonly #tree;
  readonly #addTree;
  readonly #db: Sqlite;

  constructor(db: Sqlite) {
    this.#db = db;
    this.#read = db.prepare<[Buffer], { sha: string; size: number; pointer: number }>(
      'SELECT lower(hex(sha)) AS sha, size, pointer FROM git_blobs WHERE oid = ?',
    );
    this.#write = db.prepare<[Buffer, Buffer, number, number]>(
      'INSERT OR REPLACE INTO git_blobs (oid, sha, size, pointer) VALUES (?, ?, ?, ?)',
    );
    this.#tree = db.prepare<[string], KnownCommit>(
      'SELECT lower(hex(tree)) AS tree, facts FROM git_trees WHERE key = ?',
    );
    this.#addTree = db.prepare<[string, Buffer, string]>(
      'INSERT OR REPLACE INTO git_trees (key, tree, facts) VALUES (?, ?, ?)',
    );
  }

  blob(oid: string): KnownBlob | null {
    const row = this.#read.get(Buffer.from(oid, 'hex'));
    return row ? { ...row, pointer: row.pointer === 1 } : null;
  }

  addBlob(oid: string, { sha, size, pointer }: KnownBlob): void {
    this.#write.run(Buffer.from(oid, 'hex'), Buffer.from(sha, 'hex'), size, pointer ? 1 : 0);
  }

  /** What was made for a key before, if it is still there. */
  commit(key: string): KnownCommit | null {
    return this.#tree.get(key) ?? null;
  }

  /** Addresses of the repositories that trees, or the submodules in them, came from. */
  remotesOf(trees: readonly string[]): string[] {
    const wanted = new Set(trees);
    const all = this.#db
      .prepare<[], { key: string; tree: string; facts: string }>(
        'SELECT key, lower(hex(tree)) AS tree, facts FROM git_trees',
      )
      .all();
    const known = all.filter(({ tree }) => wanted.has(tree));
    return [...new Set(known.flatMap(remotesIn))];
  }

  addCommit(key: string, { tree, facts }: KnownCommit): void {
    this.#addTree.run(key, Buffer.from(tree, 'hex'), facts);
  }
}

/** See `GitSnapshots.gitTree`. */
export function gitTree(
  { git, trees }: { git: GitIndex; trees: TreeStore },
  key: string,
): (GitTree & { facts: string }) | null {
  const known = git.commit(key);
  if (!known) return null;
  return { digest: known.tree, ...trees.totals(known.tree), facts: known.facts };
}

/** Its own, and those of its submodules (`core/sources/git/whole-commit.ts` writes both). */
function remotesIn({ key, facts }: { key: string; facts: string }): string[] {
  const [own] = JSON.parse(key) as [string];
  const { submodules = [] } = JSON.parse(facts) as { submodules?: { remote: string }[] };
  return [own, ...submodules.map(({ remote }) => remote)];
}
