import * as z from 'zod/mini';
import type { Database } from './database.ts';

const KEY = 'room';
/** Lines of `removed` that are younger may not have been told to a window of this process yet. */
const KEPT_REVISIONS = 10_000;

const lastSchema = z.object({
  /** ms since 1970. */
  measuredAt: z.number(),
  total: z.number(),
  freeable: z.number(),
  /** What was freed last to keep the budget. */
  kept: z.nullable(z.object({ at: z.number(), freed: z.number() })),
});

/** What was found and done when the budget was last looked at. */
export type LastRoom = z.infer<typeof lastSchema>;

/** What is remembered about room on the disk. */
export class RoomRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  last(): LastRoom | null {
    const row = this.#db.get('SELECT value FROM meta WHERE key = ?', KEY);
    const parsed = row ? lastSchema.safeParse(JSON.parse((row as { value: string }).value)) : null;
    return parsed?.success ? parsed.data : null;
  }

  remember(last: LastRoom): void {
    this.#db.write(() =>
      this.#db.run('INSERT OR REPLACE INTO meta VALUES (?, ?)', KEY, JSON.stringify(last)),
    );
  }

  /**
   * Removes what tells that something was deleted, once everybody knows. To be called while no other process
   * uses the data folder: one that begins later reads what is there then. Returns how many lines.
   */
  forgetRemoved(): number {
    return this.#db.write((rev) =>
      this.#db.run('DELETE FROM removed WHERE remover IS NULL AND rev < ?', rev - KEPT_REVISIONS),
    );
  }

  /** How many runs have ended. */
  endedRuns(): number {
    const row = this.#db.get('SELECT max(seq) AS seq FROM run WHERE ended_at IS NOT NULL');
    return (row as { seq: number | null }).seq ?? 0;
  }
}
