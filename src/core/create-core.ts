import { join } from 'node:path';
import type { EngineKind } from '../shared/domain/run.ts';
import type { Settings } from '../shared/domain/settings.ts';
import { systemClock, type Clock } from './clock.ts';
import { ChangeFeed, type Repos } from './db/change-feed.ts';
import { ExecutorLock } from './db/executor-lock.ts';
import { newId } from './db/ids.ts';
import { JobsRepo } from './db/jobs-repo.ts';
import { openDatabase } from './db/open-database.ts';
import { ProjectsRepo } from './db/projects-repo.ts';
import { RunsRepo } from './db/runs-repo.ts';
import { SettingsRepo } from './db/settings-repo.ts';
import { StepsRepo } from './db/steps-repo.ts';
import { createDockerEngine } from './engines/docker/create-docker-engine.ts';
import type { Engine } from './engines/engine.ts';
import { createProcessEngine } from './engines/process/create-process-engine.ts';
import { makeDataDir } from './host/data-dir.ts';
import { examine } from './host/doctor.ts';
import { EngineChooser } from './host/engine-chooser.ts';
import { JobService } from './jobs/job-service.ts';
import { createLogStore } from './logs/create-log-store.ts';
import type { LogStore } from './logs/log-store.ts';
import { Reconciler } from './runs/reconciler.ts';
import { RunService } from './runs/run-service.ts';
import { Scope } from './scope.ts';
import { openSnapshots } from './snapshots/open-snapshots.ts';
import type { Snapshots } from './snapshots/snapshots.ts';

/** What the host (the app or the command line) supplies. */
export interface CoreOptions {
  /** Everything Slipway keeps is in this folder. Made if it is not there. */
  dataDir: string;
  /** The built `core/snapshots/worker.ts`. */
  workerFile: URL;
  /** `resources/process-supervisor.sh`. */
  supervisorFile: string;
  /** Address of the Docker engine, as in DOCKER_HOST; without it, that variable or the usual socket. */
  dockerHost?: string | undefined;
  clock?: Clock;
}

export interface Core {
  dataDir: string;
  jobs: JobService;
  runs: RunService;
  repos: Repos;
  settings: SettingsRepo;
  snapshots: Snapshots;
  logs: LogStore;
  feed: ChangeFeed;
  chooser: EngineChooser;
  /** See {@link Reconciler.run}. */
  reconcile: Reconciler['run'];
  doctor(signal: AbortSignal): ReturnType<typeof examine>;
  /** Ends everything but the runs that have started: those go on, and the next process finds them. */
  close(): Promise<void>;
}

/**
 * Wires the services on one data folder. The only place that does.
 * @throws AppError when the data folder cannot be used (`E_DATA_DIR`, `E_DB_NEWER`, `E_DB_DAMAGED`).
 */
export function createCore(options: CoreOptions): Core {
  const dataDir = makeDataDir(options.dataDir);
  const clock = options.clock ?? systemClock;
  const scope = new Scope('slipway');
  const db = openDatabase(join(dataDir, 'slipway.db'));
  const repos: Repos = {
    projects: new ProjectsRepo(db),
    jobs: new JobsRepo(db),
    runs: new RunsRepo(db),
    steps: new StepsRepo(db),
  };
  const settings = new SettingsRepo(db);
  const lock = new ExecutorLock(join(dataDir, 'executors'));
  const snapshots = openSnapshots({
    file: join(dataDir, 'snapshots.db'),
    workerFile: options.workerFile,
  });
  const logs = createLogStore(join(dataDir, 'logs'));
  const engine = engines(options, { dataDir, snapshots, clock, settings });
  const feed = new ChangeFeed(db, repos);
  const readSettings = (): Settings => settings.get();
  const chooser = new EngineChooser({ engine, settings: readSettings });
  const jobs = new JobService({ repos, snapshots, clock });
  const attendParts = { repos, logs, engine, settings: readSettings, clock };
  const runs = new RunService({ ...attendParts, jobs, chooser, feed, lock, scope });
  const reconciler = new Reconciler({ repos, lock, runs, engine, clock, scope });

  scope.onDispose(() => db.close());
  scope.onDispose(() => lock.release());
  scope.onDispose(() => snapshots.close());
  scope.onDispose(() => feed.close());
  return {
    dataDir,
    jobs,
    runs,
    repos,
    settings,
    snapshots,
    logs,
    feed,
    chooser,
    reconcile: (mode) => scope.run(() => reconciler.run(mode)),
    doctor: (signal) => examine(dataDir, chooser, signal),
    close: () => scope.dispose(),
  };
}

function engines(
  options: CoreOptions,
  parts: { dataDir: string; snapshots: Snapshots; clock: Clock; settings: SettingsRepo },
): (kind: EngineKind) => Engine {
  const { dataDir, snapshots, clock } = parts;
  const instanceId = parts.settings.metaOnce('instance', newId);
  const all: Record<EngineKind, Engine> = {
    docker: createDockerEngine({ snapshots, instanceId, dockerHost: options.dockerHost, clock }),
    process: createProcessEngine({
      snapshots,
      folder: join(dataDir, 'process'),
      supervisorFile: options.supervisorFile,
      instanceId,
      clock,
    }),
  };
  return (kind) => all[kind];
}
