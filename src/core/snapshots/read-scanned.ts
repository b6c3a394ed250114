import type { ReadText } from '../detect/read-text.ts';
import { showBytes } from './path-bytes.ts';
import { ReadProblem, readWhole } from './read-file.ts';
import { LEARN_LIMIT } from './read-stored.ts';
import type { FoundEntry, Scan } from './scan.ts';

/**
 * Reads files that a walk found, as text: just those, never through a link, and only while they are
 * the files that were found. Null for all else.
 */
export function scannedReader({ root, entries }: Scan): ReadText {
  const files = new Map<string, FoundEntry>();
  for (const entry of entries) {
    if (entry.kind === 'file') files.set(showBytes(entry.path), entry);
  }
  return async (path) => {
    const found = files.get(path);
    if (!found || found.facts.size > LEARN_LIMIT) return null;
    const bytes = Buffer.alloc(found.facts.size);
    try {
      readWhole(`${root}/${found.path}`, found.facts, bytes);
    } catch (error) {
      if (error instanceof ReadProblem) return null;
      throw error;
    }
    return bytes.toString('utf8');
  };
}
