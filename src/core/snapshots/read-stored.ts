import type { ReadText } from '../detect/read-text.ts';
import { readEntry } from './read-entry.ts';
import type { Store } from './store.ts';

/** Largest file that is read to learn from it, in bytes: lock files of large projects have some megabytes. */
export const LEARN_LIMIT = 16 << 20;

/** Reads files of a stored tree as text. Null for what is not there, or is larger than is read. */
export const storedReader =
  (store: Pick<Store, 'trees' | 'blobs'>, digest: string): ReadText =>
  async (path) => {
    const bytes = readEntry(store, digest, path, LEARN_LIMIT + 1);
    return bytes && bytes.length <= LEARN_LIMIT ? bytes.toString('utf8') : null;
  };
