import { AppError } from '../../../shared/errors.ts';
import type { Control } from '../../snapshots/snapshots.ts';
import type { FrozenClone } from './git-types.ts';
import { localAddress } from './git-url.ts';
import { readLocalClone, type LocalClone } from './local-clone.ts';
import { empty } from './resolve-ref.ts';
import type { WholeCommit } from './whole-commit.ts';
import type { Workshop } from './workshop.ts';

/** See `GitSources.freezeLocalClone`. */
export async function freezeLocal(
  workshop: Workshop,
  whole: WholeCommit,
  folder: string,
  control: Control,
): Promise<FrozenClone> {
  const clone = await readLocalClone(folder);
  if (!clone) throw notAClone(folder);
  const { root, commit } = clone;
  if (commit === null) throw empty(root);
  const remote = await workshop.remote(localAddress(root), control.signal);
  const base = await whole.take({ mirror: workshop.mirror(remote), commit, clone: root }, control);
  const taken = await workshop.options.snapshots.freezeClone(
    root,
    base.digest,
    base.pointers,
    control,
  );
  const { digest, files, bytes, isDirty, untracked, leftOut } = taken;
  return {
    source: {
      kind: 'git',
      tree: digest,
      files,
      bytes,
      remote: clone.origin ?? root,
      ref: clone.branch,
      commit,
      dirty: isDirty ? { base: base.digest, untracked } : null,
    },
    branch: clone.branch,
    root,
    context: clone.inside || null,
    leftOut,
    notes: [...notesOn(clone, isDirty, untracked.length), ...base.notes],
  };
}

function notesOn({ origin }: LocalClone, isDirty: boolean, untracked: number): string[] {
  const changes = untracked > 0 ? `changes and ${untracked} files git does not track` : 'changes';
  return [
    ...(isDirty
      ? [`The clone has ${changes} that are not committed: they are kept with the version.`]
      : []),
    ...(origin === null
      ? ['The clone has no remote called origin: its path is kept instead.']
      : []),
  ];
}

const notAClone = (folder: string): AppError =>
  new AppError('E_GIT_NOT_FOUND', `${folder} is in no working tree of a git repository.`, {
    next: 'Take it as a plain folder, or give the address of a repository.',
  });
