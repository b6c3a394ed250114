import { AppError } from '../../shared/errors.ts';
import type { GitSource } from '../../shared/domain/job.ts';
import type { Control } from '../snapshots/snapshots.ts';
import type { GitSources } from '../sources/git/git-types.ts';
import { isLocalAddress, parseGitAddress } from '../sources/git/git-url.ts';
import { readLocalClone } from '../sources/git/local-clone.ts';
import type { RunSource } from '../tracked/run-source.ts';

type GitRun = Extract<RunSource, { kind: 'git' }>;

/**
 * The commit a run recorded, with its patch. The clone that the run's folder lies in comes first, when
 * it is one of the same remote: it needs no network, and has commits that were never pushed. A remote
 * that is a folder is read only if it is that clone: what a run says must not open other folders.
 * @throws AppError `E_SOURCE_REFUSED` for another folder; what fetching throws
 */
export async function freezeGitOfRun(
  git: GitSources,
  { remote, commit, patch }: GitRun,
  runFolder: string,
  control: Control,
): Promise<{ source: GitSource; notes: string[] }> {
  // A worker's buffers arrive as plain bytes.
  const text = patch && Buffer.from(patch).toString('utf8');
  const clone = await cloneOf(remote, runFolder);
  if (clone !== null) {
    const found = await fromClone(git, { address: clone, ref: commit, patch: text }, control);
    if (found) return { ...found, source: { ...found.source, remote } };
  }
  if (isLocalAddress(remote)) {
    throw new AppError('E_SOURCE_REFUSED', `The run's git remote is the folder ${remote}.`, {
      next: 'Import the runs from within that repository, or make the job from it (job create git).',
    });
  }
  return git.freeze({ address: remote, ref: commit, patch: text }, control);
}

async function cloneOf(remote: string, runFolder: string): Promise<string | null> {
  const clone = await readLocalClone(runFolder).catch(() => null);
  if (!clone) return null;
  const known = [clone.origin, clone.root].filter((address) => address !== null).map(plain);
  return known.includes(plain(remote)) ? clone.root : null;
}

/** Addresses that differ in what git takes for the same. */
function plain(address: string): string {
  try {
    return parseGitAddress(address).remote.replace(/(?:\.git)?\/*$/, '');
  } catch {
    return address;
  }
}

/** Null when the clone does not have the commit. */
async function fromClone(
  git: GitSources,
  request: { address: string; ref: string; patch: string | null },
  control: Control,
): Promise<{ source: GitSource; notes: string[] } | null> {
  try {
    return await git.freeze(request, control);
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('E_GIT_')) return null;
    throw error;
  }
}
