import type { GitSource, Source } from '../../shared/domain/job.ts';
import type { LeftOut } from '../../shared/domain/snapshot.ts';
import type { Engine } from '../engines/engine.ts';
import type { Control, Snapshots } from '../snapshots/snapshots.ts';
import type { GitSources } from '../sources/git/git-types.ts';
import { parseImageReference } from '../build/image-reference.ts';
import { tagAliases } from './aliases.ts';
import type { SourceRequest } from './job-request.ts';

export interface FreezeParts {
  snapshots: Snapshots;
  git: GitSources;
  /** The engine that holds images. */
  images: Pick<Engine, 'resolveImage'>;
}

/** A source that will not change any more, and what came to light on the way. */
export interface FrozenSource {
  source: Source;
  leftOut: LeftOut[];
  notes: string[];
  /** The build context that the address named: a pasted web address of a sub-folder, one of a clone. */
  context: string | null;
  /** Aliases that come with the source: the tag of an image. */
  aliases: string[];
}

type FrozenGit = Awaited<ReturnType<typeof freezeGit>>;

const withGit = ({ git, ...found }: FrozenGit): FrozenSource => ({
  ...NOTHING,
  ...found,
  source: git,
});

const NOTHING = { leftOut: [], notes: [], context: null, aliases: [] };

/** Takes the source as it is now: the folder's files, the ref's commit, the tag's digest. */
export async function freezeSource(
  parts: FreezeParts,
  request: SourceRequest,
  control: Control,
): Promise<FrozenSource> {
  switch (request.kind) {
    case 'folder':
      return freezeFolder(parts, request.folder, request.includeSecrets ?? [], control);
    case 'git':
      return withGit(await freezeGit(parts.git, request, control));
    case 'image':
      return freezeImage(parts, request.reference, control);
  }
}

async function freezeFolder(
  { snapshots }: FreezeParts,
  folder: string,
  includeSecrets: string[],
  control: Control,
): Promise<FrozenSource> {
  const { digest, files, bytes, leftOut } = await snapshots.freeze(
    folder,
    { includeSecrets },
    control,
  );
  const source: Source = {
    kind: 'code',
    tree: digest,
    files,
    bytes,
    folder,
    includedSecrets: includeSecrets,
  };
  return { ...NOTHING, source, leftOut };
}

/** A commit, or a clone as it is, with the folder in it that the address named. */
export async function freezeGit(
  git: GitSources,
  { address, ref, localClone }: Extract<SourceRequest, { kind: 'git' }>,
  control: Control,
): Promise<Pick<FrozenSource, 'leftOut' | 'notes' | 'context'> & { git: GitSource }> {
  if (localClone) {
    const { source, notes, context, leftOut } = await git.freezeLocalClone(address, control);
    return { git: source, notes, context, leftOut };
  }
  const { source, notes, context } = await git.freeze({ address, ref: ref ?? null }, control);
  return { git: source, notes, context, leftOut: [] };
}

async function freezeImage(
  { images }: FreezeParts,
  reference: string,
  control: Control,
): Promise<FrozenSource> {
  const { tag, digest } = parseImageReference(reference, 'image');
  const source = await images.resolveImage(reference, digest ? 'missing' : 'always', control);
  const aliases = tagAliases(tag);
  const notes =
    tag !== null && tag !== 'latest' && aliases.length === 0
      ? [`The tag "${tag}" does not become an alias: it is one that Slipway sets itself.`]
      : [];
  return { ...NOTHING, source, aliases, notes };
}
