import type { MetricNews, MetricSeries } from '../shared/domain/tracked.ts';
import type { Executor } from '../shared/domain/queue.ts';
import type { Settings } from '../shared/domain/settings.ts';
import { systemClock, type Clock } from './clock.ts';
import { ActivityRepo } from './db/activity-repo.ts';
import { ChangeFeed, type Repos } from './db/change-feed.ts';
import { RestoredRepo } from './db/restored-repo.ts';
import type { SettingsRepo } from './db/settings-repo.ts';
import { loginChecker } from './engines/docker/check-login.ts';
import { openEngines } from './engines/open-engines.ts';
import { makeDataDir } from './host/data-dir.ts';
import type { Doctor } from './host/doctor.ts';
import { requireRoom } from './free-space.ts';
import { EngineChooser } from './host/engine-chooser.ts';
import type { Keeper } from './host/keeper.ts';
import { lookAfter } from './host/machine.ts';
import type { Troubles } from './host/troubles.ts';
import { OwnResults } from './imports/own-results.ts';
import { ReadSession, type NewsRequest } from './imports/read-session.ts';
import { RunImporter } from './imports/run-importer.ts';
import { TrackedJobs } from './imports/tracked-jobs.ts';
import { TrackedService } from './imports/tracked-service.ts';
import { InputService } from './inputs/input-service.ts';
import { PresetService } from './inputs/preset-service.ts';
import { Inspector } from './jobs/inspector.ts';
import { JobMaker } from './jobs/job-maker.ts';
import { JobService } from './jobs/job-service.ts';
import { forbiddenMounts } from './launch/forbidden-mounts.ts';
import { Planner, type PlannerParts } from './launch/planner.ts';
import { LiveMetrics } from './live/live-metrics.ts';
import { RunOutputs } from './live/run-outputs.ts';
import type { LogStore } from './logs/log-store.ts';
import { LogSearches } from './logs/search/log-searches.ts';
import { RunComparer } from './marks/compare/run-comparer.ts';
import { BinService } from './marks/bin-service.ts';
import { MarkService } from './marks/mark-service.ts';
import { Remover } from './marks/remover.ts';
import { openRunList } from './run-list/open-run-list.ts';
import type { RunList } from './run-list/run-list.ts';
import { openStores, placesIn, useLocks } from './open-stores.ts';
import { openRoom } from './room/open-room.ts';
import type { RoomService } from './room/room-service.ts';
import { Dispatcher } from './runs/dispatcher.ts';
import { Launcher } from './launch/launcher.ts';
import { LiveFolders } from './runs/live-folders.ts';
import { Reconciler } from './runs/reconciler.ts';
import { RunService } from './runs/run-service.ts';
import { QueueLease } from './queue/lease.ts';
import { MachineRoom } from './queue/machine-room.ts';
import { QueueService } from './queue/queue-service.ts';
import { Scope } from './scope.ts';
import { gitCredentials } from './secrets/credentials.ts';
import { SecretService } from './secrets/secret-service.ts';
import type { Snapshots } from './snapshots/snapshots.ts';
import { createGitSources } from './sources/git/git-sources.ts';
import { remembering } from './sweeps/remembering.ts';
import { SweepService } from './sweeps/sweep-service.ts';
import { Transfer } from './transfer/transfer.ts';

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
  holdWaiting(): () => void;
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
 * Wires the services on one data folder. The only place that does.
 * @throws AppError when the data folder cannot be used (`E_DATA_DIR`, `E_DB_NEWER`, `E_DB_DAMAGED`).
 */
export function createCore(options: CoreOptions): Core {
  const dataDir = makeDataDir(options.dataDir);
  const clock = options.clock ?? systemClock;
  const scope = new Scope('slipway');
  const places = placesIn(dataDir);
  // A window does not wait for other processes: what is refused is tried again without holding it up.
  const busyMs = options.role === 'app' ? APP_BUSY_MS : undefined;
  const stores = openStores(
    places,
    { snapshotWorker: options.workers.snapshots, busyMs, clock },
    scope,
  );
  const { db, repos, settings, secretStore, lock, snapshots, logs, series, troubles } = stores;
  const { resources, dockerHost } = options;
  const engine = openEngines({ ...stores, dataDir, resources, dockerHost, clock });
  const images = engine('docker');
  const git = createGitSources({
    folder: places.git,
    scripts: resources,
    snapshots,
    credentials: gitCredentials(secretStore),
  });
  const feed = new ChangeFeed(db, repos);
  const readSettings = (): Settings => settings.get();
  const chooser = new EngineChooser({ engine, settings: readSettings });
  const jobs = new JobService({ repos, snapshots, clock });
  const locks = useLocks(places);
  const { hold } = locks.versions;
  const maker = new JobMaker({ repos, snapshots, clock, git, images, hold });
  const readable = { metricsFile: places.metrics, logsFolder: places.logs };
  const openSession = () => new ReadSession(options.workers.runReader, readable);
  const results = new OwnResults({ repos, clock, folder: places.runs, openSession });
  const inspector = new Inspector({ snapshots, git, settings: readSettings, hold });
  const inputs = new InputService({ inspector, repos });
  const presets = new PresetService({ repos, snapshots, inputs, clock });
  const plannerParts: PlannerParts = {
    ...{ inputs, snapshots },
    settings: readSettings,
    secretNames: () => secretStore.list(),
    chooseEngine: async (signal) => (await chooser.choice(signal)).kind,
    checkRun: (kind, run, signal) => engine(kind).checkRun(run, signal),
    forbiddenMounts: forbiddenMounts(dataDir),
  };
  const planner = new Planner(plannerParts);
  const live = new LiveFolders(places.live);
  const common = { repos, engine, clock, settings: readSettings };
  const liveMetrics = new LiveMetrics({ repos, series, logs, clock });
  const outputs = new RunOutputs({ repos, clock, folder: places.outputs });
  const attendParts = {
    ...{ ...common, logs, results, live, secrets: secretStore },
    outputs,
    metrics: liveMetrics,
    forbiddenMounts: plannerParts.forbiddenMounts,
    hold: locks.environments.hold,
  };
  const launcher = new Launcher({
    ...{ ...common, jobs, maker, chooser, planner },
    requireRoom: () => requireRoom(dataDir),
  });
  const runs = new RunService({ ...attendParts, launcher, feed, lock, scope });
  const leaseParts = { repo: repos.lease, lock, clock, kind: options.role ?? 'terminal' };
  const lease = new QueueLease({ ...leaseParts, onChange: (listener) => feed.on(listener) });
  const machine = new MachineRoom(common);
  const dispatcher = new Dispatcher({ ...common, db, feed, lease, runs, room: machine });
  const { room, keeper: roomKeeper } = openRoom({
    ...{ dataDir, db, lock, lease, settings, snapshots, locks, dockerHost, clock },
    ...{ careWorker: options.workers.care, note: troubles.note },
  });
  const restored = new RestoredRepo(db);
  const reconciler = new Reconciler({ ...common, lock, runs, live, scope, restored });
  let followed: Promise<void> | null = null;
  /** Once, however many ask for it. */
  const follow = () => {
    if (followed === null) {
      for (const each of [keeper, roomKeeper]) {
        void scope.run((signal) => each.keep(signal)).catch(() => undefined);
      }
    }
    return (followed ??= reconciler.run('follow'));
  };
  const execute = (signal: AbortSignal) =>
    dispatcher.execute(AbortSignal.any([signal, scope.signal]));
  const sweeps = new SweepService({
    ...{ repos, jobs, launcher, lock, clock },
    planner: () => new Planner(remembering(plannerParts)),
  });
  const remover = new Remover({
    ...{ repos, logs, series, lock, scope },
    folders: [places.outputs, places.runs],
  });
  const importer = new RunImporter({
    ...{ repos, clock, series, logs },
    jobs: new TrackedJobs({ maker, snapshots, git, images, hold }),
    openSession,
  });

  const { doctor, keeper } = lookAfter({
    ...{ dataDir, places, db, series, lock, chooser, engine, clock, troubles },
    workerFile: options.workers.care,
    closeSnapshots: () => snapshots.letGo(),
  });
  const runList = openRunList({ db, clock, scope, workerFile: options.workers.runList });
  const metrics = openSession();
  scope.onDispose(() => metrics.close());
  const logSearches = new LogSearches(options.workers.logSearch, places.logs);
  scope.onDispose(() => logSearches.close());
  // First of all: nothing is told of what closes.
  scope.onDispose(() => feed.close());
  return {
    ...{ dataDir, jobs, maker, runs, sweeps, repos, settings, snapshots, logs, feed, chooser },
    ...{ inspector, inputs, presets, planner, runList, logSearches },
    queues: new QueueService({ repos, clock, executor: () => lease.executor() }),
    marks: new MarkService(repos),
    bin: new BinService({ repos, clock }),
    remover,
    comparer: new RunComparer({ repos, snapshots }),
    ...{ outputs, room },
    transfer: new Transfer({ db, repos, snapshots, clock, hold }),
    tracked: new TrackedService({ repos, importer, clock, scope }),
    secrets: new SecretService(secretStore, loginChecker(dockerHost)),
    readSeries: (runId, limit) => metrics.readSeries({ runId, limit }, scope.signal),
    readNews: (request) => metrics.readNews(request, scope.signal),
    reconcile: (mode) =>
      scope.run(async () => {
        await sweeps.tidy();
        // An engine that does not answer must not keep others from starting what waits.
        if (mode === 'follow') void scope.run(execute).catch(() => undefined);
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
        void follow().catch(() => undefined);
        await execute(signal);
      }),
    holdWaiting: () => dispatcher.hold(),
    ...{ doctor, troubles },
    backUpIfDue: (signal) => keeper.backUpIfDue(signal),
    whileOpen: (operation) => scope.run(operation),
    close: () => scope.dispose(),
  };
}
