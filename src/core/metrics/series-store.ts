import type { MetricNews, MetricSeries } from '../../shared/domain/tracked.ts';
import { openSqlite, sqliteError, type Sqlite } from '../db/sqlite.ts';
import { prepared } from './prepared.ts';
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
    source INTEGER NOT NULL DEFAULT 0,
    UNIQUE (run_id, name)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS chunk (
    series_id INTEGER NOT NULL REFERENCES series(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (series_id, number)
  ) STRICT, WITHOUT ROWID;
`;

/** Who says the values: the SDK of the code, lines that the code printed, or the engine. */
const SOURCES = { code: 0, printed: 1, usage: 2 } as const;

export type SeriesSource = keyof typeof SOURCES;

interface SeriesRow {
  id: number;
  name: string;
  points: number;
  source: number;
}

/** What a reader has of a series already. */
export interface SeriesHave {
  id: number;
  count: number;
}

const COLUMNS = 'id, name, points, source';

/** Metrics of runs, in a SQLite file of their own: points come fast and are never changed. */
export class SeriesStore {
  readonly #file: string;
  readonly #onFault: (error: unknown) => void;
  #db: Sqlite | null = null;

  /** The file is made when something is first written or asked for. `onFault` is told of its failures. */
  constructor(file: string, onFault: (error: unknown) => void = () => undefined) {
    this.#file = file;
    this.#onFault = onFault;
  }

  /**
   * Adds points at the ends of series, in one transaction. Left out are series beyond the limit, and
   * those of a name that another source of the run has.
   */
  append(
    runId: string,
    series: ReadonlyMap<string, PointBuffer>,
    source: SeriesSource = 'code',
  ): void {
    this.#use((db) =>
      db
        .transaction(() => {
          for (const [name, points] of series) {
            const row = this.#series(db, runId, name, SOURCES[source]);
            if (row?.source === SOURCES[source]) this.#add(db, row, points);
          }
        })
        .immediate(),
    );
  }

  /**
   * All series of a run by name, each thinned to at most `limit` points (at least 2), and to fewer where
   * there are many series. Reads what may be many megabytes: for a worker thread.
   */
  read(runId: string, limit: number): MetricSeries[] {
    return this.#use((db) => {
      const rows = seriesOf(db, runId);
      const each = Math.min(limit, Math.floor(ANSWER_POINTS / Math.max(1, rows.length)));
      return rows.map((row) => overview(db, row, each));
    });
  }

  /**
   * What is new to a reader who `have`s some series: all points that came since then, or an overview as
   * `read` gives it of what is new or has grown too much.
   */
  readSince(runId: string, limit: number, have: readonly SeriesHave[]): MetricNews {
    return this.#use((db) => {
      const rows = seriesOf(db, runId);
      const each = Math.min(limit, Math.floor(ANSWER_POINTS / Math.max(1, rows.length)));
      const known = new Map(have.map(({ id, count }) => [id, count]));
      const changed = rows
        .filter(({ id, points }) => known.get(id) !== points)
        .map((row) => newsOf(db, row, known.get(row.id), each));
      const there = new Set(rows.map(({ id }) => id));
      return { changed, gone: [...known.keys()].filter((id) => !there.has(id)) };
    });
  }

  /** Points of the longest series of a run that a source has, not counting those of the machine. */
  longest(runId: string, source: SeriesSource): number {
    return this.#use((db) => {
      const row = prepared(
        db,
        `SELECT max(points) AS points FROM series
           WHERE run_id = ? AND source = ? AND name NOT LIKE 'system/%'`,
      ).get(runId, SOURCES[source]) as { points: number | null };
      return row.points ?? 0;
    });
  }

  /** Removes the series of a run, all or those of one source. */
  clear(runId: string, source?: SeriesSource): void {
    const number = source === undefined ? null : SOURCES[source];
    this.#use((db) =>
      prepared(db, 'DELETE FROM series WHERE run_id = ? AND source = coalesce(?, source)').run(
        runId,
        number,
      ),
    );
  }

  /** Puts what was stored under another id in the place of what the code of a run logged. */
  replaceCode(runId: string, by: string): void {
    this.#use((db) =>
      db
        .transaction(() => {
          prepared(
            db,
            `DELETE FROM series WHERE run_id = ? AND (source = 0 OR name IN
             (SELECT name FROM series WHERE run_id = ?))`,
          ).run(runId, by);
          prepared(db, 'UPDATE series SET run_id = ? WHERE run_id = ?').run(runId, by);
        })
        .immediate(),
    );
  }

  close(): void {
    this.#db?.close();
    this.#db = null;
  }

  #use<T>(work: (db: Sqlite) => T): T {
    try {
      return work((this.#db ??= open(this.#file)));
    } catch (error) {
      const told = sqliteError(error, this.#file);
      this.#onFault(told);
      throw told;
    }
  }

  #series(db: Sqlite, runId: string, name: string, source: number): SeriesRow | null {
    const find = prepared(db, `SELECT ${COLUMNS} FROM series WHERE run_id = ? AND name = ?`);
    const known = find.get(runId, name) as SeriesRow | undefined;
    if (known) return known;
    prepared(
      db,
      `INSERT INTO series (run_id, name, source)
       SELECT ?, ?, ? WHERE (SELECT count(*) FROM series WHERE run_id = ?) < ?`,
    ).run(runId, name, source, runId, SERIES_LIMIT);
    return (find.get(runId, name) as SeriesRow | undefined) ?? null;
  }

  #add(db: Sqlite, { id, points: there }: SeriesRow, added: PointBuffer): void {
    const put = prepared(db, 'INSERT OR REPLACE INTO chunk VALUES (?, ?, ?)');
    let filled = there % CHUNK_POINTS;
    let number = Math.floor(there / CHUNK_POINTS);
    for (let from = 0; from < added.count; number++) {
      const to = Math.min(added.count, from + CHUNK_POINTS - filled);
      const part = added.encoded(from, to);
      put.run(id, number, filled > 0 ? Buffer.concat([chunkOf(db, id, number), part]) : part);
      filled = 0;
      from = to;
    }
    prepared(db, 'UPDATE series SET points = points + ? WHERE id = ?').run(added.count, id);
  }
}

const seriesOf = (db: Sqlite, runId: string): SeriesRow[] =>
  prepared(db, `SELECT ${COLUMNS} FROM series WHERE run_id = ? ORDER BY name`).all(
    runId,
  ) as SeriesRow[];

/**
 * At most `limit` points (at least 2) of the whole series: all, or of each of equal parts the least and
 * the greatest, so that no peak is lost. The first and the last are always there.
 */
function overview(db: Sqlite, { id, name, points: count }: SeriesRow, limit: number): MetricSeries {
  const most = Math.max(2, limit);
  const whole = seriesAt(db, { id, name, count }, 0, count);
  if (whole.points.length <= most) return whole;
  const { points, last } = whole;
  const inner = points.slice(1, -1);
  const parts = Math.floor((most - 2) / 2);
  const kept = Array.from({ length: parts }, (_, i) => {
    const at = (part: number) => Math.floor((part * inner.length) / parts);
    return ends(inner, at(i), at(i + 1));
  });
  return { name, count, last, points: [points[0]!, ...kept.flat(), points.at(-1)!] };
}

/** The least and the greatest of some points, in their order; one when all are the same. */
function ends(points: readonly Point[], from: number, to: number): Point[] {
  let [low, high] = [from, from];
  for (let i = from; i < to; i++) {
    const { value } = points[i]!;
    // What is no number stands only where there is nothing else.
    if (value < points[low]!.value || Number.isNaN(points[low]!.value)) low = i;
    if (value > points[high]!.value || Number.isNaN(points[high]!.value)) high = i;
  }
  return [...new Set([Math.min(low, high), Math.max(low, high)])].map((i) => points[i]!);
}

function newsOf(
  db: Sqlite,
  row: SeriesRow,
  known: number | undefined,
  limit: number,
): MetricNews['changed'][number] {
  const { id, name, points: count } = row;
  if (known === undefined || known > count || count - known > limit) {
    return { ...overview(db, row, limit), id, from: 0 };
  }
  return { ...seriesAt(db, { id, name, count }, known, count), id, from: known };
}

/** The points from one index to before another. */
function seriesAt(
  db: Sqlite,
  { id, name, count }: { id: number; name: string; count: number },
  from: number,
  to: number,
): MetricSeries {
  const points: Point[] = [];
  let number = -1;
  let chunk: Buffer = Buffer.alloc(0);
  for (let index = from; index < to; index++) {
    const holder = Math.floor(index / CHUNK_POINTS);
    if (holder !== number) chunk = chunkOf(db, id, holder);
    number = holder;
    if (index % CHUNK_POINTS < pointCount(chunk)) points.push(pointAt(chunk, index % CHUNK_POINTS));
  }
  return { name, count, last: points.at(-1)?.value ?? null, points };
}

function chunkOf(db: Sqlite, seriesId: number, number: number): Buffer {
  const row = prepared(db, 'SELECT data FROM chunk WHERE series_id = ? AND number = ?').get(
    seriesId,
    number,
  ) as { data: Buffer } | undefined;
  return row?.data ?? Buffer.alloc(0);
}

function open(file: string): Sqlite {
  const db = openSqlite(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  db.exec(SCHEMA);
  const columns = db.pragma('table_info(series)') as { name: string }[];
  // Files from before there were sources.
  if (!columns.some(({ name }) => name === 'source')) {
    db.exec('ALTER TABLE series ADD COLUMN source INTEGER NOT NULL DEFAULT 0');
  }
  return db;
}
