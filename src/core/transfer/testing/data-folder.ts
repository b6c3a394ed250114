import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DEFAULT_BUILD, type JobVersion, type Source } from '../../../shared/domain/job.ts';
import { openSqlite } from '../../db/sqlite.ts';
import type { Database } from '../../db/database.ts';
import { JobsRepo, type NewVersion } from '../../db/jobs-repo.ts';
import { openDatabase } from '../../db/open-database.ts';
import { ProjectsRepo } from '../../db/projects-repo.ts';
import { unheld } from '../../db/use-lock.ts';
import { versionDigest } from '../../jobs/version-digest.ts';
import { openSnapshots } from '../../snapshots/open-snapshots.ts';
import type { Control, Snapshots } from '../../snapshots/snapshots.ts';
import { WORKER_FILE } from '../../snapshots/testing.ts';
import { Transfer } from '../transfer.ts';

export const CONTROL: Control = { signal: new AbortController().signal };

const COUNTED = {
  'snapshots.db': ['chunks', 'blobs', 'trees'],
  'slipway.db': ['project', 'job', 'job_version', 'alias'],
};

/** A data folder of its own for one test, removed afterwards. */
export function dataFolder(): DataFolder {
  const data = new DataFolder();
  onTestFinished(() => data.dispose());
  return data;
}

/** A data folder with both databases and a transfer. */
export class DataFolder {
  readonly path: string;
  readonly snapshots: Snapshots;
  readonly transfer: Transfer;
  readonly repos;
  readonly #data: string;
  readonly #db: Database;

  constructor() {
    this.path = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-transfer-')));
    this.#data = join(this.path, 'data');
    mkdirSync(this.#data);
    this.#db = openDatabase(join(this.#data, 'slipway.db'));
    const db = this.#db;
    const repos = { projects: new ProjectsRepo(db), jobs: new JobsRepo(db) };
    this.repos = repos;
    this.snapshots = openSnapshots({
      file: join(this.#data, 'snapshots.db'),
      workerFile: WORKER_FILE,
    });
    const clock = { now: () => 1_700_000_000_000 };
    this.transfer = new Transfer({ db, repos, snapshots: this.snapshots, clock, hold: unheld });
  }

  async dispose(): Promise<void> {
    await this.snapshots.close();
    this.#db.close();
    execFileSync('rm', ['-rf', this.path]);
  }

  /** A new folder to put files into. */
  source(name: string): string {
    const folder = join(this.path, 'sources', name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  async freeze(folder: string): Promise<Extract<Source, { kind: 'code' }>> {
    const frozen = await this.snapshots.freeze(folder, { includeSecrets: [] }, CONTROL);
    const { digest: tree, files, bytes } = frozen;
    return { kind: 'code', tree, files, bytes, folder, includedSecrets: [] };
  }

  /** Adds a version of the job `train` in the project `lab`. */
  addVersion(source: Source, more: Partial<NewVersion> = {}, aliases: string[] = []): JobVersion {
    const content = { ...plain(source), ...more };
    const { repos } = this;
    const projectId = repos.projects.ensure('lab', 1).id;
    const job = { projectId, name: 'train', folder: null, description: 'trains it', aliases };
    const digest = versionDigest(content);
    return repos.jobs.addVersion(job, { ...content, digest }, 1_650_000_000_000).version;
  }

  versions(project = 'lab', name = 'train'): JobVersion[] {
    const projectId = this.repos.projects.byName(project)?.id;
    const job = projectId === undefined ? null : this.repos.jobs.byName(projectId, name);
    return job ? this.repos.jobs.versions(job.id).toReversed() : [];
  }

  /** Rows by table, of both databases; a file that is not there has none. */
  rows(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const [file, tables] of Object.entries(COUNTED)) {
      const db = openSqlite(join(this.#data, file));
      for (const table of tables) {
        const known = db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(table);
        const count = known && db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
        counts[table] = Number(count ?? 0);
      }
      db.close();
    }
    return counts;
  }
}

const plain = (source: Source): Omit<NewVersion, 'digest'> => ({
  source,
  entryPoint: source.kind === 'image' ? [] : ['python', 'main.py'],
  environment: {
    dependencies: { kind: 'requirements', path: 'requirements.txt' },
    requirements: 'numpy==2.0.0\n',
    locked: false,
    python: { version: '3.11', evidence: '.python-version:1' },
    notes: [],
  },
  build: DEFAULT_BUILD,
  types: null,
  inputSchema: null,
});
