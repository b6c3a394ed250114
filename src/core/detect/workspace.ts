import { posix } from 'node:path';
import type { TreeEntry } from '../../shared/domain/snapshot.ts';
import type { ReadText } from './read-text.ts';

/** How detection learns that it must end, and how it lets others in. */
export interface DetectControl {
  signal?: AbortSignal;
  /** Longest time in milliseconds; what was found by then is what there is. */
  timeLimit?: number;
}

/** Files read for one detection, and the largest of them, in bytes. */
const READ_LIMIT = 600;
const SIZE_LIMIT = 1 << 20;
const TIME_LIMIT = 10_000;

/** The files of a tree: read at most so many, no large ones, and each only once. */
export class Workspace {
  /** When to stop, as of `performance.now()`. */
  readonly until: number;
  readonly #files: ReadonlyMap<string, TreeEntry>;
  readonly #folders = new Map<string, string[]>();
  readonly #readText: ReadText;
  readonly #signal: AbortSignal | undefined;
  readonly #texts = new Map<string, Promise<string | null>>();

  constructor(entries: readonly TreeEntry[], readText: ReadText, control: DetectControl) {
    this.#files = new Map(
      entries.filter(({ kind }) => kind === 'file').map((entry) => [entry.path, entry]),
    );
    for (const path of this.#files.keys()) {
      const folder = posix.dirname(path);
      const known = this.#folders.get(folder);
      if (known) known.push(path);
      else this.#folders.set(folder, [path]);
    }
    this.#readText = readText;
    this.#signal = control.signal;
    this.until = performance.now() + (control.timeLimit ?? TIME_LIMIT);
  }

  /** Throws when the work is cancelled. */
  check = (): void => this.#signal?.throwIfAborted();

  has = (path: string): boolean => this.#files.has(path);

  /** The files directly in a folder (`.` for the root), in the order of the tree. */
  filesIn(folder: string): readonly string[] {
    return this.#folders.get(posix.normalize(folder).replace(/(?<=.)\/$/, '')) ?? [];
  }

  /** All folders that hold files. */
  folders(): IterableIterator<string> {
    return this.#folders.keys();
  }

  readText = (path: string): Promise<string | null> => {
    this.check();
    const known = this.#texts.get(path);
    if (known) return known;
    const entry = this.#files.get(path);
    const isOver = this.#texts.size >= READ_LIMIT || performance.now() > this.until;
    if (!entry || entry.size > SIZE_LIMIT || isOver) return Promise.resolve(null);
    const text = this.#readText(path).catch(() => null);
    this.#texts.set(path, text);
    return text;
  };
}
