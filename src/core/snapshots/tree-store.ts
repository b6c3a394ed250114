import { AppError } from '../../shared/errors.ts';
import type { Sqlite } from '../db/sqlite.ts';
import { pack, unpack, type Packed } from './codec.ts';
import { decodeTree, treeDigest, type TreeNode } from './tree.ts';

interface TreeTotals {
  files: number;
  bytes: number;
}

export interface StoredTree extends TreeTotals {
  digest: string;
  packed: Packed;
}

/** Trees by digest. The last one read is kept decoded: a version is looked at many times in a row. */
export class TreeStore {
  readonly #has;
  readonly #add;
  readonly #read;
  readonly #totals;
  #last: { digest: string; nodes: TreeNode[] } | null = null;

  constructor(db: Sqlite) {
    this.#has = db.prepare<[Buffer], number>('SELECT 1 FROM trees WHERE digest = ?').pluck();
    this.#add = db.prepare<[Buffer, number, number, number, string, Buffer]>(
      'INSERT OR IGNORE INTO trees (digest, files, bytes, created_at, codec, data) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#totals = db.prepare<[Buffer], TreeTotals>(
      'SELECT files, bytes FROM trees WHERE digest = ?',
    );
    this.#read = db.prepare<[Buffer], Packed>('SELECT codec, data FROM trees WHERE digest = ?');
  }

  totals(digest: string): TreeTotals {
    const totals = this.#totals.get(Buffer.from(digest, 'hex'));
    if (!totals) throw missing(digest);
    return totals;
  }

  has(digest: string): boolean {
    return this.#has.get(Buffer.from(digest, 'hex')) !== undefined;
  }

  /** Compresses ahead of the transaction that stores the tree. */
  async prepare(digest: string, encoded: Buffer, totals: TreeTotals): Promise<StoredTree> {
    return { digest, files: totals.files, bytes: totals.bytes, packed: await pack(encoded) };
  }

  add({ digest, files, bytes, packed }: StoredTree): void {
    const key = Buffer.from(digest, 'hex');
    this.#add.run(key, files, bytes, Date.now(), packed.codec, packed.data);
  }

  /** The entries of a tree in path order. Throws `E_NOT_FOUND`, and `E_DB_DAMAGED` when it is not itself. */
  nodes(digest: string): TreeNode[] {
    if (this.#last?.digest === digest) return this.#last.nodes;
    const row = this.#read.get(Buffer.from(digest, 'hex'));
    if (!row) throw missing(digest);
    const nodes = decodeTree(proven(row, digest));
    this.#last = { digest, nodes };
    return nodes;
  }
}

const missing = (digest: string): AppError =>
  new AppError('E_NOT_FOUND', `There is no snapshot ${digest.slice(0, 12)}.`, {
    next: 'Take the snapshot again from its folder.',
  });

function proven(row: Packed, digest: string): Buffer {
  let bytes: Buffer | null = null;
  try {
    bytes = unpack(row);
  } catch {
    // Reported below, as for bytes that unpack to something else.
  }
  if (bytes && treeDigest(bytes) === digest) return bytes;
  throw new AppError('E_DB_DAMAGED', `The snapshot ${digest.slice(0, 12)} is damaged.`, {
    next: 'Restore a backup of snapshots.db; the other snapshots in it can still be used.',
  });
}
