import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { openSqlite, type Sqlite } from '../db/sqlite.ts';

/** "Slsn", so that tools that look at the file know what it is. */
const APPLICATION_ID = 0x536c736e;
const PAGE_BYTES = 16_384;
/** Copying pages from the log into the file waits for this much, so that a snapshot is not held up. */
const CHECKPOINT_PAGES = 4096;

/**
 * Content lies in chunks of up to 512 KiB that are compressed as one: many small files share a
 * chunk, a large file has several. A blob is the ordered list of its parts. Whatever removes trees
 * must keep the blobs of the others; a folder's index goes with its tree.
 */
const SCHEMA = `
  CREATE TABLE chunks (
    id INTEGER PRIMARY KEY,
    codec TEXT NOT NULL CHECK (codec IN ('raw', 'brotli')),
    size INTEGER NOT NULL,
    data BLOB NOT NULL
  ) STRICT;
  CREATE TABLE blobs (
    sha BLOB NOT NULL CHECK (length(sha) = 32),
    part INTEGER NOT NULL,
    chunk INTEGER NOT NULL,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    PRIMARY KEY (sha, part)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE trees (
    digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
    files INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    codec TEXT NOT NULL CHECK (codec IN ('raw', 'brotli')),
    data BLOB NOT NULL
  ) STRICT;
  CREATE TABLE folders (
    path BLOB NOT NULL,
    options TEXT NOT NULL,
    tree BLOB NOT NULL REFERENCES trees (digest) ON DELETE CASCADE,
    seen_at REAL NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (path, options)
  ) STRICT;
  CREATE INDEX folders_by_tree ON folders (tree);
`;

/**
 * What came from git by its own names: a blob that was read once is never read again, and neither is
 * a commit. Rows only save time; they go with what they are about.
 */
const GIT_SCHEMA = `
  CREATE TABLE git_blobs (
    oid BLOB PRIMARY KEY CHECK (length(oid) = 20),
    sha BLOB NOT NULL CHECK (length(sha) = 32),
    size INTEGER NOT NULL,
    pointer INTEGER NOT NULL CHECK (pointer IN (0, 1))
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX git_blobs_by_sha ON git_blobs (sha);
  CREATE TRIGGER git_blobs_go AFTER DELETE ON blobs WHEN old.part = 0 BEGIN
    DELETE FROM git_blobs WHERE sha = old.sha;
  END;
  CREATE TABLE git_trees (
    key TEXT PRIMARY KEY,
    tree BLOB NOT NULL REFERENCES trees (digest) ON DELETE CASCADE,
    facts TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX git_trees_by_tree ON git_trees (tree);
`;

/** Chunks that nothing needs any more and that are still to be removed, see collect-garbage.ts. */
const DEAD_SCHEMA = `
  CREATE TABLE dead_chunks (id INTEGER PRIMARY KEY) STRICT;
`;

/** One for each version of the file's layout. */
const STEPS = [SCHEMA, GIT_SCHEMA, DEAD_SCHEMA];
const VERSION = STEPS.length;

function createSchema(db: Sqlite): void {
  db.transaction(() => {
    const version = db.pragma('user_version', { simple: true }) as number;
    for (const step of STEPS.slice(version)) db.exec(step);
    if (version >= VERSION) return;
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${VERSION}`);
  }).immediate();
}

function refuseNewer(db: Sqlite, file: string): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version <= VERSION) return;
  throw new AppError('E_DB_NEWER', `${file} was written by a newer Slipway (schema ${version}).`, {
    next: 'Update Slipway, or use another data folder.',
  });
}

function configure(db: Sqlite, file: string): void {
  db.pragma(`page_size = ${PAGE_BYTES}`);
  // Before anything is written: pages that come free can be given back to the disk bit by bit.
  db.pragma('auto_vacuum = INCREMENTAL');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  db.pragma('cache_size = -32768');
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  db.pragma(`journal_size_limit = ${CHECKPOINT_PAGES * PAGE_BYTES}`);
  refuseNewer(db, file);
  createSchema(db);
}

/** Opens snapshots.db, creating it when it is not there. Throws `E_DB_NEWER` for one of a newer app. */
export function openStore(file: string): Sqlite {
  mkdirSync(dirname(file), { recursive: true });
  const db = openSqlite(file);
  try {
    configure(db, file);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}
