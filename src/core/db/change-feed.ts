import type { Changes } from '../../shared/contract/events.ts';
import type { Database } from './database.ts';
import type { JobsRepo } from './jobs-repo.ts';
import type { ProjectsRepo } from './projects-repo.ts';
import type { RunsRepo } from './runs-repo.ts';
import type { StepsRepo } from './steps-repo.ts';

/** How soon changes are told: the rows of a burst of writes go out together. */
const OWN_DELAY_MS = 16;
/** How soon the writes of another process are noticed. */
const FOREIGN_POLL_MS = 200;

export interface Repos {
  projects: ProjectsRepo;
  jobs: JobsRepo;
  runs: RunsRepo;
  steps: StepsRepo;
}

/**
 * Tells what changed in the database, whoever wrote it: rows whose revision is newer than the last
 * one seen. A listener gets the newest state of each row, so that a missed or doubled message does
 * no harm.
 */
export class ChangeFeed {
  readonly #db: Database;
  readonly #repos: Repos;
  readonly #listeners = new Set<(changes: Changes) => void>();
  readonly #poll: NodeJS.Timeout;
  #seen: number;
  #dataVersion: number;
  #pending: NodeJS.Timeout | null = null;

  constructor(db: Database, repos: Repos) {
    this.#db = db;
    this.#repos = repos;
    this.#seen = this.#revision();
    this.#dataVersion = db.dataVersion();
    db.onWrite(() => this.#soon());
    this.#poll = setInterval(() => this.#checkOthers(), FOREIGN_POLL_MS);
    this.#poll.unref();
  }

  /** Returns the unsubscribe. */
  on(listener: (changes: Changes) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    clearInterval(this.#poll);
    if (this.#pending) clearTimeout(this.#pending);
    this.#listeners.clear();
  }

  #soon(): void {
    this.#pending ??= setTimeout(() => this.#tell(), OWN_DELAY_MS);
  }

  #checkOthers(): void {
    const version = this.#db.dataVersion();
    if (version === this.#dataVersion) return;
    this.#dataVersion = version;
    this.#tell();
  }

  #tell(): void {
    if (this.#pending) clearTimeout(this.#pending);
    this.#pending = null;
    const since = this.#seen;
    const now = this.#revision();
    if (now === since) return;
    this.#seen = now;
    const changes = this.#changesSince(since);
    for (const listener of this.#listeners) listener(changes);
  }

  #changesSince(rev: number): Changes {
    const { projects, jobs, runs, steps } = this.#repos;
    return {
      projects: projects.changedSince(rev),
      jobs: jobs.jobsChangedSince(rev),
      versions: jobs.versionsChangedSince(rev),
      runs: runs.changedSince(rev),
      runEvents: runs.eventsChangedSince(rev),
      steps: steps.changedSince(rev),
    };
  }

  #revision(): number {
    return (this.#db.get('SELECT value FROM revision') as { value: number }).value;
  }
}
