import { AppError } from '../../shared/errors.ts';
import { plural } from '../../shared/format.ts';
import { fileSize } from '../../shared/units.ts';
import { showBytes, type Bytes } from './path-bytes.ts';

/** What a snapshot may hold. Apparent sizes: a sparse file counts as what it claims to be. */
export const SOURCE_LIMITS = { files: 200_000, bytes: 5e9 } as const;

/** How long to go on past the limit, only to find out which folders are to blame. */
const GRACE_MS = 1000;
const NAMED = 3;
const LEVELS = 2;

export interface SourceLimits {
  files: number;
  bytes: number;
}

interface Share {
  files: number;
  bytes: number;
}

/** Counts what goes in, and stops a walk that finds too much. */
export class LimitMeter {
  readonly #limits: SourceLimits;
  readonly #shares = new Map<Bytes, Share>();
  #deadline: number | null = null;
  files = 0;
  bytes = 0;

  constructor(limits: SourceLimits) {
    this.#limits = limits;
  }

  /** Throws `E_SOURCE_LIMIT` at most a second after the limit was passed. */
  add(path: Bytes, size: number): void {
    this.files++;
    this.bytes += size;
    const share = this.#shareOf(path);
    share.files++;
    share.bytes += size;
    if (!this.#isOver()) return;
    this.#deadline ??= performance.now() + GRACE_MS;
    if (performance.now() > this.#deadline) throw this.#error();
  }

  /** Throws `E_SOURCE_LIMIT` when the limit was passed by the end of the walk. */
  finish(): void {
    if (this.#isOver()) throw this.#error();
  }

  #isOver(): boolean {
    return this.files > this.#limits.files || this.bytes > this.#limits.bytes;
  }

  #shareOf(path: Bytes): Share {
    const key = groupOf(path);
    const known = this.#shares.get(key);
    if (known) return known;
    const fresh = { files: 0, bytes: 0 };
    this.#shares.set(key, fresh);
    return fresh;
  }

  #error(): AppError {
    const byBytes = this.bytes > this.#limits.bytes;
    const what = byBytes ? fileSize(this.#limits.bytes) : plural(this.#limits.files, 'file');
    return new AppError('E_SOURCE_LIMIT', `The folder holds more than ${what}.`, {
      next: `The biggest parts are ${this.#biggest(byBytes)}. Leave out what the code does not need with lines in .slipwayignore.`,
    });
  }

  #biggest(byBytes: boolean): string {
    const measure = (share: Share) => (byBytes ? share.bytes : share.files);
    return [...this.#shares]
      .toSorted(([, a], [, b]) => measure(b) - measure(a))
      .slice(0, NAMED)
      .map(([path, share]) => `${showBytes(path)} (${describe(share, byBytes)})`)
      .join(', ');
  }
}

/** A path's first two levels; a file at the top stands for itself. */
function groupOf(path: Bytes): Bytes {
  let end = -1;
  for (let level = 0; level < LEVELS; level++) {
    const next = path.indexOf('/', end + 1);
    if (next < 0) break;
    end = next;
  }
  return end < 0 ? path : path.slice(0, end);
}

const describe = ({ files, bytes }: Share, byBytes: boolean): string =>
  byBytes ? fileSize(bytes) : plural(files, 'file');
