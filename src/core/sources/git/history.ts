import { rm } from 'node:fs/promises';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import type { Control } from '../../snapshots/snapshots.ts';
import { initRepository, type Mirror } from './mirror.ts';
import { withLock } from './mirror-lock.ts';
import type { GitRunner } from './run-git.ts';

/**
 * Completes the first digits of a commit. Only the history can: its commits, without any files where
 * the server can leave those out, are kept beside the mirror for the next time.
 * @returns null when no commit begins so
 * @throws AppError `E_GIT_REF_AMBIGUOUS`
 */
export async function completeCommit(
  git: GitRunner,
  mirror: Mirror,
  digits: string,
  control: Control,
): Promise<string | null> {
  const gitDir = mirror.gitDir.replace(/\.git$/, '.history.git');
  return withLock(`${gitDir}.lock`, control.signal, async () => {
    await initRepository(git, gitDir, control);
    await update(git, gitDir, mirror, control);
    const commits = await commitsLike(git, gitDir, mirror, digits, control);
    if (commits.length > 1) throw ambiguous(digits, commits);
    return commits[0] ?? null;
  });
}

async function update(
  git: GitRunner,
  gitDir: string,
  mirror: Mirror,
  control: Control,
): Promise<void> {
  const { url, reach } = mirror.remote;
  const options = ['--progress', '--no-recurse-submodules', '--prune', '--filter=tree:0'];
  const refs = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'];
  const args = ['fetch', ...options, '--', url, ...refs];
  const result = await git.run({ args, gitDir, reach }, control);
  if (result.status !== 0) throw await discarded(gitDir, mirror.error(result));
}

/** A history with something wrong in it is made anew the next time. */
async function discarded(gitDir: string, error: AppError): Promise<AppError> {
  if (!AWAY.has(error.code)) await rm(gitDir, { recursive: true, force: true });
  return error;
}

/** The history itself is as good as ever. */
const AWAY: ReadonlySet<ErrorCode> = new Set([
  'E_GIT_NETWORK',
  'E_GIT_TIMEOUT',
  'E_GIT_AUTH',
  'E_GIT_NOT_FOUND',
  'E_SSH_HOSTKEY',
]);

async function commitsLike(
  git: GitRunner,
  gitDir: string,
  mirror: Mirror,
  digits: string,
  control: Control,
): Promise<string[]> {
  const result = await git.run({ args: ['rev-list', '--all'], gitDir }, control);
  if (result.status !== 0) throw await discarded(gitDir, mirror.error(result));
  return result.stdout.split('\n').filter((commit) => commit.startsWith(digits));
}

const ambiguous = (digits: string, commits: string[]): AppError =>
  new AppError('E_GIT_REF_AMBIGUOUS', `${commits.length} commits begin with ${digits}.`, {
    next: `Give more digits: ${commits
      .slice(0, 5)
      .map((commit) => commit.slice(0, digits.length + 4))
      .join(', ')}.`,
  });
