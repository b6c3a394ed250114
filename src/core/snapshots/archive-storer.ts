import { createHash } from 'node:crypto';
import { CHUNK_BYTES, ChunkWriter } from './chunk-writer.ts';
import { totalsOf } from './store-tree.ts';
import type { Store } from './store.ts';
import type { StoredTree } from './tree-store.ts';
import type { TreeNode } from './tree.ts';
import type { WorkControl } from './work-control.ts';

/** Takes in the parts of an archive. Nothing points at the content before {@link commit}. */
export class ArchiveStorer {
  readonly #store: Store;
  readonly #control: WorkControl;
  readonly #writer: ChunkWriter;
  readonly #trees: StoredTree[] = [];

  constructor(store: Store, control: WorkControl) {
    this.#store = store;
    this.#control = control;
    this.#writer = new ChunkWriter(store.db);
  }

  async tree(digest: string, encoded: Buffer, nodes: readonly TreeNode[]): Promise<void> {
    if (this.#store.trees.has(digest)) return;
    this.#trees.push(await this.#store.trees.prepare(digest, encoded, totalsOf(nodes)));
  }

  /** Stores the content if its digest is `sha` and it is not there yet; gives back its digest. */
  async blob(sha: string, size: number, pieces: AsyncIterable<Buffer>): Promise<string> {
    if (size > CHUNK_BYTES) return this.#large(sha, pieces);
    if (!this.#writer.fits(size)) await this.#writer.flush();
    const space = this.#writer.space(size);
    let at = 0;
    for await (const piece of pieces) at += piece.copy(space, at);
    const found = createHash('sha256').update(space).digest('hex');
    if (found === sha && !this.#writer.has(sha)) this.#writer.keep(sha, size);
    return found;
  }

  async #large(sha: string, pieces: AsyncIterable<Buffer>): Promise<string> {
    await this.#writer.flush();
    const large = this.#writer.startLarge();
    const sum = createHash('sha256');
    let found: string | null = null;
    try {
      let used = 0;
      for await (const piece of pieces) {
        sum.update(piece);
        for (let at = 0; at < piece.length;) {
          const copied = piece.copy(this.#writer.space(CHUNK_BYTES), used, at);
          at += copied;
          used += copied;
          if (used < CHUNK_BYTES) continue;
          await this.#writer.addPart(large, used);
          used = 0;
        }
      }
      if (used > 0) await this.#writer.addPart(large, used);
      found = sum.digest('hex');
      return found;
    } finally {
      this.#writer.endLarge(large, found === sha ? sha : null);
    }
  }

  /** Makes the trees known, in one transaction that has reached the disk when this resolves. */
  async commit(): Promise<void> {
    await this.#writer.finish();
    this.#control.check();
    const { db, trees } = this.#store;
    // As in `commit-tree.ts`: this commit syncs the log with all the content before it.
    db.pragma('synchronous = FULL');
    try {
      db.transaction(() => this.#trees.forEach((tree) => trees.add(tree))).immediate();
    } finally {
      db.pragma('synchronous = NORMAL');
    }
  }

  abandon(): Promise<void> {
    return this.#writer.abandon();
  }
}
