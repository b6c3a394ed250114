import { posix } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { showBytes, toBytes, type Bytes } from '../../snapshots/path-bytes.ts';
import { lastValue, readGitConfig } from './git-config.ts';
import { parseGitAddress, type GitAddress } from './git-url.ts';

/** A submodule as a commit names it. */
export interface Submodule {
  path: Bytes;
  commit: string;
  /** Where it is, or why it is not fetched. */
  address: GitAddress | string;
}

/**
 * Finds where the submodules of a commit are. What `.gitmodules` says is the word of whoever made
 * the commit: only https and ssh are followed, and local paths when the repository is one itself.
 */
export function submodulesOf(
  gitlinks: readonly { path: Bytes; commit: string }[],
  gitmodules: string | null,
  parent: string,
): Submodule[] {
  const settings = readGitConfig(gitmodules ?? '');
  return gitlinks.map(({ path, commit }) => {
    const name = settings.find(
      ({ section, key, value }) =>
        section === 'submodule' && key === 'path' && toBytes(value.replace(/\/+$/, '')) === path,
    )?.subsection;
    const url = name === undefined ? null : lastValue(settings, 'submodule', name, 'url');
    return { path, commit, address: url === null ? 'no address is given' : addressOf(url, parent) };
  });
}

function addressOf(url: string, parent: string): GitAddress | string {
  try {
    const isRelative = /^\.\.?\//.test(url) || url === '.' || url === '..';
    const isParentLocal = parseGitAddress(parent).kind === 'local';
    const address = parseGitAddress(isRelative ? beside(parent, url, isParentLocal) : url);
    if (address.kind === 'local' && !(isRelative && isParentLocal)) {
      return 'it names a path of this machine';
    }
    return address;
  } catch (error) {
    if (error instanceof AppError)
      return `${showBytes(toBytes(url)).slice(0, 200)}: ${error.message}`;
    throw error;
  }
}

/** A relative address goes on from that of the repository, as `git submodule` reads it. */
function beside(parent: string, url: string, isLocal: boolean): string {
  if (isLocal) return posix.join(parent, url);
  const [, start = '', path = ''] = /^(\w+:\/\/[^/]+|[^/:]*@?[^/:]+:)(.*)$/.exec(parent) ?? [];
  const joined = posix.join(path.startsWith('/') ? path : `/${path}`, url);
  // Climbing past the top of the server stays there; an scp path has no top of its own.
  return `${start}${start.endsWith(':') && !path.startsWith('/') ? joined.slice(1) : joined}`;
}
