import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openSqlite } from '../db/sqlite.ts';
import type { GitSnapshots } from './git-snapshots.ts';
import { openSnapshots } from './open-snapshots.ts';
import type { Control, FolderPreview, FrozenTree, Snapshots } from './snapshots.ts';

export const WORKER_FILE = new URL('./worker.ts', import.meta.url);

const LONG_AGO = new Date('2020-01-01T00:00:00Z');
/** Entries younger than this are read again, see `stat-index.ts`. */
const RACY_MS = 2100;

/** A folder to take snapshots of, and snapshots of its own, in a place that is removed in the end. */
export class Bench {
  readonly #base = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-snapshots-')));
  readonly folder = join(this.#base, 'source');
  readonly control: Control = { signal: new AbortController().signal };
  file = join(this.#base, 'data', 'snapshots.db');
  snapshots: Snapshots & GitSnapshots;

  constructor() {
    mkdirSync(this.folder);
    this.snapshots = openSnapshots({ file: this.file, workerFile: WORKER_FILE });
  }

  async dispose(): Promise<void> {
    await this.snapshots.close();
    // Node's own removal cannot name paths beyond the system's limit.
    execFileSync('rm', ['-rf', this.#base]);
  }

  /** Ends the worker and starts another on the next request. */
  async reopen(file = this.file): Promise<void> {
    await this.snapshots.close();
    this.file = file;
    this.snapshots = openSnapshots({ file, workerFile: WORKER_FILE });
  }

  path(relative: string): string {
    return join(this.folder, relative);
  }

  write(relative: string, content: string | Buffer): void {
    mkdirSync(dirname(this.path(relative)), { recursive: true });
    writeFileSync(this.path(relative), content);
  }

  makeFiles(relative: string, count: number): void {
    mkdirSync(this.path(relative), { recursive: true });
    for (let n = 0; n < count; n++) writeFileSync(this.path(`${relative}/${n}.txt`), `file ${n}\n`);
  }

  /** Waits until the time stamps of everything are old enough to be trusted. */
  async age(): Promise<void> {
    for (const path of this.list()) utimesSync(this.path(path), LONG_AGO, LONG_AGO);
    await new Promise((resolve) => setTimeout(resolve, RACY_MS));
  }

  freeze(folder = this.folder): Promise<FrozenTree> {
    return this.snapshots.freeze(folder, { includeSecrets: [] }, this.control);
  }

  preview(folder = this.folder): Promise<FolderPreview> {
    return this.snapshots.preview(folder, { includeSecrets: [] }, this.control);
  }

  /** Every path of a folder with what it is, in order; independent of the code under test. */
  list(folder = this.folder): string[] {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  }

  describe(folder = this.folder): string[] {
    return this.list(folder).map((path) => {
      const stat = lstatSync(join(folder, path));
      if (stat.isSymbolicLink()) return `${path} -> ${readlinkSync(join(folder, path))}`;
      return stat.isDirectory() ? `${path}/` : `${path} ${stat.size}`;
    });
  }

  query<T>(sql: string): T[] {
    const db = openSqlite(this.file, { readonly: true });
    try {
      return db.prepare<[], T>(sql).all();
    } finally {
      db.close();
    }
  }

  /** Bytes of content stored, before compression. */
  storedBytes(): number {
    return (
      this.query<{ size: number }>('SELECT coalesce(sum(size), 0) AS size FROM chunks')[0]?.size ??
      0
    );
  }

  /** Overwrites stored content behind the back of everything. */
  async damage(): Promise<void> {
    await this.snapshots.close();
    const db = openSqlite(this.file);
    db.exec("UPDATE chunks SET codec = 'raw', data = zeroblob(size)");
    db.close();
    await this.reopen();
  }
}
