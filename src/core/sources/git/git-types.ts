import type { GitSource } from '../../../shared/domain/job.ts';
import type { LeftOut } from '../../../shared/domain/snapshot.ts';
import type { GitSnapshots } from '../../snapshots/git-snapshots.ts';
import type { Control, Snapshots } from '../../snapshots/snapshots.ts';
import type { GitCredentials } from '../../secrets/credentials.ts';

export interface GitSourcesOptions {
  /** `git` in the data folder: the copies of repositories are kept there. Made when it is not there. */
  folder: string;
  /** The folder `resources`: it holds git-session.sh, git-askpass.sh and git-ssh.sh. */
  scripts: string;
  snapshots: Snapshots & GitSnapshots;
  /** Logins and key files by host. A login that stands in an address is put there. */
  credentials: Pick<GitCredentials, 'get' | 'set' | 'sshKey'>;
}

/** What a person asks for. */
export interface GitRequest {
  /** As typed or pasted: https, ssh, `user@host:path`, file://, a local path, or the page of a web site. */
  address: string;
  /** Branch, tag, full or short commit; null or absent for what the address says, else the default branch. */
  ref?: string | null;
  /** A unified diff (as `git diff` makes it) on top of the commit. */
  patch?: string | null;
}

/** What a request stands for at the moment. */
export interface ResolvedGit {
  /** Address without password; the absolute path when it is a local one. */
  remote: string;
  /** The branch, tag or commit asked for; null for the default branch. */
  ref: string | null;
  /** 40 hex digits. */
  commit: string;
  /** The folder within the repository that a pasted address points at; null for its root. */
  context: string | null;
  /** The file that a pasted address points at, from the root of the repository. */
  file: string | null;
  /** What the person should know. */
  notes: string[];
}

/** Another repository that is part of the tree, by the folder it is in. */
export interface TakenSubmodule {
  path: string;
  remote: string;
  commit: string;
}

export interface FrozenGit extends ResolvedGit {
  source: GitSource;
  submodules: TakenSubmodule[];
}

/** A local clone as it is now. */
export interface FrozenClone {
  source: GitSource;
  /** The branch that is checked out; null when it is none. */
  branch: string | null;
  /** The top folder of the clone. */
  root: string;
  /** The folder that was given, from the top of the clone; null for the top itself. */
  context: string | null;
  leftOut: LeftOut[];
  notes: string[];
}

/** Code from git repositories: found, fetched into copies of our own, and frozen without a checkout. */
export interface GitSources {
  /** The version of the git program, `2.39.5`. @throws AppError `E_GIT_MISSING` */
  version(control: Control): Promise<string>;
  /**
   * Finds the commit a request stands for; asks the remote unless a full commit is given.
   * @throws AppError `E_GIT_...`, `E_SSH_...`, `E_CANCELLED`
   */
  resolve(request: GitRequest, control: Control): Promise<ResolvedGit>;
  /**
   * Finds, fetches and freezes. A full commit that was taken before needs neither network nor git.
   * @throws AppError as {@link resolve}; `E_GIT_TOO_BIG`, `E_GIT_TREE`, `E_GIT_PATCH`
   */
  freeze(request: GitRequest, control: Control): Promise<FrozenGit>;
  /**
   * Freezes the working tree of a clone, beside the commit it is based on. git is not run in it. A
   * bare repository, which has none, is taken at its default branch.
   * @throws AppError `E_GIT_NOT_FOUND` when the folder is in no clone
   */
  freezeLocalClone(folder: string, control: Control): Promise<FrozenClone>;
}
