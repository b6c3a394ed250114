import { AppError } from '../../../shared/errors.ts';

/** What a remote has on offer. */
export interface RemoteRefs {
  /** The branch HEAD names, and the commit it is at; null when HEAD leads nowhere. */
  head: { branch: string | null; commit: string } | null;
  /** Names without `refs/heads/`, with their commits. */
  branches: ReadonlyMap<string, string>;
  /** Names without `refs/tags/`, with the commits (not the tag objects) they stand for. */
  tags: ReadonlyMap<string, string>;
  /** Every ref by its full name, with the commit it stands for. */
  all: ReadonlyMap<string, string>;
}

const LINE = /^([0-9a-f]+)\t(.+)$/;
const SYMREF = /^ref: refs\/heads\/(.+)\tHEAD$/;

/** Reads the output of `git ls-remote --symref`. */
export function readRemoteRefs(output: string): RemoteRefs {
  const all = new Map<string, string>();
  let branch: string | null = null;
  for (const line of output.split('\n')) {
    const symref = SYMREF.exec(line);
    if (symref) branch = symref[1] ?? null;
    const [, commit = '', name = ''] = LINE.exec(line) ?? [];
    if (commit.length > 40) throw foreign();
    // `name^{}` follows the tag object `name`: it is what the tag is of.
    if (commit) all.set(name.replace(/\^\{\}$/, ''), commit);
  }
  const commit = all.get('HEAD');
  const head = commit === undefined ? null : { branch, commit };
  return { head, branches: below(all, 'refs/heads/'), tags: below(all, 'refs/tags/'), all };
}

const below = (all: ReadonlyMap<string, string>, prefix: string): Map<string, string> =>
  new Map(
    [...all].flatMap(([name, commit]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), commit] as const] : [],
    ),
  );

const foreign = (): AppError =>
  new AppError('E_GIT', 'The repository counts in SHA-256, which is not supported.', {
    next: 'Use a clone of it in a folder instead.',
  });
