import { toErrorData } from '../../shared/errors.ts';
import { openSqlite, sqliteError, type Sqlite } from '../db/sqlite.ts';
import { BlobReader } from './blob-reader.ts';
import { TreeStore } from './tree-store.ts';

export interface VerifiedTrees {
  /** How many were looked at before the time was over. */
  checked: number;
  /** Those that cannot be given back byte for byte. */
  damaged: { tree: string; why: string }[];
}

/**
 * Reads trees and every byte of their files, and compares them with their digests. What several share is
 * read once. For a worker thread.
 */
export function verifyTrees(
  file: string,
  trees: readonly string[],
  limitMs: number,
): VerifiedTrees {
  const until = performance.now() + limitMs;
  const verified: VerifiedTrees = { checked: 0, damaged: [] };
  const db = openSqlite(file, { readonly: true, fileMustExist: true });
  try {
    const isGood = reader(db);
    for (const tree of trees) {
      if (performance.now() > until) break;
      verified.checked += 1;
      const why = problemOf(() => isGood(tree, until), file);
      if (why !== null) verified.damaged.push({ tree, why });
    }
    return verified;
  } finally {
    db.close();
  }
}

/** Throws for what is damaged. A tree that takes longer than there is time counts as good so far. */
function reader(db: Sqlite): (tree: string, until: number) => void {
  const trees = new TreeStore(db);
  const blobs = new BlobReader(db);
  const good = new Set<string>();
  return (tree, until) => {
    for (const { kind, content, size } of trees.nodes(tree)) {
      if (kind !== 'file' || good.has(content)) continue;
      for (const piece of blobs.pieces(content, size)) if (piece.length === 0) break;
      good.add(content);
      if (performance.now() > until) return;
    }
  };
}

function problemOf(read: () => void, file: string): string | null {
  try {
    read();
    return null;
  } catch (error) {
    return toErrorData(sqliteError(error, file)).message;
  }
}
