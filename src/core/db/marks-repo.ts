import * as z from 'zod/mini';
import { AppError } from '../../shared/errors.ts';
import type { Database } from './database.ts';
import { updateRuns } from './touch-runs.ts';

export interface NewMarks {
  name?: string | undefined;
  notes?: string | undefined;
  starred?: boolean | undefined;
  /** From the tags a run has to those it shall have. */
  tags: (have: readonly string[]) => string[];
}

const tagsSchema = z.array(z.string());

/** What a person notes about runs. */
export class MarksRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Of all these runs or of none.
   * @throws AppError `E_NOT_FOUND`, and what `tags` throws; nothing has changed then
   */
  set(runIds: readonly string[], { name, notes, starred, tags }: NewMarks): void {
    const set = `name = coalesce(?, name), notes = coalesce(?, notes),
      starred = coalesce(?, starred), tags = ?`;
    const flag = starred === undefined ? null : Number(starred);
    this.#db.write(() => {
      for (const [have, ids] of this.#byTags(runIds)) {
        const next = JSON.stringify(tags(tagsSchema.parse(JSON.parse(have))));
        updateRuns(this.#db, ids, set, name ?? null, notes ?? null, flag, next);
      }
    });
  }

  renameJob(jobId: string, name: string): void {
    this.#db.write((rev) => {
      this.#db.run('UPDATE job SET name = ?, rev = ? WHERE id = ?', name, rev, jobId);
      this.#db.run('UPDATE sweep SET rev = ? WHERE job_id = ? AND maker IS NULL', rev, jobId);
    });
  }

  /** The newest finished run of the same job that is older than this one and not in the bin. */
  lastFinishedBefore(runId: string): string | null {
    const row = this.#db.get(
      `SELECT other.id FROM run JOIN run other ON other.job_id = run.job_id
       WHERE run.id = ? AND other.id <> run.id AND other.state = 'finished'
         AND other.binned_at IS NULL
         AND (other.created_at, other.seq) < (run.created_at, run.seq)
       ORDER BY other.created_at DESC, other.seq DESC LIMIT 1`,
      runId,
    );
    return (row as { id: string } | undefined)?.id ?? null;
  }

  /** Runs by their tags: many have the same, most of all none. */
  #byTags(runIds: readonly string[]): Map<string, string[]> {
    const groups = new Map<string, string[]>();
    for (const id of new Set(runIds)) {
      const row = this.#db.get('SELECT tags FROM run WHERE id = ?', id);
      if (!row) throw noSuchRun(id);
      const { tags } = row as { tags: string };
      const group = groups.get(tags);
      if (group) group.push(id);
      else groups.set(tags, [id]);
    }
    return groups;
  }
}

export const noSuchRun = (id: string): AppError =>
  new AppError('E_NOT_FOUND', `There is no run "${id}".`, {
    next: 'It may have been deleted.',
  });
