import type { MetricNews, MetricSeries } from '../shared/domain/tracked.ts';
import type { Executor } from '../shared/domain/queue.ts';
import { systemClock, type Clock } from './clock.ts';
import { ActivityRepo } from './db/activity-repo.ts';
import { ChangeFeed, type Repos } from './db/change-feed.ts';
import type { SettingsRepo } from './db/settings-repo.ts';
import { loginChecker } from './engines/docker/check-login.ts';
import { openEngines } from './engines/open-engines.ts';
import { makeDataDir } from './host/data-dir.ts';
import type { Doctor } from './host/doctor.ts';
import { EngineChooser } from './host/engine-chooser.ts';
import { keepOn } from './host/keep-on.ts';
import type { Keeper } from './host/keeper.ts';
import { lookAfter } from './host/machine.ts';
import type { Troubles } from './host/troubles.ts';
import { ReadSession, type NewsRequest } from './imports/read-session.ts';
import type { TrackedService } from './imports/tracked-service.ts';
import type { InputService } from './inputs/input-service.ts';
import type { PresetService } from './inputs/preset-service.ts';
import type { Inspector } from './jobs/inspector.ts';
import type { JobMaker } from './jobs/job-maker.ts';
import type { JobService } from './jobs/job-service.ts';
import type { Planner } from './launch/planner.ts';
import type { RunOutputs } from './live/run-outputs.ts';
import type { LogStore } from './logs/log-store.ts';
import { LogSearches } from './logs/search/log-searches.ts';
import { RunComparer } from './marks/compare/run-comparer.ts';
import { BinService } from './marks/bin-service.ts';
import { MarkService } from './marks/mark-service.ts';
import type { Remover } from './marks/remover.ts';
import { openRunList } from './run-list/open-run-list.ts';
import type { RunList } from './run-list/run-list.ts';
import { openJobs } from './open-jobs.ts';
import { openRuns } from './open-runs.ts';
import { openStores, placesIn, useLocks } from './open-stores.ts';
import { openRoom } from './room/open-room.ts';
import type { RoomService } from './room/room-service.ts';
import type { Dispatcher } from './runs/dispatcher.ts';
import type { Reconciler } from './runs/reconciler.ts';
import type { RunService } from './runs/run-service.ts';
import { QueueMaker } from './queue/queue-maker.ts';
import type { QueueService } from './queue/queue-service.ts';
import { Scope } from './scope.ts';
import { SecretService } from './secrets/secret-service.ts';
import type { Snapshots } from './snapshots/snapshots.ts';
import type { SweepService } from './sweeps/sweep-service.ts';
import type { Transfer } from './transfer/transfer.ts';

/** What the host (the app or the command line) supplies. */
export interface CoreOptions {
  /** Everything Slipway keeps is in this folder. Made if it is not there. */
  dataDir: string;
  /**
   * `worker.ts` of core/snapshots, `read-worker.ts` of imports, `list-worker.ts` of run-list, `search-worker.ts`
   * of logs, `care-worker.ts` of host, or as built.
   */
  workers: { snapshots: URL; runReader: URL; runList: URL; logSearch: URL; care: URL };
  /** The folder `resources`, with the scripts that git and the process engine are started through. */
  resources: string;
  /** Address of the Docker engine, as in DOCKER_HOST; without it, that variable or the usual socket. */
  dockerHost?: string | undefined;
  clock?: Clock;
  /** What this process is to the others; without it, a terminal. */
  role?: Role;
}

type Role = NonNullable<Executor['kind']>;

export interface Core {
  dataDir: string;
  jobs: JobService;
  maker: JobMaker;
  inspector: Inspector;
  inputs: InputService;
  presets: PresetService;
  planner: Planner;
  transfer: Transfer;
  tracked: TrackedService;
  runs: RunService;
  runList: RunList;
  sweeps: SweepService;
  queues: QueueService;
  queueMaker: QueueMaker;
  /** What takes room on the disk, and what of it may go. */
  room: RoomService;
  marks: MarkService;
  bin: BinService;
  remover: Remover;
  comparer: RunComparer;
  repos: Repos;
  activity: ActivityRepo;
  settings: SettingsRepo;
  secrets: SecretService;
  snapshots: Snapshots;
  logs: LogStore;
  logSearches: LogSearches;
  outputs: Pick<RunOutputs, 'of' | 'folderOf'>;
  /** The metrics of a run, see `SeriesStore.read`, without holding up the caller. */
  readSeries(runId: string, limit: number): Promise<MetricSeries[]>;
  /** What is new of the metrics of a run, see `SeriesStore.readSince`. */
  readNews(request: NewsRequest): Promise<MetricNews>;
  feed: ChangeFeed;
  chooser: EngineChooser;
  /** See {@link Reconciler.run}. */
  reconcile: Reconciler['run'];
  /** See {@link Reconciler.lookSoon}. */
  lookSoon(): void;
  /** Names this process as the one that attends a run, see `ActivityRepo.goingIn`. */
  executorId: string;
  /** Which process starts what waits now. */
  executor(): Executor;
  /**
   * Takes part in executing queues until the signal: when no other process does, or that one dies or hangs,
   * this one starts what waits. What it has started goes on after that. `reconcile('follow')` does it, too,
   * for as long as the core is open.
   */
  execute(signal: AbortSignal): Promise<void>;
  /** See {@link Dispatcher.hold}. */
  holdWaiting: Dispatcher['hold'];
  doctor: Doctor;
  /** What is wrong with the machine now. */
  troubles: Troubles;
  /** See {@link Keeper.backUpIfDue}; `reconcile('follow')` does it by itself. */
  backUpIfDue: Keeper['backUpIfDue'];
  /** Does what nobody can cancel: it ends when the core is closed. */
  whileOpen<T>(operation: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Ends everything but the runs that have started: those go on, and the next process finds them. */
  close(): Promise<void>;
}

/** Within what the main process of a window may be held up for. */
const APP_BUSY_MS = 40;

/**
 * Wires the services on one data folder, with `open-stores.ts`, `open-jobs.ts` and `open-runs.ts`.
 * @throws AppError when the data folder cannot be used (`E_DATA_DIR`, `E_DB_NEWER`, `E_DB_DAMAGED`).
 */
export function createCore(options: CoreOptions): Core {
  const { resources, dockerHost, workers, clock = systemClock, role = 'terminal' } = options;
  const dataDir = makeDataDir(options.dataDir);
  const scope = new Scope('slipway');
  const places = placesIn(dataDir);
  // A window does not wait for other processes: what is refused is tried again without holding it up.
  const busyMs = role === 'app' ? APP_BUSY_MS : undefined;
  const stores = openStores(places, { snapshotWorker: workers.snapshots, busyMs, clock }, scope);
  const { db, repos, settings, secretStore, lock, snapshots, logs, series, troubles } = stores;
  const engine = openEngines({ ...stores, dataDir, resources, dockerHost, clock });
  const chooser = new EngineChooser({ engine, settings: () => settings.get() });
  const feed = new ChangeFeed(db, repos);
  const locks = useLocks(places);
  const readable = { metricsFile: places.metrics, logsFolder: places.logs };
  const openSession = () => new ReadSession(workers.runReader, readable);
  const common = { dataDir, places, stores, engine, chooser, openSession, clock, scope };
  const jobs = openJobs({ ...common, resources, hold: locks.versions.hold });
  const runs = openRuns({ ...common, jobs, feed, role, hold: locks.environments.hold });
  const { lease, dispatcher, reconciler, sweeps, remover } = runs;
  const { room, keeper: roomKeeper } = openRoom({
    ...{ dataDir, db, lock, lease, settings, snapshots, locks, dockerHost, clock },
    ...{ careWorker: workers.care, note: troubles.noteFault },
  });
  const { doctor, keeper } = lookAfter({
    ...{ dataDir, places, db, series, lock, chooser, engine, clock, troubles },
    workerFile: workers.care,
    closeSnapshots: () => snapshots.letGo(),
  });
  let followed: Promise<void> | null = null;
  /** Once, however many ask for it. */
  const follow = () => {
    if (followed === null) {
      for (const each of [keeper, roomKeeper]) {
        void scope.run((signal) => keepOn((until) => each.keep(until), troubles.noteFault, signal));
      }
    }
    return (followed ??= reconciler.run('follow'));
  };
  const execute = (signal: AbortSignal) =>
    dispatcher.execute(AbortSignal.any([signal, scope.signal]));
  const runList = openRunList({ db, clock, scope, workerFile: workers.runList });
  const metrics = openSession();
  scope.onDispose(() => metrics.close());
  const logSearches = new LogSearches(workers.logSearch, places.logs);
  scope.onDispose(() => logSearches.close());
  // First of all: nothing is told of what closes.
  scope.onDispose(() => feed.close());
  return {
    ...{ ...jobs, dataDir, repos, settings, snapshots, logs, feed, chooser, runList, logSearches },
    ...{ runs: runs.runs, outputs: runs.outputs, queues: runs.queues, sweeps, remover },
    ...{ room, doctor, troubles },
    queueMaker: new QueueMaker({ queues: runs.queues, chooser, engine }),
    marks: new MarkService(repos),
    bin: new BinService({ repos, clock }),
    comparer: new RunComparer({ repos, snapshots }),
    secrets: new SecretService(secretStore, loginChecker(dockerHost)),
    readSeries: (runId, limit) => metrics.readSeries({ runId, limit }, scope.signal),
    readNews: (request) => metrics.readNews(request, scope.signal),
    reconcile: (mode) =>
      scope.run(async () => {
        await sweeps.tidy();
        // An engine that does not answer must not keep others from starting what waits.
        if (mode === 'follow') void scope.run(execute).catch(troubles.noteFault);
        await (mode === 'follow' ? follow() : reconciler.run(mode));
        await remover.tidy();
      }),
    activity: new ActivityRepo(db),
    lookSoon: () => reconciler.lookSoon(),
    executorId: lock.id,
    executor: () => lease.executor(),
    execute: (signal) =>
      scope.run(async () => {
        // Who wants to know of faults of engines asks for `reconcile`.
        void follow().catch(troubles.noteFault);
        await execute(signal);
      }),
    holdWaiting: () => dispatcher.hold(),
    backUpIfDue: (signal) => keeper.backUpIfDue(signal),
    whileOpen: (operation) => scope.run(operation),
    close: () => scope.dispose(),
  };
}
