import type { EngineKind } from '../shared/domain/run.ts';
import type { Clock } from './clock.ts';
import type { Hold } from './db/use-lock.ts';
import type { Engine } from './engines/engine.ts';
import type { EngineChooser } from './host/engine-chooser.ts';
import type { ReadSession } from './imports/read-session.ts';
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
import type { Places, Stores } from './open-stores.ts';
import type { Scope } from './scope.ts';
import { gitCredentials } from './secrets/credentials.ts';
import { createGitSources } from './sources/git/git-sources.ts';
import { remembering } from './sweeps/remembering.ts';
import { Transfer } from './transfer/transfer.ts';

export interface OpenJobsParts {
  dataDir: string;
  places: Places;
  stores: Stores;
  /** The folder `resources`. */
  resources: string;
  engine(kind: EngineKind): Engine;
  chooser: EngineChooser;
  openSession(): ReadSession;
  /** Keeps what a version is made of from being cleaned up. */
  hold: Hold;
  clock: Clock;
  scope: Scope;
}

/** Jobs: where their code comes from, what they can be given, and what a launch of one would be. */
export function openJobs(parts: OpenJobsParts) {
  const { stores, places, engine, chooser, openSession, hold, clock, scope } = parts;
  const { db, repos, settings, secretStore, snapshots, logs, series } = stores;
  const images = engine('docker');
  const git = createGitSources({
    ...{ folder: places.git, scripts: parts.resources, snapshots },
    credentials: gitCredentials(secretStore),
  });
  const jobs = new JobService({ repos, snapshots, clock });
  const maker = new JobMaker({ repos, snapshots, clock, git, images, hold });
  const inspector = new Inspector({ snapshots, git, settings: () => settings.get(), hold });
  const inputs = new InputService({ inspector, repos });
  const presets = new PresetService({ repos, snapshots, inputs, clock });
  const plannerParts: PlannerParts = {
    ...{ inputs, snapshots, chooser },
    settings: () => settings.get(),
    secretNames: () => secretStore.list(),
    checkRun: (kind, run, signal) => engine(kind).checkRun(run, signal),
    forbiddenMounts: forbiddenMounts(parts.dataDir),
  };
  const importer = new RunImporter({
    ...{ repos, clock, series, logs, openSession },
    jobs: new TrackedJobs({ maker, snapshots, git, images, hold }),
  });
  return {
    ...{ jobs, maker, inspector, inputs, presets },
    forbiddenMounts: plannerParts.forbiddenMounts,
    planner: new Planner(plannerParts),
    /** One that asks for nothing twice, for a great many launches at once. */
    newPlanner: () => new Planner(remembering(plannerParts)),
    transfer: new Transfer({ db, repos, snapshots, clock, hold }),
    tracked: new TrackedService({ repos, importer, clock, scope }),
  };
}
