import { FIRST_TABLES } from './first-tables.ts';

/**
 * The schema of `slipway.db`, one entry per version of it (`user_version` counts them). Entries that
 * have been released never change; a change of the schema is a new entry at the end.
 *
 * Times are ms since 1970 for display; order is by `seq` and `rev`, which never jump. Every row that
 * the window shows has a `rev` from the one counter in `revision` (see change-feed.ts).
 */
export const MIGRATIONS: readonly string[] = [
  FIRST_TABLES,
  // Versions of git repositories and images, build plans, runs imported from run folders. Rows from
  // before get what they meant.
  `
  ALTER TABLE job_version ADD COLUMN build TEXT NOT NULL
    DEFAULT '{"context":"","dockerfile":null,"args":{},"target":null,"baseImage":null}';
  ALTER TABLE job_version ADD COLUMN types TEXT;
  UPDATE job_version SET environment = json_set(environment,
    '$.locked', json('false'), '$.python', NULL, '$.notes', json('[]'));

  ALTER TABLE run ADD COLUMN rewrite INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE run ADD COLUMN config TEXT;
  ALTER TABLE run ADD COLUMN summary TEXT;
  ALTER TABLE run ADD COLUMN tracked TEXT;

  CREATE TABLE tracked_run (
    folder TEXT PRIMARY KEY,
    run_id TEXT REFERENCES run(id),
    fingerprint TEXT NOT NULL,
    problem TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE watched_folder (
    folder TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project(id),
    enabled INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    rev INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  // Inputs of runs, presets, sweeps, runs that are tried again.
  `
  ALTER TABLE job_version ADD COLUMN input_schema TEXT;

  ALTER TABLE run ADD COLUMN sweep_id TEXT REFERENCES sweep(id);
  ALTER TABLE run ADD COLUMN cell INTEGER;
  ALTER TABLE run ADD COLUMN retry_of TEXT REFERENCES run(id);
  ALTER TABLE run ADD COLUMN try INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE run ADD COLUMN not_before INTEGER;
  CREATE INDEX run_by_sweep ON run (sweep_id, cell, seq) WHERE sweep_id IS NOT NULL;
  CREATE INDEX run_by_retry ON run (retry_of) WHERE retry_of IS NOT NULL;
  CREATE INDEX run_waiting ON run (seq) WHERE ended_at IS NULL AND executor IS NULL;
  CREATE INDEX run_held ON run (seq) WHERE ended_at IS NULL AND executor IS NOT NULL;
  CREATE INDEX run_held_by_sweep ON run (sweep_id) WHERE ended_at IS NULL AND executor IS NOT NULL;

  ALTER TABLE attempt ADD COLUMN over_time_at INTEGER;
  ALTER TABLE attempt ADD COLUMN secret_stamps TEXT;

  CREATE TABLE run_spec (
    run_id TEXT PRIMARY KEY REFERENCES run(id),
    entry_point TEXT NOT NULL,
    spec TEXT NOT NULL,
    delivery TEXT NOT NULL,
    digest TEXT NOT NULL
  ) STRICT;
  CREATE INDEX run_spec_by_digest ON run_spec (digest);

  CREATE TABLE sweep (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL UNIQUE,
    project_id TEXT NOT NULL REFERENCES project(id),
    job_id TEXT NOT NULL REFERENCES job(id),
    version_id TEXT NOT NULL REFERENCES job_version(id),
    name TEXT NOT NULL,
    plan TEXT NOT NULL,
    concurrency INTEGER NOT NULL,
    cells INTEGER NOT NULL,
    stop_requested_at INTEGER,
    created_at INTEGER NOT NULL,
    rev INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE sweep_cell (
    sweep_id TEXT NOT NULL REFERENCES sweep(id),
    cell INTEGER NOT NULL,
    "values" TEXT NOT NULL,
    PRIMARY KEY (sweep_id, cell)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sweep_by_job ON sweep (job_id, seq DESC);
  CREATE INDEX sweep_rev ON sweep (rev);

  CREATE TABLE run_output (
    run_id TEXT PRIMARY KEY REFERENCES run(id),
    outputs TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE preset (
    job_id TEXT NOT NULL REFERENCES job(id),
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (job_id, name)
  ) STRICT, WITHOUT ROWID;
  `,
  // Who still writes the cells of a sweep; what a run used of the machine.
  `
  ALTER TABLE sweep ADD COLUMN maker TEXT;
  ALTER TABLE run ADD COLUMN usage TEXT;
  `,
  // What a person notes about runs, and the bin. Without a creator it is the user of this machine.
  `
  ALTER TABLE run ADD COLUMN creator TEXT;
  ALTER TABLE run ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE run ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE run ADD COLUMN notes TEXT NOT NULL DEFAULT '';
  ALTER TABLE run ADD COLUMN binned_at INTEGER;
  ALTER TABLE job ADD COLUMN binned_at INTEGER;
  `,
  // Names of jobs are theirs alone only while they are not in the bin; what is deleted for good is told
  // to everybody, and finished by the next process when its own dies. A job counts the runs it had.
  `
  CREATE TABLE job_again (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project(id),
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    source_kind TEXT NOT NULL,
    folder TEXT,
    created_at INTEGER NOT NULL,
    binned_at INTEGER,
    deleted_runs INTEGER NOT NULL DEFAULT 0,
    rev INTEGER NOT NULL
  ) STRICT;
  INSERT INTO job_again (id, project_id, name, description, source_kind, folder, created_at, binned_at, rev)
    SELECT id, project_id, name, description, source_kind, folder, created_at, binned_at, rev FROM job;
  DROP TABLE job;
  ALTER TABLE job_again RENAME TO job;
  CREATE INDEX job_rev ON job (rev);
  CREATE UNIQUE INDEX job_name ON job (project_id, name) WHERE binned_at IS NULL;

  CREATE INDEX run_by_job_bin ON run (job_id, binned_at);
  CREATE INDEX run_finished ON run (job_id, created_at, seq) WHERE state = 'finished';
  CREATE INDEX tracked_run_by_run ON tracked_run (run_id);

  CREATE TABLE removed (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    remover TEXT,
    rev INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX removed_rev ON removed (rev);
  CREATE INDEX removed_open ON removed (kind) WHERE remover IS NOT NULL;
  `,
  // Queues, and the one process that executes them. `waits`: what it found when it last looked at a run.
  `
  CREATE TABLE queue (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    engine TEXT,
    concurrency INTEGER,
    paused_at INTEGER,
    resource_args TEXT NOT NULL DEFAULT '{}',
    variables TEXT NOT NULL DEFAULT '{}',
    created_at INTEGER NOT NULL,
    rev INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX queue_name ON queue (lower(name));
  CREATE INDEX queue_rev ON queue (rev);
  INSERT INTO queue (id, name, concurrency, created_at, rev)
    SELECT 'default', 'default', 1, CAST(unixepoch('subsec') * 1000 AS INTEGER), value FROM revision;

  ALTER TABLE run ADD COLUMN queue_id TEXT REFERENCES queue(id);
  ALTER TABLE run ADD COLUMN priority INTEGER NOT NULL DEFAULT 2;
  ALTER TABLE run ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE run ADD COLUMN waits TEXT;
  CREATE INDEX run_waiting_in_queue ON run (queue_id, priority, position, seq)
    WHERE ended_at IS NULL AND executor IS NULL AND queue_id IS NOT NULL;
  CREATE INDEX run_held_by_queue ON run (queue_id)
    WHERE ended_at IS NULL AND executor IS NOT NULL AND queue_id IS NOT NULL;
  CREATE INDEX run_ended_in_queue ON run (queue_id, ended_at)
    WHERE ended_at IS NOT NULL AND queue_id IS NOT NULL;

  CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    kind TEXT NOT NULL,
    pid INTEGER NOT NULL,
    beat INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  // The holder of the lease shows that it lives beside its lock, see executor-lock.ts. Short ways to what waits.
  `
  ALTER TABLE lease DROP COLUMN beat;
  CREATE INDEX run_waiting_alone ON run (seq)
    WHERE ended_at IS NULL AND executor IS NULL AND queue_id IS NULL;
  CREATE INDEX run_waiting_for_time ON run (not_before)
    WHERE ended_at IS NULL AND executor IS NULL AND not_before IS NOT NULL;
  `,
  // Counting those that wait before one of many thousands reads no row; few of them have a note.
  `
  DROP INDEX run_waiting_in_queue;
  CREATE INDEX run_waiting_in_queue
    ON run (queue_id, priority, position, seq, not_before, waits, engine, sweep_id, ended_at, executor)
    WHERE ended_at IS NULL AND executor IS NULL AND queue_id IS NOT NULL;
  CREATE INDEX run_waiting_noted ON run (engine)
    WHERE ended_at IS NULL AND executor IS NULL AND waits IS NOT NULL;
  CREATE INDEX sweep_unfinished ON sweep (id) WHERE maker IS NOT NULL;
  `,
  // Whether somebody paused a run that goes on, outside Slipway.
  `
  ALTER TABLE run ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
  `,
  // How long a run ran, whatever was done to the clock meanwhile; until now only the clock told.
  `
  ALTER TABLE run ADD COLUMN duration_ms INTEGER;
  UPDATE run SET duration_ms = max(0, ended_at - started_at)
    WHERE ended_at IS NOT NULL AND started_at IS NOT NULL;
  `,
];
