import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noSecretStore } from '../../../secrets/keyring.ts';
import { openSqlite } from '../../../db/sqlite.ts';
import type { GitSnapshots } from '../../../snapshots/git-snapshots.ts';
import { openSnapshots } from '../../../snapshots/open-snapshots.ts';
import type { Control, Snapshots } from '../../../snapshots/snapshots.ts';
import { createGitSources, type GitSources } from '../git-sources.ts';
import type { GitLogin } from '../git-url.ts';
import { TestRepository } from './git-repository.ts';

const WORKER_FILE = new URL('../../../snapshots/worker.ts', import.meta.url);
const SCRIPTS = fileURLToPath(new URL('../../../../../resources', import.meta.url));

/** Logins by host and port and key files by host, in memory. */
export class MemoryCredentials {
  readonly logins = new Map<string, GitLogin>();
  readonly keys = new Map<string, string>();
  /** As where a secret store cannot be used. */
  broken = false;

  get(host: string): Promise<GitLogin | null> {
    if (this.broken) return Promise.reject(noSecretStore('no bus'));
    return Promise.resolve(this.logins.get(host) ?? null);
  }

  set(host: string, login: GitLogin): Promise<void> {
    this.logins.set(host, login);
    return Promise.resolve();
  }

  sshKey(host: string): Promise<string | null> {
    if (this.broken) return Promise.reject(noSecretStore('no bus'));
    return Promise.resolve(this.keys.get(host) ?? null);
  }
}

/** Git sources with snapshots of their own, and a place for repositories; removed in the end. */
export class GitBench {
  readonly base = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-git-')));
  /** What a server would serve. */
  readonly served = join(this.base, 'served');
  readonly data = join(this.base, 'data');
  readonly credentials = new MemoryCredentials();
  readonly control: Control = { signal: new AbortController().signal };
  readonly #file = join(this.data, 'snapshots.db');
  snapshots: Snapshots & GitSnapshots;
  sources: GitSources;

  constructor() {
    mkdirSync(this.served);
    this.snapshots = openSnapshots({ file: this.#file, workerFile: WORKER_FILE });
    this.sources = this.#open();
  }

  #open(): GitSources {
    return createGitSources({
      folder: join(this.data, 'git'),
      scripts: SCRIPTS,
      snapshots: this.snapshots,
      credentials: this.credentials,
    });
  }

  repository(path: string, branch?: string): TestRepository {
    return new TestRepository(join(this.served, path), branch);
  }

  /** `path mode size`, `path -> target` and `path/` of every entry of a tree. */
  async list(tree: string): Promise<string[]> {
    const entries = await this.snapshots.entries(tree);
    return entries.map(({ path, kind, size, executable, content }) => {
      if (kind === 'directory') return `${path}/`;
      return kind === 'link'
        ? `${path} -> ${content ?? ''}`
        : `${path} ${executable ? 'x' : '-'} ${size}`;
    });
  }

  async text(tree: string, path: string): Promise<string | null> {
    return (await this.snapshots.readFile(tree, path, 2 ** 20))?.toString('utf8') ?? null;
  }

  /** Makes the store forget which commits it holds, so that they are read again. */
  async forget(): Promise<void> {
    await this.snapshots.close();
    const db = openSqlite(this.#file);
    db.exec('DELETE FROM git_trees; DELETE FROM git_blobs');
    db.close();
    this.snapshots = openSnapshots({ file: this.#file, workerFile: WORKER_FILE });
    this.sources = this.#open();
  }

  async dispose(): Promise<void> {
    await this.snapshots.close();
    execFileSync('rm', ['-rf', this.base]);
  }
}
