import { AppError } from '../../shared/errors.ts';
import { SOURCE_LIMITS } from '../snapshots/source-limits.ts';

/**
 * An archive of versions (`.slipway`): a gzip'ed tar of plain files, in this order:
 *
 * - `manifest.json`: what the versions are, see `manifest.ts`
 * - `trees/<digest>`: every tree the versions name, as `snapshots/tree.ts` encodes it
 * - `blobs/<sha-256>`: the content of every file of these trees, once, in the order the trees name them
 */
export const MANIFEST_NAME = 'manifest.json';
export const TREES = 'trees/';
export const BLOBS = 'blobs/';

export const ARCHIVE_LIMITS = {
  /** Bytes of the manifest. */
  manifest: 64 * 1024 * 1024,
  /** Versions in one archive. */
  versions: 10_000,
  /** Bytes of one encoded tree. */
  tree: 256 * 1024 * 1024,
  /** Files, folders and links of one tree. */
  entries: SOURCE_LIMITS.files * 5,
  /** Different contents in one archive. */
  blobs: 2_000_000,
  /** Depth of the manifest's JSON. */
  depth: 64,
} as const;

const NEXT = 'Copy or export the archive again.';
const SHOWN = 200;

/** The archive is not what it should be; `why` completes "The archive ...". */
export const badArchive = (why: string, cause?: unknown): AppError =>
  new AppError('E_ARCHIVE', `The archive ${why.replace(/\.$/, '')}.`, {
    next: NEXT,
    ...(cause !== undefined && { cause }),
    ...(cause instanceof Error && { detail: cause.message }),
  });

/** An archive made for something else than to be imported. */
export const badEntry = (name: string, why: string): AppError =>
  new AppError(
    'E_ARCHIVE_ENTRY',
    `The archive holds ${JSON.stringify(name.slice(0, SHOWN))}, ${why}.`,
    {
      next: 'Nothing was imported. Export the version again from where it is.',
    },
  );
