import { createHash } from 'node:crypto';
import { pack } from 'tar-stream';
import type { Snapshots } from '../../../snapshots/snapshots.ts';

type Files = Record<string, string>;

/** Trees in memory that can only be made into a tar; counts how often one was. */
export class FakeSnapshots implements Pick<Snapshots, 'tar'> {
  tars = 0;
  readonly #trees = new Map<string, Files>();

  /** Stores a tree and returns its digest. */
  add(files: Files): string {
    const digest = createHash('sha256').update(JSON.stringify(files)).digest('hex');
    this.#trees.set(digest, files);
    return digest;
  }

  async *tar(
    digest: string,
    options: Parameters<Snapshots['tar']>[1],
    signal: AbortSignal,
  ): AsyncGenerator<Buffer> {
    this.tars += 1;
    const archive = pack();
    const add = (name: string, content: string): void => {
      archive.entry({ name, mode: 0o755, mtime: new Date(0) }, content);
    };
    for (const { path, content } of options.extra) add(path, content);
    for (const [path, content] of Object.entries(this.#trees.get(digest) ?? {})) {
      add(`${options.prefix}/${path}`, content);
    }
    archive.finalize();
    for await (const chunk of archive as unknown as AsyncIterable<Buffer>) {
      signal.throwIfAborted();
      yield chunk;
    }
  }
}
