import type { Executor } from '../shared/domain/queue.ts';
import type { EngineKind } from '../shared/domain/run.ts';
import type { Clock } from './clock.ts';
import type { ChangeFeed } from './db/change-feed.ts';
import { RestoredRepo } from './db/restored-repo.ts';
import type { Hold } from './db/use-lock.ts';
import type { Engine } from './engines/engine.ts';
import { requireRoom } from './free-space.ts';
import type { EngineChooser } from './host/engine-chooser.ts';
import { OwnResults } from './imports/own-results.ts';
import type { ReadSession } from './imports/read-session.ts';
import { Launcher } from './launch/launcher.ts';
import { LiveMetrics } from './live/live-metrics.ts';
import { RunOutputs } from './live/run-outputs.ts';
import { Remover } from './marks/remover.ts';
import type { openJobs } from './open-jobs.ts';
import type { Places, Stores } from './open-stores.ts';
import { FullDisks } from './queue/full-disks.ts';
import { QueueLease } from './queue/lease.ts';
import { MachineRoom } from './queue/machine-room.ts';
import { QueueService } from './queue/queue-service.ts';
import { Dispatcher } from './runs/dispatcher.ts';
import { LiveFolders } from './runs/live-folders.ts';
import { Reconciler } from './runs/reconciler.ts';
import { RunService } from './runs/run-service.ts';
import type { Scope } from './scope.ts';
import { SweepService } from './sweeps/sweep-service.ts';

export interface OpenRunsParts {
  dataDir: string;
  places: Places;
  stores: Stores;
  jobs: ReturnType<typeof openJobs>;
  engine(kind: EngineKind): Engine;
  chooser: EngineChooser;
  openSession(): ReadSession;
  /** Keeps what a run is to run in from being cleaned up. */
  hold: Hold;
  feed: ChangeFeed;
  /** What this process is to the others. */
  role: NonNullable<Executor['kind']>;
  clock: Clock;
  scope: Scope;
}

/** Runs: how they are launched, wait, are started, followed, and removed. Nothing is started yet. */
export function openRuns(parts: OpenRunsParts) {
  const { dataDir, places, stores, engine, chooser, feed, clock, scope } = parts;
  const { db, repos, settings, secretStore, lock, logs, series } = stores;
  const { noteFault } = stores.troubles;
  const { jobs, maker, planner, newPlanner, forbiddenMounts } = parts.jobs;
  const common = { repos, engine, clock, settings: () => settings.get() };
  const live = new LiveFolders(places.live);
  const disks = new FullDisks(clock);
  const outputs = new RunOutputs({ repos, clock, folder: places.outputs });
  const launcher = new Launcher({
    ...{ ...common, jobs, maker, chooser, planner },
    requireRoom: () => requireRoom(dataDir),
  });
  const runs = new RunService({
    ...{ ...common, launcher, feed, lock, scope, logs, live, disks, outputs, forbiddenMounts },
    results: new OwnResults({ repos, clock, folder: places.runs, openSession: parts.openSession }),
    metrics: new LiveMetrics({ repos, series, logs, clock }),
    secrets: secretStore,
    hold: parts.hold,
  });
  const lease = new QueueLease({
    ...{ repo: repos.lease, lock, clock, kind: parts.role, noteFault },
    onChange: (listener) => feed.on(listener),
  });
  return {
    ...{ runs, lease, outputs },
    queues: new QueueService({ repos, clock, executor: () => lease.executor() }),
    dispatcher: new Dispatcher({
      ...{ ...common, db, feed, lease, runs, disks, noteFault },
      room: new MachineRoom(common),
    }),
    reconciler: new Reconciler({
      ...{ ...common, lock, runs, live, scope, noteFault },
      restored: new RestoredRepo(db),
    }),
    sweeps: new SweepService({ repos, jobs, launcher, lock, clock, planner: newPlanner }),
    remover: new Remover({
      ...{ repos, logs, series, lock, scope },
      folders: [places.outputs, places.runs],
    }),
  };
}
