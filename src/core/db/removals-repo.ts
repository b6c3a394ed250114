import type { Changes } from '../../shared/contract/events.ts';
import type { Database } from './database.ts';

/** What can be deleted for good. */
export type RemovedKind = 'run' | 'job' | 'sweep' | 'queue';

/**
 * What was deleted for good: told to every process, and kept as the list of what is still to be done. While
 * `remover` is set, files or rows may be left; when that process dies, the next one goes on.
 */
export class RemovalsRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  changedSince(rev: number): Changes['removed'] {
    const sql = 'SELECT kind, id FROM removed WHERE rev > ?';
    const rows = this.#db.all(sql, rev) as { kind: RemovedKind; id: string }[];
    const of = (kind: RemovedKind) => rows.filter((row) => row.kind === kind).map(({ id }) => id);
    return { runs: of('run'), jobs: of('job'), sweeps: of('sweep'), queues: of('queue') };
  }

  /** What somebody began to remove. */
  open(kind: RemovedKind): { id: string; remover: string }[] {
    const sql = 'SELECT id, remover FROM removed WHERE kind = ? AND remover IS NOT NULL';
    return this.#db.all(sql, kind) as { id: string; remover: string }[];
  }

  /** Nothing is left of it. */
  close(kind: RemovedKind, ids: readonly string[]): void {
    this.#db.write(() => {
      for (const id of ids) {
        this.#db.run('UPDATE removed SET remover = NULL WHERE kind = ? AND id = ?', kind, id);
      }
    });
  }
}

/** Inside the transaction in which it goes, or in which that is decided. */
export function addRemoved(
  db: Database,
  kind: RemovedKind,
  id: string,
  remover: string | null,
  rev: number,
): void {
  db.run('INSERT OR REPLACE INTO removed VALUES (?, ?, ?, ?)', kind, id, remover, rev);
}
