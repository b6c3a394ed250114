import { AppError } from '../../../shared/errors.ts';
import { isFullCommit, isShortCommit } from './git-ref.ts';
import { nearNames } from '../../near-names.ts';
import type { RemoteRefs } from './remote-refs.ts';
import type { RefPath } from './web-url.ts';

/** What a ref stands for on its remote. */
export type Meaning =
  | { kind: 'commit'; commit: string; notes: string[] }
  /** Digits that only the history of the repository can complete. */
  | { kind: 'short'; digits: string };

/** Digits of a commit that are taken for the only one without a look at the whole history. */
const CERTAIN_DIGITS = 12;

/**
 * Finds what was asked for among the refs of a remote: a full commit before a branch before a tag
 * before a short commit; with no ref the branch that HEAD names, whatever it is called.
 * @throws AppError `E_GIT_EMPTY`, `E_GIT_REF_NOT_FOUND`
 */
export function meaningOf(ref: string | null, refs: RemoteRefs, remote: string): Meaning {
  if (refs.all.size === 0) throw empty(remote);
  if (ref === null || ref === 'HEAD') return headOf(refs, remote);
  if (isFullCommit(ref)) return full(ref.toLowerCase(), refs);
  const named = namedMeaning(ref, refs);
  if (named) return named;
  if (isShortCommit(ref)) return short(ref.toLowerCase(), refs);
  throw refNotFound(ref, refs, remote);
}

/** The first way to read a pasted address whose ref is there. */
export function readLink(candidates: readonly RefPath[], refs: RemoteRefs): RefPath | null {
  const isThere = ({ ref }: RefPath) => ref === 'HEAD' || namedMeaning(ref, refs) !== null;
  const commit = candidates.find(({ ref }) => isFullCommit(ref));
  return commit ?? candidates.find(isThere) ?? null;
}

const at = (commit: string, ...notes: string[]): Meaning => ({ kind: 'commit', commit, notes });

function headOf({ head, branches }: RemoteRefs, remote: string): Meaning {
  if (head) return at(head.commit);
  const [only] = branches.values();
  if (only !== undefined && branches.size === 1) return at(only);
  throw new AppError('E_GIT_REF_NOT_FOUND', `The default branch of ${remote} does not exist.`, {
    next: `Name a branch${some([...branches.keys()])}.`,
  });
}

function full(commit: string, { branches }: RemoteRefs): Meaning {
  if (!branches.has(commit)) return at(commit);
  return at(
    commit,
    `A branch is called ${commit} as well; the commit is taken. Write refs/heads/${commit} for the branch.`,
  );
}

function namedMeaning(ref: string, { branches, tags, all }: RemoteRefs): Meaning | null {
  const branch = branches.get(ref);
  const tag = tags.get(ref);
  if (branch !== undefined && tag !== undefined && branch !== tag) {
    return at(
      branch,
      `${ref} is a branch and a tag; the branch is taken. Write refs/tags/${ref} for the tag.`,
    );
  }
  const commit = branch ?? tag ?? all.get(ref) ?? all.get(`refs/${ref}`);
  return commit === undefined ? null : at(commit);
}

function short(digits: string, { all }: RemoteRefs): Meaning {
  const found = new Set([...all.values()].filter((commit) => commit.startsWith(digits)));
  const [only] = found;
  if (only !== undefined && found.size === 1 && digits.length >= CERTAIN_DIGITS) return at(only);
  return { kind: 'short', digits };
}

const some = (names: string[]): string =>
  names.length === 0 ? '' : `, for example ${names.slice(0, 5).join(', ')}`;

export const empty = (remote: string): AppError =>
  new AppError('E_GIT_EMPTY', `The repository ${remote} has no commits.`, {
    next: 'Push something to it first.',
  });

/** Names what is much like the ref that is not there. */
export function refNotFound(ref: string, refs: RemoteRefs, remote: string): AppError {
  const near = nearNames(ref, [...refs.branches.keys(), ...refs.tags.keys()]);
  const next =
    near.length > 0
      ? `Did you mean ${near.join(', ')}?`
      : `Check the name${some([...refs.branches.keys()])}.`;
  return new AppError('E_GIT_REF_NOT_FOUND', `${remote} has no branch, tag or commit ${ref}.`, {
    next,
  });
}
