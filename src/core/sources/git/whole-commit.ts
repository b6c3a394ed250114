import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { Additions, FrozenCommit, GitKey, GitTree } from '../../snapshots/git-snapshots.ts';
import { showBytes, toBytes } from '../../snapshots/path-bytes.ts';
import type { Control } from '../../snapshots/snapshots.ts';
import { applyPatch } from './apply-patch.ts';
import type { TakenSubmodule } from './git-types.ts';
import { localAddress, type GitAddress } from './git-url.ts';
import { fetchLfs } from './lfs.ts';
import { readLocalClone } from './local-clone.ts';
import type { Mirror } from './mirror.ts';
import { submodulesOf, type Submodule } from './submodules.ts';
import type { Workshop } from './workshop.ts';

const MAX_DEPTH = 5;
const MAX_SUBMODULES = 100;

export interface CommitRequest {
  mirror: Mirror;
  commit: string;
  /** A diff on top of it. */
  patch?: string | null;
  /** The working tree of a clone: submodules are what is checked out there, and LFS is left alone. */
  clone?: string | null;
}

/** A commit with everything that belongs to it. */
export interface WholeTree extends GitTree {
  submodules: TakenSubmodule[];
  /** LFS files of the commit itself; empty when it was known before. */
  pointers: FrozenCommit['pointers'];
  notes: string[];
}

/** Takes commits together with their submodules and LFS files. */
export class WholeCommit {
  readonly #workshop: Workshop;
  #left = MAX_SUBMODULES;

  constructor(workshop: Workshop) {
    this.#workshop = workshop;
  }

  /** @throws AppError as `GitSources.freeze`; what belongs to the commit and cannot be had is a note */
  async take(request: CommitRequest, control: Control, depth = 0): Promise<WholeTree> {
    const key = keyOf(request);
    const known = await this.#workshop.options.snapshots.gitTree(key);
    if (known) {
      const { facts, ...tree } = known;
      return { ...tree, submodules: readFacts(facts), pointers: [], notes: [] };
    }
    return this.#workshop.mending(request.mirror, control, () =>
      this.#take(request, key, control, depth),
    );
  }

  async #take(
    request: CommitRequest,
    key: string,
    control: Control,
    depth: number,
  ): Promise<WholeTree> {
    const { mirror, commit } = request;
    if (!(await mirror.fetchCommit(commit, control))) throw new CommitNotFound(mirror, commit);
    const { snapshots } = this.#workshop.options;
    const treeish = await this.#treeish(request, control);
    const none = { key, facts: writeFacts([]) };
    const frozen = await snapshots.freezeGit(mirror.gitDir, treeish, none, control);
    const submodules = await this.#submodules(frozen, request, control, depth);
    const lfs = request.clone
      ? { files: [], notes: [] }
      : await fetchLfs(this.#workshop.git, mirror, commit, frozen.pointers, control);
    const notes = [...submodules.notes, ...lfs.notes];
    const additions = { submodules: submodules.trees, files: lfs.files };
    const whole = notes.length === 0 && !request.clone;
    const found = whole ? { key, facts: writeFacts(submodules.taken) } : null;
    const tree = await this.#compose(frozen, additions, found, control);
    return { ...tree, submodules: submodules.taken, pointers: frozen.pointers, notes };
  }

  async #treeish({ mirror, commit, patch }: CommitRequest, control: Control): Promise<string> {
    if (!patch?.trim()) return commit;
    return applyPatch(this.#workshop.git, mirror.gitDir, { commit, patch }, control);
  }

  async #compose(
    { digest, files, bytes }: FrozenCommit,
    additions: Additions,
    key: GitKey | null,
    control: Control,
  ): Promise<GitTree> {
    const isAll = additions.submodules.length === 0 && additions.files.length === 0;
    if (isAll) return { digest, files, bytes };
    return this.#workshop.options.snapshots.composeGit(digest, additions, key, control);
  }

  async #submodules(
    frozen: FrozenCommit,
    { mirror, clone }: CommitRequest,
    control: Control,
    depth: number,
  ): Promise<{ trees: Additions['submodules']; taken: TakenSubmodule[]; notes: string[] }> {
    const trees: Additions['submodules'] = [];
    const taken: TakenSubmodule[] = [];
    const notes: string[] = [];
    const parent = mirror.remote.address;
    for (const submodule of submodulesOf(frozen.submodules, frozen.gitmodules, parent)) {
      const found = clone
        ? await checkedOut(clone, submodule)
        : { address: submodule.address, root: null };
      if (!found) continue;
      const result = await this.#submodule({ ...submodule, ...found }, control, depth);
      if (typeof result === 'string') notes.push(result);
      else {
        trees.push({ path: submodule.path, tree: result.tree });
        taken.push(...result.taken);
        notes.push(...result.notes);
      }
    }
    return { trees, taken, notes };
  }

  /** A sentence when it is left out. */
  async #submodule(
    { path, commit, address, root }: Submodule & { root: string | null },
    control: Control,
    depth: number,
  ): Promise<string | { tree: string; taken: TakenSubmodule[]; notes: string[] }> {
    const shown = showBytes(path);
    const leftOut = (why: string): string => `The submodule ${shown} was left out: ${why}`;
    if (typeof address === 'string') return leftOut(address);
    if (depth >= MAX_DEPTH || this.#left-- <= 0) return leftOut('there are too many of them');
    try {
      const remote = await this.#workshop.remote({ ...address, login: null }, control.signal);
      const mirror = this.#workshop.mirror(remote);
      const whole = await this.take({ mirror, commit, clone: root }, control, depth + 1);
      const inner = whole.submodules.map((one) => ({ ...one, path: `${shown}/${one.path}` }));
      const taken = [{ path: shown, remote: remote.address, commit }, ...inner];
      return { tree: whole.digest, taken, notes: whole.notes.map((note) => `${shown}: ${note}`) };
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'E_CANCELLED') throw error;
      return leftOut(error.message);
    }
  }
}

/** A commit that its remote does not have, or does not hand out. */
export class CommitNotFound extends AppError {
  constructor(mirror: Mirror, commit: string) {
    super('E_GIT_REF_NOT_FOUND', `${mirror.remote.address} does not have the commit ${commit}.`, {
      next: 'It may never have been pushed, or was removed by a push that rewrote the history.',
    });
  }
}

/** The clone of a submodule in a working tree; null when it is not checked out. */
async function checkedOut(
  clone: string,
  { path }: Submodule,
): Promise<{ address: GitAddress; root: string } | null> {
  const folder = join(clone, showBytes(path));
  const found = toBytes(showBytes(path)) === path ? await readLocalClone(folder) : null;
  if (!found || found.root !== folder) return null;
  return { address: localAddress(folder), root: folder };
}

function keyOf({ mirror, commit, patch, clone }: CommitRequest): string {
  const changes = patch?.trim() ? createHash('sha256').update(patch).digest('hex') : '';
  return JSON.stringify([mirror.remote.address, commit, changes, clone ? 'clone' : '']);
}

const writeFacts = (submodules: TakenSubmodule[]): string => JSON.stringify({ submodules });

const readFacts = (facts: string): TakenSubmodule[] =>
  (JSON.parse(facts) as { submodules: TakenSubmodule[] }).submodules;
