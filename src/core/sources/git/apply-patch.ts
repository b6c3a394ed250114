import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { Control } from '../../snapshots/snapshots.ts';
import { ownWords, type GitResult } from './git-errors.ts';
import type { GitRunner } from './run-git.ts';

/**
 * Applies a diff to a commit within our own repository: in an index of its own, without a checkout.
 * @returns the git tree that comes of it, 40 hex digits
 * @throws AppError `E_GIT_PATCH`
 */
export async function applyPatch(
  git: GitRunner,
  gitDir: string,
  { commit, patch }: { commit: string; patch: string },
  control: Control,
): Promise<string> {
  const folder = await mkdtemp(join(gitDir, 'slipway-'));
  try {
    const file = join(folder, 'diff.patch');
    await writeFile(file, patch.endsWith('\n') ? patch : `${patch}\n`);
    const env = { GIT_INDEX_FILE: join(folder, 'index') };
    const run = (...args: string[]): Promise<GitResult> =>
      git.run({ args, gitDir, env }, control).then(checked);
    await run('read-tree', commit);
    await run('apply', '--cached', '--whitespace=nowarn', '--', file);
    return (await run('write-tree')).stdout.trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function checked(result: GitResult): GitResult {
  if (result.status === 0) return result;
  throw new AppError('E_GIT_PATCH', 'The changes that were kept beside the commit do not fit it.', {
    next: 'Check that they were made on this commit, with git diff HEAD --binary.',
    detail: ownWords(result.stderr),
  });
}
