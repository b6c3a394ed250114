import { join } from 'node:path';
import { ExecutorLock } from './db/executor-lock.ts';
import { openDatabase } from './db/open-database.ts';
import { openRepos } from './db/open-repos.ts';
import { SettingsRepo } from './db/settings-repo.ts';
import { createLogStore } from './logs/create-log-store.ts';
import { SeriesStore } from './metrics/series-store.ts';
import type { Scope } from './scope.ts';
import { openSecretStore } from './secrets/secret-store.ts';
import { openSnapshots } from './snapshots/open-snapshots.ts';

/** Where the things of a data folder are in it. */
export const placesIn = (dataDir: string) => ({
  database: join(dataDir, 'slipway.db'),
  snapshots: join(dataDir, 'snapshots.db'),
  metrics: join(dataDir, 'metrics.db'),
  executors: join(dataDir, 'executors'),
  logs: join(dataDir, 'logs'),
  git: join(dataDir, 'git'),
  live: join(dataDir, 'live'),
  outputs: join(dataDir, 'outputs'),
  /** What runs of our own left behind, as a tracker writes it. */
  runs: join(dataDir, 'runs'),
});

type Places = ReturnType<typeof placesIn>;

/**
 * Opens what a data folder keeps; the scope closes it, in the reverse order.
 * @throws AppError when it cannot be used (`E_DB_NEWER`, `E_DB_DAMAGED`)
 */
export function openStores(places: Places, snapshotWorker: URL, scope: Scope) {
  const db = openDatabase(places.database);
  scope.onDispose(() => db.close());
  const series = new SeriesStore(places.metrics);
  scope.onDispose(() => series.close());
  const lock = new ExecutorLock(places.executors);
  scope.onDispose(() => lock.release());
  const snapshots = openSnapshots({ file: places.snapshots, workerFile: snapshotWorker });
  scope.onDispose(() => snapshots.close());
  const settings = new SettingsRepo(db);
  return {
    ...{ db, series, lock, snapshots, settings },
    repos: openRepos(db),
    logs: createLogStore(places.logs),
    secretStore: openSecretStore(settings),
  };
}
