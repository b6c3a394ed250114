import type { LeftOut } from '../../shared/domain/snapshot.ts';
import type { Bytes } from './path-bytes.ts';
import type { Control } from './snapshots.ts';

/** A tree in the store. */
export interface GitTree {
  /** SHA-256 of the tree, 64 hex digits. */
  digest: string;
  files: number;
  bytes: number;
}

/** A file of a commit that stands for one that is kept elsewhere (git LFS). */
export interface LfsPointer {
  path: Bytes;
  /** SHA-256 of the file itself, 64 hex digits. */
  oid: string;
  size: number;
}

/** Under which name a tree is found again, with what is wanted to be known of it then. */
export interface GitKey {
  key: string;
  facts: string;
}

/** What a commit holds. Where other repositories belong there is an empty folder. */
export interface FrozenCommit extends GitTree {
  submodules: { path: Bytes; commit: string }[];
  /** `stored` says that the store has the file itself already. */
  pointers: (LfsPointer & { stored: boolean })[];
  /** The text of `.gitmodules`; null when there is none. */
  gitmodules: string | null;
}

/** What is put into the tree of a commit. */
export interface Additions {
  /** Trees in the store, and the folders they are put at. */
  submodules: { path: Bytes; tree: string }[];
  /** Files on disk that are put in the place of pointers; those the store has are not looked at. */
  files: (LfsPointer & { file: string })[];
}

/** What the folder of a clone holds. */
export interface FrozenClone extends GitTree {
  /** True when that is not what its commit holds. Line ends and fetched LFS files make no difference. */
  isDirty: boolean;
  /** Paths that the commit does not have. */
  untracked: string[];
  leftOut: LeftOut[];
}

/** Snapshots of what is in our own git repositories, read without a checkout. */
export interface GitSnapshots {
  /** The tree stored under a key, with its facts; null when there is none. */
  gitTree(key: string): Promise<(GitTree & { facts: string }) | null>;
  /**
   * Takes a commit (or a tree) from a repository of ours. Content seen in any commit before is not
   * read again. When nothing is missing from it, it is found under `key` from then on.
   * @throws AppError `E_GIT_TREE`, `E_GIT_TOO_BIG`, `E_GIT_DAMAGED`, `E_GIT_MISSING`
   */
  freezeGit(
    gitDir: string,
    commit: string,
    key: GitKey | null,
    control: Control,
  ): Promise<FrozenCommit>;
  /** Puts submodules and files into the tree of a commit, to be found under `key` if one is given. */
  composeGit(
    base: string,
    additions: Additions,
    key: GitKey | null,
    control: Control,
  ): Promise<GitTree>;
  /**
   * Takes the folder of a clone, with everything that its commit holds, and compares the two.
   * `base` is the tree of the commit.
   */
  freezeClone(
    folder: string,
    base: string,
    pointers: LfsPointer[],
    control: Control,
  ): Promise<FrozenClone>;
}
