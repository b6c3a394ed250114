import { AppError, cancelled } from '../../../shared/errors.ts';
import type { GitSource } from '../../../shared/domain/job.ts';
import type { GitTree } from '../../snapshots/git-snapshots.ts';
import type { Control } from '../../snapshots/snapshots.ts';
import { findCommit, type Found } from './find-commit.ts';
import type {
  FrozenClone,
  FrozenGit,
  GitRequest,
  GitSources,
  GitSourcesOptions,
  ResolvedGit,
} from './git-types.ts';
import { refNotFound } from './resolve-ref.ts';
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
    const tree = await this.#take(found, control);
    const { resolved } = found;
    return { ...resolved, source: sourceOf(resolved, tree), submodules: [] };
  }

  freezeLocalClone(folder: string, control: Control): Promise<FrozenClone> {
    return Promise.reject(
      control.signal.aborted
        ? cancelled('Reading the clone')
        : new AppError('E_STATE', `Local clones cannot be taken yet: ${folder}`),
    );
  }

  async #take(found: Found, control: Control): Promise<GitTree> {
    const { snapshots } = this.#workshop.options;
    const { remote, commit } = found.resolved;
    const key = { key: JSON.stringify([remote, commit]), facts: '{}' };
    const known = await snapshots.gitTree(key.key);
    if (known) return known;
    return await this.#workshop.mending(found.mirror, control, async () => {
      await fetchFound(found, control);
      return snapshots.freezeGit(found.mirror.gitDir, found.resolved.commit, key, control);
    });
  }
}

/** A commit given by all its digits has not been looked for yet. */
async function fetchFound({ mirror, resolved }: Found, control: Control): Promise<void> {
  if (await mirror.fetchCommit(resolved.commit, control)) return;
  throw refNotFound(resolved.commit, await mirror.list(control), resolved.remote);
}

const sourceOf = ({ remote, ref, commit }: ResolvedGit, tree: GitTree): GitSource => ({
  kind: 'git',
  tree: tree.digest,
  files: tree.files,
  bytes: tree.bytes,
  remote,
  ref,
  commit,
  dirty: null,
});
