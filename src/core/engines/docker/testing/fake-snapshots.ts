import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { buildContext } from '../../../snapshots/build-context.ts';
import type { BuildContext, Snapshots, TarOptions } from '../../../snapshots/snapshots.ts';
import type { Store } from '../../../snapshots/store.ts';
import { tarPieces } from '../../../snapshots/tar.ts';
import { byPath, type TreeNode } from '../../../snapshots/tree.ts';

type Files = Record<string, string>;

/** Trees in memory, packed by the code that packs real ones; counts how often one was. */
export class FakeSnapshots implements Pick<Snapshots, 'tar' | 'buildContext'> {
  tars = 0;
  readonly #trees = new Map<string, TreeNode[]>();
  readonly #contents = new Map<string, Buffer>();

  /** Stores a tree and returns its digest. Every file is executable. */
  add(files: Files): string {
    const digest = createHash('sha256').update(JSON.stringify(files)).digest('hex');
    this.#trees.set(digest, this.#nodes(files));
    return digest;
  }

  async *tar(digest: string, options: TarOptions, signal: AbortSignal): AsyncGenerator<Buffer> {
    this.tars += 1;
    for (const piece of tarPieces(this.#store, digest, options)) {
      signal.throwIfAborted();
      yield piece;
    }
  }

  async buildContext(
    digest: string,
    build: { context: string; dockerfile: string },
  ): Promise<BuildContext> {
    return buildContext(this.#store, digest, build);
  }

  #nodes(files: Files): TreeNode[] {
    const nodes = new Map<string, TreeNode>();
    for (const [path, text] of Object.entries(files)) {
      for (let up = posix.dirname(path); up !== '.'; up = posix.dirname(up)) {
        nodes.set(up, { path: up, kind: 'directory', size: 0, executable: false, content: '' });
      }
      const bytes = Buffer.from(text);
      const content = createHash('sha256').update(bytes).digest('hex');
      this.#contents.set(content, bytes);
      nodes.set(path, { path, kind: 'file', size: bytes.length, executable: true, content });
    }
    return [...nodes.values()].toSorted(byPath);
  }

  /** What of a store the packing reads. */
  get #store(): Pick<Store, 'trees' | 'blobs'> {
    const bytesOf = (content: string): Buffer => this.#contents.get(content) ?? Buffer.alloc(0);
    return {
      trees: { nodes: (digest: string) => this.#trees.get(digest) ?? [] },
      blobs: {
        head: (content: string, _: number, limit: number) => bytesOf(content).subarray(0, limit),
        pieces: (content: string) => [bytesOf(content)],
      },
    } as unknown as Pick<Store, 'trees' | 'blobs'>;
  }
}
