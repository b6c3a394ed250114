/** The schema of version 1 of `slipway.db`: released, so it never changes (see migrations.ts). */
export const FIRST_TABLES = `
  CREATE TABLE revision (id INTEGER PRIMARY KEY CHECK (id = 1), value INTEGER NOT NULL) STRICT;
  INSERT INTO revision VALUES (1, 0);

  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE project (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    rev INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE job (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES project(id),
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    source_kind TEXT NOT NULL,
    folder TEXT,
    created_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    UNIQUE (project_id, name)
  ) STRICT;

  CREATE TABLE job_version (
    id TEXT PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES job(id),
    number INTEGER NOT NULL,
    digest TEXT NOT NULL,
    source TEXT NOT NULL,
    entry_point TEXT NOT NULL,
    environment TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    UNIQUE (job_id, number),
    UNIQUE (job_id, digest)
  ) STRICT;

  CREATE TABLE alias (
    job_id TEXT NOT NULL REFERENCES job(id),
    name TEXT NOT NULL,
    version_id TEXT NOT NULL REFERENCES job_version(id),
    PRIMARY KEY (job_id, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE run (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL UNIQUE,
    project_id TEXT NOT NULL REFERENCES project(id),
    job_id TEXT NOT NULL REFERENCES job(id),
    version_id TEXT NOT NULL REFERENCES job_version(id),
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    exit_code INTEGER,
    engine TEXT NOT NULL,
    entry_point TEXT NOT NULL,
    environment TEXT,
    log_state TEXT NOT NULL DEFAULT 'none',
    log_reason TEXT,
    engine_reachable INTEGER NOT NULL DEFAULT 1,
    executor TEXT,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    stop_requested_at INTEGER,
    stop_requests INTEGER NOT NULL DEFAULT 0,
    rev INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX run_by_project ON run (project_id, seq DESC);
  CREATE INDEX run_by_job ON run (job_id, seq DESC);
  CREATE INDEX run_active ON run (seq) WHERE ended_at IS NULL;

  CREATE TRIGGER run_end_is_final BEFORE UPDATE OF state ON run
  WHEN OLD.state IN ('finished', 'failed', 'stopped', 'crashed') AND NEW.state <> OLD.state
  BEGIN SELECT RAISE(ABORT, 'a run that has ended keeps its state'); END;

  CREATE TABLE attempt (
    id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run(id),
    number INTEGER NOT NULL,
    environment_id TEXT,
    ref TEXT,
    start_requested_at INTEGER,
    stop_sent_at INTEGER,
    engine_gap INTEGER NOT NULL DEFAULT 0,
    UNIQUE (run_id, number)
  ) STRICT;

  CREATE TABLE run_event (
    seq INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run(id),
    at INTEGER NOT NULL,
    state TEXT,
    text TEXT NOT NULL,
    rev INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX run_event_by_run ON run_event (run_id, seq);

  CREATE TABLE build_step (
    run_id TEXT NOT NULL REFERENCES run(id),
    idx INTEGER NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    rev INTEGER NOT NULL,
    PRIMARY KEY (run_id, idx)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX project_rev ON project (rev);
  CREATE INDEX job_rev ON job (rev);
  CREATE INDEX job_version_rev ON job_version (rev);
  CREATE INDEX run_rev ON run (rev);
  CREATE INDEX run_event_rev ON run_event (rev);
  CREATE INDEX build_step_rev ON build_step (rev);
  `;
