import type { Sqlite } from '../db/sqlite.ts';

/** A version's use of an image or environment, by the runs it had. */
export interface EnvironmentUse {
  /** Tag or folder. */
  name: string;
  versionId: string;
  jobId: string;
  /** "train v3". */
  label: string;
  /** ms since 1970. */
  usedAt: number;
  isGoing: boolean;
  /** A starred run used it. */
  isStarred: boolean;
  /** Order of its newest run. */
  seq: number;
}

/** Why a version is likely to be launched. */
export interface WantedVersion {
  id: string;
  why: 'newest' | 'alias' | 'waiting';
}

/** What the database tells of what is needed. */
export interface RoomFacts {
  jobs: { id: string; name: string }[];
  /** Of jobs that were deleted for good. */
  deletedJobs: string[];
  /** Trees of every version that there is, and those they are shown against. */
  trees: { tree: string; jobId: string }[];
  remotes: { remote: string; label: string }[];
  uses: EnvironmentUse[];
  wanted: WantedVersion[];
  /** This database stands in for another, of which things may be left that it does not know. */
  isRestored: boolean;
}

const USES = `
  SELECT json_extract(run.environment, '$.name') AS name, run.version_id AS versionId, run.job_id AS jobId,
    job.name || ' v' || version.number AS label,
    max(coalesce(run.ended_at, run.started_at, run.created_at)) AS usedAt,
    max(run.ended_at IS NULL) AS isGoing, max(run.starred) AS isStarred, max(run.seq) AS seq
  FROM run JOIN job ON job.id = run.job_id JOIN job_version AS version ON version.id = run.version_id
  WHERE run.environment IS NOT NULL GROUP BY 1, run.version_id`;

const WANTED = `
  SELECT version.id, CASE
    WHEN version.id IN (SELECT version_id FROM run WHERE ended_at IS NULL) THEN 'waiting'
    WHEN version.id IN (SELECT version_id FROM alias WHERE name <> 'latest') THEN 'alias'
    ELSE 'newest' END AS why
  FROM job_version AS version JOIN job ON job.id = version.job_id
  WHERE version.id IN (SELECT version_id FROM run WHERE ended_at IS NULL)
    OR version.id IN (SELECT version_id FROM alias WHERE name <> 'latest')
    OR (job.binned_at IS NULL AND version.number =
      (SELECT max(number) FROM job_version AS other WHERE other.job_id = job.id))`;

/** Those of versions in the bin, too: they come back as they were. */
const TREES = `
  SELECT json_extract(source, '$.tree') AS tree, job_id AS jobId FROM job_version
    WHERE json_extract(source, '$.tree') IS NOT NULL
  UNION SELECT json_extract(source, '$.dirty.base'), job_id FROM job_version
    WHERE json_extract(source, '$.dirty.base') IS NOT NULL`;

const REMOTES = `
  SELECT json_extract(version.source, '$.remote') AS remote, job.name || ' v' || max(version.number) AS label
  FROM job_version AS version JOIN job ON job.id = version.job_id
  WHERE json_extract(version.source, '$.remote') IS NOT NULL GROUP BY 1`;

/** Reads them at one moment. Takes long where there are many runs: for a worker thread. */
export function roomFacts(db: Sqlite): RoomFacts {
  const all = <T>(sql: string): T[] => db.prepare(sql).all() as T[];
  type Row = Omit<EnvironmentUse, 'isGoing' | 'isStarred'> & { isGoing: 0 | 1; isStarred: 0 | 1 };
  const read = db.transaction((): RoomFacts => ({
    jobs: all('SELECT id, name FROM job'),
    deletedJobs: all<{ id: string }>("SELECT id FROM removed WHERE kind = 'job'").map(
      ({ id }) => id,
    ),
    trees: all(TREES),
    remotes: all(REMOTES),
    uses: all<Row>(USES).map((row) => ({
      ...row,
      isGoing: row.isGoing === 1,
      isStarred: row.isStarred === 1,
    })),
    wanted: all(WANTED),
    isRestored: all("SELECT 1 FROM meta WHERE key = 'restored'").length > 0,
  }));
  return read();
}
