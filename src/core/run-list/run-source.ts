import { setImmediate } from 'node:timers/promises';
import type { Sqlite } from '../db/sqlite.ts';
import { reasonText } from './reason-text.ts';
import type { JobRow, QueueRow, RunRow } from './run-row.ts';
import type { RunTable } from './run-table.ts';

/** Runs read between two looks at what else is asked. */
const RUNS_AT_ONCE = 1000;

const COLUMNS = `seq, project_id, job_id, version_id, sweep_id, name, state, reason, engine, creator,
  starred, tags, notes, binned_at, created_at, started_at, duration_ms, config, summary, queue_id, priority,
  rev, rowid`;

type Raw = [
  ...[seq: number, projectId: string, jobId: string, versionId: string, sweepId: string | null],
  ...[name: string, state: string, reason: string | null, engine: string, creator: string | null],
  ...[starred: number, tags: string, notes: string, binnedAt: number | null, createdAt: number],
  ...[startedAt: number | null, durationMs: number | null, config: string | null],
  ...[summary: string | null, queueId: string | null, priority: number, rev: number, rowid: number],
];

/** What rows leave open. */
export interface Defaults {
  /** Whose runs those without a creator are. */
  owner: string;
  /** Stands for the engine of a run that was imported. */
  noEngine: string;
  /** As their numbers stand for them. */
  priorities: readonly string[];
}

/** What became of a table: it can be `useless`, and is to be read anew into a fresh one. */
type Refreshed = 'same' | 'changed' | 'useless';

/** Keeps a table up to date with the database, reading what changed since it last looked. */
export class RunSource {
  readonly #db: Sqlite;
  readonly #table: RunTable;
  readonly #defaults: Defaults;
  readonly #versions = new Map<string, number>();
  #seenVersion: number | null = null;
  #seenRev = -1;

  constructor(db: Sqlite, table: RunTable, defaults: Defaults) {
    this.#db = db;
    this.#table = table;
    this.#defaults = defaults;
  }

  /** Other work gets its turns meanwhile. */
  async refresh(): Promise<Refreshed> {
    const version = this.#db.pragma('data_version', { simple: true }) as number;
    if (version === this.#seenVersion) return 'same';
    // One moment of the database, however long it takes.
    this.#db.exec('BEGIN');
    let isInOrder: boolean;
    try {
      isInOrder = await this.#read();
    } finally {
      this.#db.exec('COMMIT');
    }
    this.#seenVersion = version;
    return isInOrder ? 'changed' : 'useless';
  }

  /** False when a run has come between those that are known. */
  async #read(): Promise<boolean> {
    const rev = this.#db.prepare('SELECT value FROM revision').pluck().get() as number;
    this.#readJobs();
    this.#readQueues();
    this.#readVersions();
    const isFirst = this.#seenRev === -1;
    await this.#readNew();
    const isInOrder = isFirst || (await this.#readChanged());
    this.#forgetRemoved();
    this.#seenRev = rev;
    return isInOrder;
  }

  #readJobs(): void {
    const sql = `SELECT id, name, binned_at IS NOT NULL AS binned,
      EXISTS (SELECT 1 FROM removed WHERE kind = 'job' AND removed.id = job.id) AS removed FROM job`;
    for (const row of this.#db.prepare(sql).all() as Record<keyof JobRow, unknown>[]) {
      const { id, name, binned, removed } = row;
      this.#table.putJob({
        id: id as string,
        name: name as string,
        binned: binned === 1,
        removed: removed === 1,
      });
    }
  }

  #readQueues(): void {
    const rows = this.#db.prepare('SELECT id, name FROM queue').all() as QueueRow[];
    for (const row of rows) this.#table.putQueue(row);
  }

  #readVersions(): void {
    const sql = 'SELECT id, number FROM job_version WHERE rev > ?';
    const rows = this.#db.prepare(sql).raw().all(this.#seenRev) as [string, number][];
    for (const [id, number] of rows) this.#versions.set(id, number);
  }

  async #readNew(): Promise<void> {
    const sql = `SELECT ${COLUMNS} FROM run WHERE seq > ? ORDER BY seq LIMIT ?`;
    const statement = this.#db.prepare(sql).raw();
    const next = () => statement.all(this.#table.lastSeq, RUNS_AT_ONCE) as Raw[];
    for (let rows = next(); rows.length > 0; rows = next()) {
      for (const row of rows) this.#table.put(this.#toRow(row));
      if (rows.length < RUNS_AT_ONCE) return;
      await setImmediate();
    }
  }

  /**
   * Those just read come again when they are newer, which does no harm. False when one has no row: it has
   * the number of a run that was removed before anybody saw it.
   */
  async #readChanged(): Promise<boolean> {
    const sql = `SELECT ${COLUMNS} FROM run WHERE (rev, rowid) > (?, ?) ORDER BY rev, rowid LIMIT ?`;
    const statement = this.#db.prepare(sql).raw();
    let after = [this.#seenRev, Number.MAX_SAFE_INTEGER];
    let isInOrder = true;
    for (;;) {
      const rows = statement.all(...after, RUNS_AT_ONCE) as Raw[];
      for (const row of rows) isInOrder = this.#table.put(this.#toRow(row)) && isInOrder;
      if (rows.length < RUNS_AT_ONCE) return isInOrder;
      after = rows.at(-1)!.slice(-2) as number[];
      await setImmediate();
    }
  }

  /** Rows that are gone leave nothing that tells so: their number does. */
  #forgetRemoved(): void {
    const count = this.#db.prepare('SELECT count(*) FROM run').pluck().get();
    if (count === this.#table.count()) return;
    const seqs = this.#db.prepare('SELECT seq FROM run ORDER BY seq').pluck();
    this.#table.keepOnly(seqs.iterate() as IterableIterator<number>);
  }

  #toRow(raw: Raw): RunRow {
    const [seq, projectId, jobId, versionId, sweepId, name, state, reason, engine, ...more] = raw;
    const [creator, starred, tags, notes, binnedAt, createdAt, startedAt, durationMs, ...json] =
      more;
    const [config, summary, queueId, priority] = json;
    return {
      ...{ seq, projectId, jobId, sweepId, name, state, notes, createdAt, startedAt, durationMs },
      version: this.#versions.get(versionId) ?? 0,
      reason: reasonText(reason),
      engine: engine === this.#defaults.noEngine ? null : engine,
      queueId,
      priority: queueId === null ? null : this.#defaults.priorities[priority]!,
      creator: creator ?? this.#defaults.owner,
      starred: starred === 1,
      tags: JSON.parse(tags) as unknown,
      binned: binnedAt !== null,
      config: valuesIn(config),
      summary: valuesIn(summary),
    };
  }
}

const valuesIn = (json: string | null): RunRow['config'] =>
  json === null ? null : (JSON.parse(json) as RunRow['config']);
