import { dirname, join } from 'node:path';
import type { Clock } from './clock.ts';
import type { Database } from './db/database.ts';
import { ExecutorLock } from './db/executor-lock.ts';
import { openDatabase } from './db/open-database.ts';
import { openRepos } from './db/open-repos.ts';
import { UseLock } from './db/use-lock.ts';
import { finishReplacing } from './db/replace-database.ts';
import { SettingsRepo } from './db/settings-repo.ts';
import { hasRoom, Troubles } from './host/troubles.ts';
import { createLogStore } from './logs/create-log-store.ts';
import { SeriesStore } from './metrics/series-store.ts';
import type { Scope } from './scope.ts';
import { openSecretStore } from './secrets/secret-store.ts';
import { openSnapshots } from './snapshots/open-snapshots.ts';
import { hasNoFilesLeft } from './system-limit.ts';

/** Where the things of a data folder are in it. */
export const placesIn = (dataDir: string) => ({
  database: join(dataDir, 'slipway.db'),
  snapshots: join(dataDir, 'snapshots.db'),
  metrics: join(dataDir, 'metrics.db'),
  executors: join(dataDir, 'executors'),
  logs: join(dataDir, 'logs'),
  git: join(dataDir, 'git'),
  live: join(dataDir, 'live'),
  locks: join(dataDir, 'locks'),
  outputs: join(dataDir, 'outputs'),
  /** What runs of our own left behind, as a tracker writes it. */
  runs: join(dataDir, 'runs'),
});

/** What keeps those apart who make things and who clean up, see `UseLock`. */
export const useLocks = ({ locks }: Places) => ({
  versions: new UseLock(join(locks, 'versions.lock')),
  environments: new UseLock(join(locks, 'environments.lock')),
});

export type Places = ReturnType<typeof placesIn>;

export type Stores = ReturnType<typeof openStores>;

interface StoreOptions {
  snapshotWorker: URL;
  /** See {@link openDatabase}. */
  busyMs: number | undefined;
  clock: Clock;
}

/** Tells when the disk is full, the database locked, and when that is over. */
function watchMachine(places: Places, db: Database, clock: Clock): Troubles {
  const dataDir = dirname(places.database);
  const probes = {
    E_DISK_FULL: () => hasRoom(dataDir),
    E_DB_BUSY: () => !db.isLocked(),
    E_SYSTEM_LIMIT: () => !hasNoFilesLeft(),
  };
  const troubles = new Troubles({ dataDir, clock, probes });
  db.tellFaults(troubles.note);
  return troubles;
}

/**
 * Opens what a data folder keeps; the scope closes it, in the reverse order.
 * @throws AppError when it cannot be used (`E_DB_NEWER`, `E_DB_DAMAGED`)
 */
export function openStores(places: Places, options: StoreOptions, scope: Scope) {
  finishReplacing(places.database);
  const db = openDatabase(places.database, options.busyMs);
  scope.onDispose(() => db.close());
  const troubles = watchMachine(places, db, options.clock);
  scope.onDispose(() => troubles.close());
  const series = new SeriesStore(places.metrics, troubles.note);
  scope.onDispose(() => series.close());
  const lock = new ExecutorLock(places.executors);
  scope.onDispose(() => lock.release());
  const snapshots = openSnapshots({ file: places.snapshots, workerFile: options.snapshotWorker });
  scope.onDispose(() => snapshots.close());
  const settings = new SettingsRepo(db);
  return {
    ...{ db, series, lock, snapshots, settings, troubles },
    repos: openRepos(db),
    logs: createLogStore(places.logs, troubles.note),
    secretStore: openSecretStore(settings),
  };
}
