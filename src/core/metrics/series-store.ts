import type { MetricSeries } from '../../shared/domain/tracked.ts';
import { openSqlite, sqliteError, type Sqlite } from '../db/sqlite.ts';
import { pointAt, pointCount, type Point, type PointBuffer } from './series-codec.ts';

/** Points of one blob: few enough that adding to the last one is cheap, many enough to read fast. */
const CHUNK_POINTS = 1024;
/** Points of all series of one answer: it crosses threads and processes as a whole. */
const ANSWER_POINTS = 20_000;
/** Series of one run: code that invents names without end must not fill the disk. */
const SERIES_LIMIT = 5000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS series (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL,
    name TEXT NOT NULL,
    points INTEGER NOT NULL DEFAULT 0,
    UNIQUE (run_id, name)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS chunk (
    series_id INTEGER NOT NULL REFERENCES series(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (series_id, number)
  ) STRICT, WITHOUT ROWID;
`;

interface SeriesRow {
  id: number;
  name: string;
  points: number;
}

/** Metrics of runs, in a SQLite file of their own: points come fast and are never changed. */
export class SeriesStore {
  readonly #file: string;
  #db: Sqlite | null = null;

  /** The file is made when something is first written or asked for. */
  constructor(file: string) {
    this.#file = file;
  }

  /** Adds points at the ends of series, in one transaction. Series beyond the limit are left out. */
  append(runId: string, series: ReadonlyMap<string, PointBuffer>): void {
    this.#use((db) =>
      db
        .transaction(() => {
          for (const [name, points] of series) {
            const row = this.#series(db, runId, name);
            if (row) this.#add(db, row, points);
          }
        })
        .immediate(),
    );
  }

  /**
   * All series of a run by name, each thinned evenly to at most `limit` points (at least 2), and to fewer
   * where there are many series. Reads what may be many megabytes: for a worker thread.
   */
  read(runId: string, limit: number): MetricSeries[] {
    return this.#use((db) => {
      const rows = db
        .prepare('SELECT id, name, points FROM series WHERE run_id = ? ORDER BY name')
        .all(runId) as SeriesRow[];
      const each = Math.min(limit, Math.floor(ANSWER_POINTS / Math.max(1, rows.length)));
      return rows.map((row) => this.#readSeries(db, row, each));
    });
  }

  /** Removes all series of a run. */
  clear(runId: string): void {
    this.#use((db) => db.prepare('DELETE FROM series WHERE run_id = ?').run(runId));
  }

  close(): void {
    this.#db?.close();
    this.#db = null;
  }

  #use<T>(work: (db: Sqlite) => T): T {
    try {
      return work((this.#db ??= open(this.#file)));
    } catch (error) {
      throw sqliteError(error, this.#file);
    }
  }

  #series(db: Sqlite, runId: string, name: string): SeriesRow | null {
    const find = db.prepare('SELECT id, name, points FROM series WHERE run_id = ? AND name = ?');
    const known = find.get(runId, name) as SeriesRow | undefined;
    if (known) return known;
    db.prepare(
      `INSERT INTO series (run_id, name)
       SELECT ?, ? WHERE (SELECT count(*) FROM series WHERE run_id = ?) < ?`,
    ).run(runId, name, runId, SERIES_LIMIT);
    return (find.get(runId, name) as SeriesRow | undefined) ?? null;
  }

  #add(db: Sqlite, { id, points: there }: SeriesRow, added: PointBuffer): void {
    const put = db.prepare('INSERT OR REPLACE INTO chunk VALUES (?, ?, ?)');
    let filled = there % CHUNK_POINTS;
    let number = Math.floor(there / CHUNK_POINTS);
    for (let from = 0; from < added.count; number++) {
      const to = Math.min(added.count, from + CHUNK_POINTS - filled);
      const part = added.encoded(from, to);
      put.run(id, number, filled > 0 ? Buffer.concat([chunkOf(db, id, number), part]) : part);
      filled = 0;
      from = to;
    }
    db.prepare('UPDATE series SET points = points + ? WHERE id = ?').run(added.count, id);
  }

  #readSeries(db: Sqlite, { id, name, points: count }: SeriesRow, limit: number): MetricSeries {
    const wanted = Math.min(count, Math.max(2, limit));
    const points: Point[] = [];
    let number = -1;
    let chunk: Buffer = Buffer.alloc(0);
    for (let i = 0; i < wanted; i++) {
      const index = wanted === 1 ? 0 : Math.round((i * (count - 1)) / (wanted - 1));
      const holder = Math.floor(index / CHUNK_POINTS);
      if (holder !== number) chunk = chunkOf(db, id, holder);
      number = holder;
      if (index % CHUNK_POINTS < pointCount(chunk)) {
        points.push(pointAt(chunk, index % CHUNK_POINTS));
      }
    }
    return { name, count, last: points.at(-1)?.value ?? null, points };
  }
}

function chunkOf(db: Sqlite, seriesId: number, number: number): Buffer {
  const row = db
    .prepare('SELECT data FROM chunk WHERE series_id = ? AND number = ?')
    .get(seriesId, number) as { data: Buffer } | undefined;
  return row?.data ?? Buffer.alloc(0);
}

function open(file: string): Sqlite {
  const db = openSqlite(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  db.exec(SCHEMA);
  return db;
}
