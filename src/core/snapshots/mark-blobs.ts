import type { NeededTrees } from './snapshots.ts';
import type { Store } from './store.ts';
import type { WorkControl } from './work-control.ts';

/** Rows of one slice: others have their turn after it. */
const SLICE = 10_000;

/** The content that trees have, and who needs it first, in a table that only this connection sees. */
export class Marks {
  readonly #store: Store;
  readonly #table: string;

  constructor(store: Store, id: number) {
    this.#store = store;
    this.#table = `kept_${id}`;
    const columns = 'sha BLOB PRIMARY KEY, owner INTEGER NOT NULL';
    store.db.exec(`CREATE TEMP TABLE ${this.#table} (${columns}) WITHOUT ROWID`);
  }

  /**
   * Marks the content of all trees. One that is not there marks nothing.
   * @throws AppError `E_DB_DAMAGED` for a tree that cannot be read: what it needs is not known then
   */
  async mark(needed: NeededTrees, control: WorkControl): Promise<void> {
    const seen = new Set<string>();
    const total = needed.reduce((sum, trees) => sum + trees.length, 0);
    let done = 0;
    for (const [owner, trees] of needed.entries()) {
      for (const tree of trees) {
        control.progress('Looking through the code of versions', done++, total);
        if (seen.has(tree) || !this.#store.trees.has(tree)) continue;
        seen.add(tree);
        await this.#markTree(tree, owner, control);
      }
    }
  }

  /** Calls back with each stored part of content, and the owner that needs it; null for none. */
  async eachPart(visit: (part: StoredPart) => void, control: WorkControl): Promise<void> {
    const read = this.#store.db.prepare<[Buffer, number], StoredPart>(
      `SELECT sha, part, chunk, length,
         (SELECT owner FROM ${this.#table} AS kept WHERE kept.sha = blobs.sha) AS owner
       FROM blobs WHERE (sha, part) > (?, ?) ORDER BY sha, part LIMIT ${SLICE}`,
    );
    let sha: Buffer = Buffer.alloc(0);
    let part = -1;
    for (;;) {
      await control.breathe();
      const rows = read.all(sha, part);
      rows.forEach(visit);
      const last = rows.at(-1);
      if (last === undefined || rows.length < SLICE) return;
      ({ sha, part } = last);
    }
  }

  /** Inside a transaction: removes the parts of all content that is not marked. */
  removeOthers(): void {
    this.#store.db.exec(`DELETE FROM blobs WHERE sha NOT IN (SELECT sha FROM ${this.#table})`);
  }

  close(): void {
    this.#store.db.exec(`DROP TABLE ${this.#table}`);
  }

  async #markTree(tree: string, owner: number, control: WorkControl): Promise<void> {
    const { db, trees } = this.#store;
    const add = db.prepare<[Buffer, number]>(
      `INSERT OR IGNORE INTO ${this.#table} (sha, owner) VALUES (?, ?)`,
    );
    const files = trees.nodes(tree).filter(({ kind }) => kind === 'file');
    for (let at = 0; at < files.length; at += SLICE) {
      await control.breathe();
      db.transaction(() => {
        for (const { content } of files.slice(at, at + SLICE)) {
          add.run(Buffer.from(content, 'hex'), owner);
        }
      })();
    }
  }
}

export interface StoredPart {
  sha: Buffer;
  part: number;
  chunk: number;
  length: number;
  owner: number | null;
}
