import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { AppError } from '../../shared/errors.ts';
import { syncFolder } from '../sync-folder.ts';
import { BLOBS, MANIFEST_NAME, TREES } from '../transfer/archive-format.ts';
import type { ExportedArchive, ExportRequest } from '../transfer/export-request.ts';
import { encodeManifest, treesOf, type ManifestDraft } from '../transfer/manifest.ts';
import { toBytes } from './path-bytes.ts';
import { fsCode, ioError } from './source-errors.ts';
import type { Store } from './store.ts';
import { fileEntry, gather, END_OF_ARCHIVE } from './tar.ts';
import { encodeTree } from './tree.ts';
import type { WorkControl } from './work-control.ts';

const PIECE_BYTES = 256 * 1024;
const MODE = 0o644;
/** Three times as quick as the usual 6, for a tenth more bytes of what can be compressed at all. */
const LEVEL = 1;

/**
 * Writes versions with their trees and content into one file, see `transfer/archive-format.ts`. Equal
 * versions give equal bytes. It is written beside its place and moved there when it is complete.
 * @throws AppError `E_TARGET_EXISTS`, `E_DISK_FULL`, `E_SOURCE_IO`, `E_DB_DAMAGED`
 */
export async function exportArchive(
  store: Store,
  { file, replace, manifest }: ExportRequest,
  control: WorkControl,
): Promise<ExportedArchive> {
  const target = resolve(file);
  checkTarget(target, replace);
  const contents = new Contents(store, manifest);
  const part = join(dirname(target), `.slipway-${randomBytes(8).toString('hex')}.part`);
  try {
    await writeSynced(part, contents.pieces(control));
    control.check();
    moveTo(part, target, replace);
    return { file: target, files: contents.files, size: statSync(target).size };
  } catch (error) {
    throw ioError(error, toBytes(target));
  } finally {
    rmSync(part, { force: true });
  }
}

/** The entries of an archive, and what is known of them before the first is written. */
class Contents {
  readonly #store: Store;
  readonly #manifest: Buffer;
  readonly #trees: readonly string[];
  readonly #blobs: readonly (readonly [sha: string, size: number])[];

  constructor(store: Store, draft: ManifestDraft) {
    this.#store = store;
    this.#trees = [...new Set(draft.versions.flatMap(({ source }) => treesOf(source)))].sort();
    const blobs = new Map<string, number>();
    const sizes = this.#trees.map((digest) => {
      const nodes = store.trees.nodes(digest);
      for (const node of nodes) if (node.kind === 'file') blobs.set(node.content, node.size);
      return { digest, size: encodeTree(nodes).length };
    });
    this.#manifest = encodeManifest(draft, sizes);
    // In the order of paths, as they lie in the store: by digest, chunks would be unpacked over and over.
    this.#blobs = [...blobs];
  }

  get files(): number {
    return this.#blobs.length;
  }

  async *pieces(control: WorkControl): AsyncGenerator<Buffer> {
    for (const piece of gather(this.#entries(control), PIECE_BYTES)) {
      await control.breathe();
      yield piece;
    }
  }

  *#entries(control: WorkControl): Generator<Buffer> {
    const { trees, blobs } = this.#store;
    const entry = (name: string, size: number, pieces: Iterable<Buffer>) =>
      fileEntry(name, size, MODE, pieces);
    yield* entry(MANIFEST_NAME, this.#manifest.length, [this.#manifest]);
    for (const digest of this.#trees) {
      const encoded = encodeTree(trees.nodes(digest));
      yield* entry(`${TREES}${digest}`, encoded.length, [encoded]);
    }
    for (const [done, [sha, size]] of this.#blobs.entries()) {
      control.progress('Writing the archive', done, this.#blobs.length);
      yield* entry(`${BLOBS}${sha}`, size, blobs.pieces(sha, size));
    }
    yield END_OF_ARCHIVE;
  }
}

function checkTarget(target: string, replace: boolean): void {
  const stat = statSync(target, { throwIfNoEntry: false });
  if (stat && (!replace || !stat.isFile())) throw exists(target, stat.isFile());
  if (!existsSync(dirname(target))) {
    throw new AppError('E_SOURCE_NOT_FOUND', `There is no folder ${dirname(target)}.`, {
      next: 'Make it, or choose another place for the archive.',
    });
  }
}

const exists = (target: string, replaceable = true): AppError =>
  new AppError('E_TARGET_EXISTS', `${target} is there already.`, {
    next: replaceable
      ? 'Choose another name, or use --force to replace it.'
      : 'Choose another name.',
  });

async function writeSynced(part: string, pieces: AsyncIterable<Buffer>): Promise<void> {
  // `flush` syncs before the file is closed.
  const out = createWriteStream(part, { flags: 'wx', flush: true, highWaterMark: PIECE_BYTES });
  await pipeline(pieces, createGzip({ level: LEVEL, chunkSize: PIECE_BYTES }), out);
}

function moveTo(part: string, target: string, replace: boolean): void {
  if (replace) renameSync(part, target);
  else linkUnlessThere(part, target);
  syncFolder(dirname(target));
}

/** A link fails where something came meanwhile, a rename would replace it. */
function linkUnlessThere(part: string, target: string): void {
  try {
    linkSync(part, target);
  } catch (error) {
    if (fsCode(error) === 'EEXIST') throw exists(target);
    // Some file systems (FAT, shares) have no links.
    if (existsSync(target)) throw exists(target);
    renameSync(part, target);
  }
}
