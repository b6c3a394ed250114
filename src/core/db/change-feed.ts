import { watch, type FSWatcher } from 'node:fs';
import type { Changes } from '../../shared/contract/events.ts';
import { AppError } from '../../shared/errors.ts';
import type { BinRepo } from './bin-repo.ts';
import type { Database } from './database.ts';
import type { DeletionsRepo } from './deletions-repo.ts';
import type { JobsRepo } from './jobs-repo.ts';
import type { LeaseRepo } from './lease-repo.ts';
import type { MarksRepo } from './marks-repo.ts';
import type { NeedsRepo } from './needs-repo.ts';
import type { OutputsRepo } from './outputs-repo.ts';
import type { PresetsRepo } from './presets-repo.ts';
import type { ProjectsRepo } from './projects-repo.ts';
import type { QueueRunsRepo } from './queue-runs-repo.ts';
import type { QueuesRepo } from './queues-repo.ts';
import type { RemovalsRepo } from './removals-repo.ts';
import type { ResultsRepo } from './results-repo.ts';
import type { RunsRepo } from './runs-repo.ts';
import type { SpecsRepo } from './specs-repo.ts';
import type { StepsRepo } from './steps-repo.ts';
import type { SweepDraftsRepo } from './sweep-drafts-repo.ts';
import type { SweepsRepo } from './sweeps-repo.ts';
import { RUNS_AT_ONCE } from './touch-runs.ts';
import type { TrackedRepo } from './tracked-repo.ts';
import type { WaitingRepo } from './waiting-repo.ts';

/** How soon changes are told: the rows of a burst of writes go out together. */
const OWN_DELAY_MS = 16;
/** How soon the writes of another process are noticed where the system does not tell of them. */
const FOREIGN_POLL_MS = 200;
/**
 * Where it does, they are looked for often for a second: the system tells of bytes in the file, and a commit is
 * to be seen a moment later. And now and then all the same.
 */
const TOLD = { everyMs: 100, forMs: 1000 };
const WATCHED_POLL_MS = 2000;

export interface Repos {
  bin: BinRepo;
  deletions: DeletionsRepo;
  lease: LeaseRepo;
  marks: MarksRepo;
  needs: NeedsRepo;
  outputs: OutputsRepo;
  presets: PresetsRepo;
  projects: ProjectsRepo;
  jobs: JobsRepo;
  runs: RunsRepo;
  queues: QueuesRepo;
  queueRuns: QueueRunsRepo;
  removals: RemovalsRepo;
  results: ResultsRepo;
  specs: SpecsRepo;
  steps: StepsRepo;
  sweepDrafts: SweepDraftsRepo;
  sweeps: SweepsRepo;
  tracked: TrackedRepo;
  waiting: WaitingRepo;
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
  readonly #watcher: FSWatcher | null;
  #poll: NodeJS.Timeout;
  #told: NodeJS.Timeout | undefined;
  #toldAt = 0;
  readonly #unsubscribe: () => void;
  #seen: number;
  #dataVersion: number;
  #pending: NodeJS.Timeout | null = null;

  constructor(db: Database, repos: Repos) {
    this.#db = db;
    this.#repos = repos;
    this.#seen = this.#revision();
    this.#dataVersion = db.dataVersion();
    this.#unsubscribe = db.onWrite(() => this.#soon());
    this.#watcher = this.#watch();
    this.#poll = this.#checkEvery(this.#watcher ? WATCHED_POLL_MS : FOREIGN_POLL_MS);
  }

  /** Returns the unsubscribe. */
  on(listener: (changes: Changes) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#unsubscribe();
    this.#watcher?.close();
    this.#stopLooking();
    clearInterval(this.#poll);
    if (this.#pending) clearTimeout(this.#pending);
    this.#listeners.clear();
  }

  #soon(delay = OWN_DELAY_MS): void {
    this.#pending ??= setTimeout(() => {
      this.#pending = null;
      this.#orLater(() => this.#tell());
    }, delay);
  }

  /** A look that finds nothing wakes the whole process; the file that every commit goes to tells of it. */
  #watch(): FSWatcher | null {
    try {
      const file = `${this.#db.file}-wal`;
      const watcher = watch(file, { persistent: false }, () => this.#lookForAWhile());
      watcher.on('error', () => {
        watcher.close();
        clearInterval(this.#poll);
        this.#poll = this.#checkEvery(FOREIGN_POLL_MS);
      });
      return watcher;
    } catch {
      return null;
    }
  }

  #lookForAWhile(): void {
    this.#toldAt = performance.now();
    this.#told ??= setInterval(() => {
      this.#checkOthers();
      if (performance.now() - this.#toldAt > TOLD.forMs) this.#stopLooking();
    }, TOLD.everyMs).unref();
  }

  #stopLooking(): void {
    clearInterval(this.#told);
    this.#told = undefined;
  }

  #checkEvery(ms: number): NodeJS.Timeout {
    return setInterval(() => this.#checkOthers(), ms).unref();
  }

  #checkOthers(): void {
    if (this.#pending) return;
    this.#orLater(() => {
      const version = this.#db.dataVersion();
      if (version === this.#dataVersion) return;
      this.#tell();
      this.#dataVersion = version;
    });
  }

  /** What cannot be read now (a disk at fault, a file that is locked) is told once it can be. */
  #orLater(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#soon(FOREIGN_POLL_MS);
    }
  }

  #tell(): void {
    const now = this.#revision();
    if (now === this.#seen) return;
    // Of a thousand runs that changed at once, the last ones are told a little later.
    const upTo = this.#repos.runs.revisionAfter(this.#seen, RUNS_AT_ONCE) ?? now;
    const changes = this.#changesSince(this.#seen, upTo);
    for (const listener of this.#listeners) listener(changes);
    this.#seen = upTo;
    if (upTo < now) this.#soon(0);
  }

  /** Rows other than those of runs may be told once more with the next. */
  #changesSince(rev: number, upTo: number): Changes {
    const { projects, jobs, runs, steps, sweeps, queues, removals } = this.#repos;
    return {
      projects: projects.changedSince(rev),
      jobs: jobs.jobsChangedSince(rev),
      versions: jobs.versionsChangedSince(rev),
      runs: runs.changedSince(rev, upTo),
      runEvents: runs.eventsChangedSince(rev, upTo),
      steps: steps.changedSince(rev),
      sweeps: sweeps.changedSince(rev),
      queues: queues.changedSince(rev),
      removed: removals.changedSince(rev),
    };
  }

  #revision(): number {
    return (this.#db.get('SELECT value FROM revision') as { value: number }).value;
  }
}
