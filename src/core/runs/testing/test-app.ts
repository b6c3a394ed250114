import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../clock.ts';
import { ChangeFeed } from '../../db/change-feed.ts';
import { ExecutorLock } from '../../db/executor-lock.ts';
import { testDatabase, testVersion } from '../../db/testing.ts';
import type { EngineKind } from '../../../shared/domain/run.ts';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts';
import { EngineChooser } from '../../host/engine-chooser.ts';
import { JobMaker } from '../../jobs/job-maker.ts';
import { JobService } from '../../jobs/job-service.ts';
import { createLogStore } from '../../logs/create-log-store.ts';
import { Scope } from '../../scope.ts';
import type { Snapshots } from '../../snapshots/snapshots.ts';
import type { GitSources } from '../../sources/git/git-types.ts';
import { Reconciler } from '../reconciler.ts';
import { RunService } from '../run-service.ts';
import { FakeEngine, type CrashPoint } from './fake-engine.ts';

/** One "process" on a data folder: real database, log store and lock, a connection to the fake engine. */
export function testApp(folder: string, fake: FakeEngine, crashAt?: CrashPoint) {
  const { db, repos } = testDatabase(folder);
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
  const chooser = new EngineChooser({ engine, settings });
  const snapshots = {} as Snapshots;
  const jobs = new JobService({ repos, snapshots, clock: systemClock });
  const git = {} as GitSources;
  const maker = new JobMaker({ repos, snapshots, git, images: other, clock: systemClock });
  const logs = createLogStore(join(folder, 'logs'));
  const results = { take: async () => undefined };
  const parts = { repos, logs, engine, settings, clock: systemClock, results };
  const runs = new RunService({ ...parts, jobs, maker, chooser, feed, lock, scope });
  const reconciler = new Reconciler({ repos, lock, runs, engine, clock: systemClock, scope });
  onTestFinished(() => feed.close());

  return {
    repos,
    runs,
    logs,
    crashed,
    /** Makes the engine that no run uses fail. */
    faultOfOther: (fault: Error) => {
      other.list = () => Promise.reject(fault);
    },
    reconcile: (mode: 'settle' | 'follow') => reconciler.run(mode),
    /** A job with one version, made when it is not there, and a run of it. */
    launch: async (attend = true, signal = scope.signal) => {
      const project = repos.projects.byName('default')!;
      const job = { projectId: project.id, name: 'job', folder: '/code' };
      const { version } = repos.jobs.addVersion(job, testVersion('d0'), 1);
      const request = { jobId: version.jobId, versionId: version.id, attend };
      const { run } = await runs.launch(request, { signal });
      return run.id;
    },
    /** Ends in order, as closing the app does. */
    close: async () => {
      await scope.dispose();
      lock.release();
    },
  };
}
