import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Additions, FrozenCommit, LfsPointer } from '../../snapshots/git-snapshots.ts';
import { showBytes } from '../../snapshots/path-bytes.ts';
import type { Control } from '../../snapshots/snapshots.ts';
import { ownWords } from './git-errors.ts';
import type { Mirror } from './mirror.ts';
import type { GitRunner } from './run-git.ts';

const NAMED = 5;

export interface FetchedFiles {
  files: Additions['files'];
  notes: string[];
}

/**
 * Gets the files that the pointers of a commit stand for: those the store has, those that lie beside
 * a local repository, the rest with git-lfs into our own mirror. What cannot be had is told.
 */
export async function fetchLfs(
  git: GitRunner,
  mirror: Mirror,
  commit: string,
  pointers: FrozenCommit['pointers'],
  control: Control,
): Promise<FetchedFiles> {
  const folders = objectFolders(mirror);
  const isHere = (pointer: FrozenCommit['pointers'][number]): boolean =>
    pointer.stored || fileOf(folders, pointer) !== null;
  const why = pointers.every(isHere) ? null : await download(git, mirror, commit, control);
  const files = pointers.flatMap((pointer) => {
    const file = pointer.stored ? '' : fileOf(folders, pointer);
    return file === null ? [] : [{ ...pointer, file }];
  });
  const missing = pointers.filter((pointer) => !isHere(pointer));
  return { files, notes: missing.length > 0 ? [noteOn(missing, why)] : [] };
}

/** Where git-lfs keeps files, in our mirror and in a local repository. */
function objectFolders({ gitDir, remote }: Mirror): string[] {
  const local = remote.reach.transport === 'file' ? [remote.url, join(remote.url, '.git')] : [];
  return [gitDir, ...local].map((folder) => join(folder, 'lfs', 'objects'));
}

function fileOf(folders: readonly string[], { oid }: LfsPointer): string | null {
  const paths = folders.map((folder) => join(folder, oid.slice(0, 2), oid.slice(2, 4), oid));
  return paths.find((path) => existsSync(path)) ?? null;
}

/** Null when git-lfs did its work, else why not. The remote is the one we name, whatever the commit says. */
async function download(
  git: GitRunner,
  { gitDir, remote }: Mirror,
  commit: string,
  control: Control,
): Promise<string | null> {
  if (remote.reach.transport === 'file') return 'they are not in the repository either';
  const version = await git.run({ args: ['lfs', 'version'], gitDir }, control);
  if (version.status !== 0) return 'git-lfs is not installed';
  const settings = ['-c', `remote.origin.url=${remote.url}`, '-c', 'lfs.fetchrecentalways=false'];
  const args = [...settings, 'lfs', 'fetch', 'origin', commit];
  const env = { GIT_LFS_FORCE_PROGRESS: '1' };
  const result = await git.run({ args, gitDir, reach: remote.reach, env }, control);
  if (result.status === 0) return null;
  return `git-lfs could not fetch them (${ownWords(result.stderr).split('\n')[0] ?? ''})`;
}

function noteOn(missing: readonly LfsPointer[], why: string | null): string {
  const named = missing.slice(0, NAMED).map(({ path }) => showBytes(path));
  const more = missing.length - named.length;
  const list = more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
  const count = missing.length === 1 ? '1 file is' : `${missing.length} files are`;
  return `${count} only a git LFS pointer, since ${why ?? 'the server does not have what it stands for'}: ${list}`;
}
