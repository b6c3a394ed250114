import { resolve } from 'node:path';
import type { GitSource } from '../../../shared/domain/job.ts';
import type { Control } from '../../snapshots/snapshots.ts';
import { findCommit, type Found } from './find-commit.ts';
import { freezeLocal } from './freeze-local.ts';
import type {
  FrozenClone,
  FrozenGit,
  GitRequest,
  GitSources,
  GitSourcesOptions,
  ResolvedGit,
} from './git-types.ts';
import { checkRef, isFullCommit } from './git-ref.ts';
import { isBareRepository } from './local-clone.ts';
import { refNotFound } from './resolve-ref.ts';
import { CommitNotFound, WholeCommit, type WholeTree } from './whole-commit.ts';
import { Workshop } from './workshop.ts';

export type { GitSources } from './git-types.ts';

/** Nothing is started or read before the first request. */
export const createGitSources = (options: GitSourcesOptions): GitSources => new Service(options);

class Service implements GitSources {
  readonly #workshop: Workshop;

  constructor(options: GitSourcesOptions) {
    this.#workshop = new Workshop(options);
  }

  version(control: Control): Promise<string> {
    return this.#workshop.version(control);
  }

  async resolve(request: GitRequest, control: Control): Promise<ResolvedGit> {
    const { resolved } = await findCommit(this.#workshop, request, control);
    return resolved;
  }

  async freeze(request: GitRequest, control: Control): Promise<FrozenGit> {
    const found = await findCommit(this.#workshop, request, control);
    try {
      return await this.#freeze(found, request.patch ?? null, control);
    } catch (error) {
      if (!(error instanceof CommitNotFound)) throw error;
      const other = await this.#branchCalledSo(found, error, control);
      return await this.#freeze(other, request.patch ?? null, control);
    }
  }

  async freezeLocalClone(folder: string, control: Control): Promise<FrozenClone> {
    if (await isBareRepository(folder)) {
      const { source, notes } = await this.freeze({ address: resolve(folder) }, control);
      return { source, notes, branch: null, root: source.remote, context: null, leftOut: [] };
    }
    return freezeLocal(this.#workshop, new WholeCommit(this.#workshop), folder, control);
  }

  async #freeze(found: Found, patch: string | null, control: Control): Promise<FrozenGit> {
    const { mirror, resolved } = found;
    const { commit } = resolved;
    // Each counts its submodules anew.
    const take = (changes: string | null) =>
      new WholeCommit(this.#workshop).take({ mirror, commit, patch: changes }, control);
    const base = await take(null);
    const tree = patch?.trim() ? await take(patch) : base;
    return {
      ...resolved,
      source: sourceOf(resolved, tree, base),
      submodules: tree.submodules,
      notes: [...resolved.notes, ...tree.notes],
    };
  }

  /** 40 digits mean a commit; when there is none, a branch or tag may be called so. */
  async #branchCalledSo(found: Found, error: CommitNotFound, control: Control): Promise<Found> {
    const { mirror, resolved } = found;
    const ref = resolved.ref ?? '';
    if (!isFullCommit(ref)) throw error;
    const refs = await mirror.list(control);
    const commit = refs.branches.get(checkRef(ref)) ?? refs.tags.get(ref);
    if (commit === undefined) throw refNotFound(ref, refs, resolved.remote);
    const note = `There is no commit ${ref}; the branch or tag of that name is taken.`;
    return { mirror, resolved: { ...resolved, commit, notes: [...resolved.notes, note] } };
  }
}

const sourceOf = (
  { remote, ref, commit }: ResolvedGit,
  tree: WholeTree,
  base: WholeTree,
): GitSource => ({
  kind: 'git',
  tree: tree.digest,
  files: tree.files,
  bytes: tree.bytes,
  remote,
  ref,
  commit,
  dirty: tree.digest === base.digest ? null : { base: base.digest, untracked: [] },
});
