import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Sqlite } from '../db/sqlite.ts';
import { BlobReader } from './blob-reader.ts';
import { GitIndex } from './git-index.ts';
import { openStore } from './open-store.ts';
import { toBytes, type Bytes } from './path-bytes.ts';
import { IndexStore } from './stat-index.ts';
import { TreeStore } from './tree-store.ts';

/** An open snapshots.db with what reads and writes its parts. */
export interface Store {
  db: Sqlite;
  blobs: BlobReader;
  trees: TreeStore;
  indexes: IndexStore;
  git: GitIndex;
  /** The folder that holds the file: never part of a snapshot. */
  dataFolder: { path: Bytes; dev: number; ino: number };
}

export function openSnapshotStore(file: string): Store {
  const db = openStore(file);
  const folder = realpathSync.native(dirname(file));
  const { dev, ino } = statSync(folder);
  return {
    db,
    blobs: new BlobReader(db),
    trees: new TreeStore(db),
    indexes: new IndexStore(db),
    git: new GitIndex(db),
    dataFolder: { path: toBytes(folder), dev, ino },
  };
}
