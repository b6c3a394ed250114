import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { AppError } from '../../shared/errors.ts';
import {
  ARCHIVE_LIMITS,
  badArchive,
  badEntry,
  BLOBS,
  MANIFEST_NAME,
  TREES,
} from '../transfer/archive-format.ts';
import { parseManifest, type Manifest } from '../transfer/manifest.ts';
import { ArchiveCheck } from './archive-check.ts';
import { archiveEntries, type ArchiveEntry } from './archive-reader.ts';
import { ArchiveStorer } from './archive-storer.ts';
import { fsCode, ioError } from './source-errors.ts';
import { toBytes } from './path-bytes.ts';
import type { Store } from './store.ts';
import { decodeTree, encodeTree, treeDigest, type TreeNode } from './tree.ts';
import type { WorkControl } from './work-control.ts';

/** What is done with the parts of an archive that were found to be what they should be. */
interface Keeper {
  tree(digest: string, encoded: Buffer, nodes: readonly TreeNode[]): Promise<void>;
  /** Reads the content to its end and gives back its SHA-256. */
  blob(sha: string, size: number, pieces: AsyncIterable<Buffer>): Promise<string>;
}

/** Keeps nothing. */
const prover: Keeper = {
  tree: async () => undefined,
  blob: async (_sha, _size, pieces) => {
    const sum = createHash('sha256');
    for await (const piece of pieces) sum.update(piece);
    return sum.digest('hex');
  },
};

/**
 * Reads the archive twice: the first time nothing is stored, so that one that is damaged, or made to do
 * harm, leaves nothing behind. The second time it is proven again, since the file may have changed.
 * @throws AppError `E_ARCHIVE`, `E_ARCHIVE_ENTRY`, `E_SOURCE_NOT_FOUND`
 */
export async function importArchive(
  store: Store,
  file: string,
  control: WorkControl,
): Promise<Manifest> {
  const fd = openArchive(file);
  try {
    const archive = { fd, file, size: fstatSync(fd).size };
    await readArchive(archive, prover, control, 'Checking the archive');
    const storer = new ArchiveStorer(store, control);
    try {
      const manifest = await readArchive(archive, storer, control, 'Taking in the archive');
      await storer.commit();
      return manifest;
    } catch (error) {
      await storer.abandon();
      throw error;
    }
  } finally {
    closeSync(fd);
  }
}

function openArchive(file: string): number {
  let fd: number | null = null;
  try {
    // A pipe of that name must not hold everything up.
    fd = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (fstatSync(fd).isFile()) return fd;
  } catch (error) {
    if (fsCode(error) === 'ENOENT' || fsCode(error) === 'ENOTDIR') throw notFound(file);
    throw ioError(error, toBytes(file));
  }
  closeSync(fd);
  throw badArchive('is no plain file');
}

const notFound = (file: string): AppError =>
  new AppError('E_SOURCE_NOT_FOUND', `There is no file "${file}".`, {
    next: 'Give a file that `slipway job export` wrote.',
  });

async function readArchive(
  archive: { fd: number; file: string; size: number },
  keeper: Keeper,
  control: WorkControl,
  text: string,
): Promise<Manifest> {
  const check = new ArchiveCheck();
  const entries = archiveEntries(
    archive,
    (name, size) => check.admit(name, size),
    control,
    (read) => control.progress(text, read, archive.size),
  );
  for await (const entry of entries) await readEntry(entry, check, keeper);
  return check.end();
}

async function readEntry(entry: ArchiveEntry, check: ArchiveCheck, keeper: Keeper): Promise<void> {
  if (entry.name === MANIFEST_NAME) return check.manifestRead(parseManifest(await whole(entry)));
  if (entry.name.startsWith(TREES)) return readTree(entry, check, keeper);
  const sha = entry.name.slice(BLOBS.length);
  if ((await keeper.blob(sha, entry.size, entry.pieces)) !== sha)
    throw badArchive(otherwise(entry));
  check.blobRead(sha);
}

const otherwise = ({ name }: ArchiveEntry): string =>
  `is damaged: ${name} is not what it should be`;

async function whole({ pieces }: ArchiveEntry): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

async function readTree(entry: ArchiveEntry, check: ArchiveCheck, keeper: Keeper): Promise<void> {
  const digest = entry.name.slice(TREES.length);
  const encoded = await whole(entry);
  if (treeDigest(encoded) !== digest) throw badArchive(otherwise(entry));
  const nodes = decodeArchived(encoded, entry);
  check.treeRead(digest, nodes);
  await keeper.tree(digest, encoded, nodes);
}

/**
 * The one encoding there is of a tree, and only what a snapshot could hold: a `.git` would make git run
 * what it says as soon as the tree is written back.
 */
function decodeArchived(encoded: Buffer, entry: ArchiveEntry): TreeNode[] {
  const nodes = decoded(encoded, entry);
  if (!encodeTree(nodes).equals(encoded)) throw badArchive(otherwise(entry));
  const repository = nodes.find(({ path }) => /(?:^|\/)\.git(?:\/|$)/i.test(path));
  if (repository) throw badEntry(repository.path, 'which no snapshot holds');
  return nodes;
}

function decoded(encoded: Buffer, entry: ArchiveEntry): TreeNode[] {
  try {
    return decodeTree(encoded, ARCHIVE_LIMITS.entries);
  } catch (error) {
    throw badArchive(otherwise(entry), error);
  }
}
