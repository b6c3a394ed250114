import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../clock.ts';
import { ChangeFeed } from '../../db/change-feed.ts';
import { ExecutorLock } from '../../db/executor-lock.ts';
import { RestoredRepo } from '../../db/restored-repo.ts';
import { testDatabase, testVersion } from '../../db/testing.ts';
import { unheld } from '../../db/use-lock.ts';
import type { EngineKind } from '../../../shared/domain/run.ts';
import {
  DEFAULT_RUN_SETTINGS,
  EMPTY_SPEC,
  type LaunchPlan,
  type LaunchProblem,
  type LaunchSpec,
  type RunSettings,
} from '../../../shared/domain/launch-spec.ts';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts';
import { EngineChooser } from '../../host/engine-chooser.ts';
import { JobMaker } from '../../jobs/job-maker.ts';
import { JobService } from '../../jobs/job-service.ts';
import type { PlanRequest } from '../../launch/planner.ts';
import { LiveMetrics } from '../../live/live-metrics.ts';
import { createLogStore } from '../../logs/create-log-store.ts';
import { SeriesStore } from '../../metrics/series-store.ts';
import { FullDisks } from '../../queue/full-disks.ts';
import { QueueLease } from '../../queue/lease.ts';
import { MachineRoom } from '../../queue/machine-room.ts';
import { Scope } from '../../scope.ts';
import type { Snapshots } from '../../snapshots/snapshots.ts';
import type { GitSources } from '../../sources/git/git-types.ts';
import { Dispatcher } from '../dispatcher.ts';
import { Launcher } from '../../launch/launcher.ts';
import { LiveFolders } from '../live-folders.ts';
import { Reconciler } from '../reconciler.ts';
import { RunService } from '../run-service.ts';
import { FakeEngine, type CrashPoint } from './fake-engine.ts';

/** Tells values apart without holding them. */
const stampOf = (value: string | undefined): string | null =>
  value === undefined ? null : createHash('sha256').update(value).digest('hex');

/** A spec by what is said in it. */
export type SpecOf = Partial<Omit<LaunchSpec, 'settings'>> & { settings?: Partial<RunSettings> };

export const specWith = ({ settings, ...spec }: SpecOf): LaunchSpec => ({
  ...EMPTY_SPEC,
  ...spec,
  settings: { ...DEFAULT_RUN_SETTINGS, ...settings },
});

/** Every value is an argument, and everything else is given as it is. */
function planOf({ entryPoint, engine, spec }: PlanRequest, problems: LaunchProblem[]): LaunchPlan {
  const words = Object.entries(spec.values).map(
    ([name, value]) => `--${name}=${JSON.stringify(value)}`,
  );
  return {
    delivery: {
      argv: [...entryPoint, ...words, ...spec.args],
      env: spec.env,
      secrets: spec.secrets,
      files: [],
      config: spec.config,
    },
    engine,
    environment: '',
    settings: [],
    notes: [],
    problems,
  };
}

/** One "process" on a data folder: real database, log store and lock, a connection to the fake engine. */
export function testApp(folder: string, fake: FakeEngine, crashAt?: CrashPoint, busyMs?: number) {
  const { db, repos } = testDatabase(folder, busyMs);
  const lock = new ExecutorLock(join(folder, 'executors'));
  const scope = new Scope('test');
  const { promise: crashed, resolve: onCrashed } = Promise.withResolvers<void>();
  const connection = fake.connect(crashAt, () => {
    // What the system does for a process that died: its lock is free.
    lock.release();
    onCrashed();
  });
  const other = new FakeEngine().connect();
  const engine = (kind: EngineKind) => (kind === 'process' ? connection : other);
  const settings = () => ({
    ...DEFAULT_SETTINGS,
    engine: 'process' as const,
    stopGraceSeconds: 0.05,
  });
  const feed = new ChangeFeed(db, repos);
  const problems: LaunchProblem[] = [];
  const planner = { plan: async (request: PlanRequest) => planOf(request, problems) };
  const secretStore = { values: new Map<string, string>(), fault: null as Error | null };
  const secrets = {
    get: async (name: string) => {
      if (secretStore.fault) throw secretStore.fault;
      return secretStore.values.get(name) ?? null;
    },
    stamp: (name: string) => stampOf(secretStore.values.get(name)),
  };
  const chooser = new EngineChooser({ engine, settings });
  const snapshots = {} as Snapshots;
  const jobs = new JobService({ repos, snapshots, clock: systemClock });
  const git = {} as GitSources;
  const maker = new JobMaker({
    repos,
    snapshots,
    git,
    images: other,
    clock: systemClock,
    hold: unheld,
  });
  const logs = createLogStore(join(folder, 'logs'));
  const results = { take: async () => undefined };
  const outputs = { take: async () => undefined };
  const live = new LiveFolders(join(folder, 'live'));
  const series = new SeriesStore(join(folder, 'metrics.db'));
  onTestFinished(() => series.close());
  const common = { repos, engine, settings, clock: systemClock };
  const metrics = new LiveMetrics({ repos, series, logs, clock: systemClock });
  const disks = new FullDisks(systemClock);
  const taken = { results, outputs, live, metrics, disks };
  const parts = { ...common, ...taken, logs, secrets, forbiddenMounts: [], hold: unheld };
  const launcher = new Launcher({
    ...{ ...common, jobs, maker, chooser, planner },
    requireRoom: () => undefined,
  });
  const runs = new RunService({ ...parts, launcher, feed, lock, scope });
  const faults: unknown[] = [];
  const noteFault = (fault: unknown) => void faults.push(fault);
  const leaseParts = {
    repo: repos.lease,
    lock,
    clock: systemClock,
    kind: 'app' as const,
    noteFault,
  };
  const lease = new QueueLease({ ...leaseParts, onChange: (listener) => feed.on(listener) });
  const room = new MachineRoom(common);
  const dispatcher = new Dispatcher({
    ...{ ...common, db, feed, lease, runs, room, disks, noteFault },
  });
  const restored = new RestoredRepo(db);
  const reconciler = new Reconciler({
    ...{ ...common, restored, lock, runs, live, scope, noteFault },
  });
  onTestFinished(() => feed.close());
  const makeVersion = () => {
    const project = repos.projects.byName('default')!;
    const job = { projectId: project.id, name: 'job', folder: '/code' };
    return repos.jobs.addVersion(job, testVersion('d0'), 1).version;
  };

  return {
    ...{ repos, db, feed, launcher, jobs, planner, folder },
    /** The connection to the engine that runs use. */
    engine: connection,
    /** What the planner finds wrong with every launch. */
    problems,
    /** Secrets by their names; a store that is locked while there is a `fault`. */
    secretStore,
    /** A version of a job, made when it is not there. */
    version: makeVersion,
    runs,
    logs,
    crashed,
    /** What was told of as the end of a look at what waits, and of the lease. */
    faults,
    /** Makes the engine that no run uses fail. */
    faultOfOther: (fault: Error) => {
      other.list = () => Promise.reject(fault);
    },
    lock,
    holdWaiting: () => dispatcher.hold(),
    lease,
    /** Also starts what waits when it follows, as the core does. */
    lookSoon: () => reconciler.lookSoon(),
    reconcile: (mode: 'settle' | 'follow') => {
      if (mode === 'follow') void scope.run((signal) => dispatcher.execute(signal));
      return reconciler.run(mode);
    },
    /** A job with one version, made when it is not there, and a run of it. */
    launch: async (attend = true, signal = scope.signal) => {
      const { jobId, id: versionId } = makeVersion();
      const { run } = await runs.launch({ jobId, versionId, attend }, { signal });
      return run.id;
    },
    /** A launch with more said about it. */
    launchWith: (spec: SpecOf, attend = true) => {
      const { jobId, id: versionId } = makeVersion();
      const request = { jobId, versionId, attend, spec: specWith(spec) };
      return runs.launch(request, { signal: scope.signal });
    },
    /** A launch into the queue that is always there. */
    launchQueued: async () => {
      const { jobId, id: versionId } = makeVersion();
      const request = { jobId, versionId, attend: false, queue: {} };
      return (await runs.launch(request, { signal: scope.signal })).run.id;
    },
    /** Ends in order, as closing the app does. */
    close: async () => {
      await scope.dispose();
      lock.release();
    },
  };
}
