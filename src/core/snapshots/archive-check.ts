import {
  badArchive,
  badEntry,
  ARCHIVE_LIMITS,
  BLOBS,
  MANIFEST_NAME,
  TREES,
} from '../transfer/archive-format.ts';
import type { Manifest } from '../transfer/manifest.ts';
import { totalsOf } from './store-tree.ts';
import type { TreeNode } from './tree.ts';

/** Which entry may come next in an archive, and how large it may be. */
export class ArchiveCheck {
  #manifest: Manifest | null = null;
  #trees: Manifest['trees'] = [];
  /** Sizes of the content that is still to come. */
  readonly #blobs = new Map<string, number>();
  readonly #totals = new Map<string, { files: number; bytes: number }>();

  /** Refuses an entry that must not come now. */
  admit(name: string, size: number): void {
    const limit = this.#limitOf(name);
    if (limit === null) throw badEntry(name, 'which does not belong there');
    const exact = name !== MANIFEST_NAME;
    if (exact ? size !== limit : size > limit) throw badArchive(`is damaged: the size of ${name}`);
  }

  #limitOf(name: string): number | null {
    if (!this.#manifest) return name === MANIFEST_NAME ? ARCHIVE_LIMITS.manifest : null;
    const tree = this.#trees[0];
    if (tree) return name === `${TREES}${tree.digest}` ? tree.size : null;
    return name.startsWith(BLOBS) ? (this.#blobs.get(name.slice(BLOBS.length)) ?? null) : null;
  }

  manifestRead(manifest: Manifest): void {
    this.#manifest = manifest;
    this.#trees = [...manifest.trees];
  }

  /** A tree was read: what it needs may come after the trees. */
  treeRead(digest: string, nodes: readonly TreeNode[]): void {
    this.#trees.shift();
    for (const { kind, content, size } of nodes) if (kind === 'file') this.#need(content, size);
    this.#totals.set(digest, totalsOf(nodes));
    if (this.#trees.length === 0) this.#checkTotals();
  }

  #need(sha: string, size: number): void {
    const known = this.#blobs.get(sha);
    if (known !== undefined && known !== size) {
      throw badArchive('is damaged: one content has two sizes');
    }
    this.#blobs.set(sha, size);
    if (this.#blobs.size > ARCHIVE_LIMITS.blobs) throw badArchive('holds too many files');
  }

  #checkTotals(): void {
    for (const { source } of this.#manifest?.versions ?? []) {
      if (source.kind === 'image') continue;
      const totals = this.#totals.get(source.tree);
      if (totals?.files !== source.files || totals.bytes !== source.bytes) {
        throw badArchive('is damaged: a version has other files than it says');
      }
    }
  }

  /** Content was read: it must not come again. */
  blobRead(sha: string): void {
    this.#blobs.delete(sha);
  }

  /** The end was reached. */
  end(): Manifest {
    if (!this.#manifest) throw badArchive('is empty');
    const missing = this.#trees.length + this.#blobs.size;
    if (missing > 0) throw badArchive(`is damaged: ${missing} of its files are missing`);
    return this.#manifest;
  }
}
