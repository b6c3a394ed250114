import { AppError } from '../../shared/errors.ts';
import {
  EMPTY_SPEC,
  type LaunchProblem,
  type LaunchSpec,
} from '../../shared/domain/launch-spec.ts';
import { versionLabel, type Job, type JobVersion } from '../../shared/domain/job.ts';
import type { EngineKind, RewritePolicy } from '../../shared/domain/run.ts';
import type { QueuePlacement } from '../../shared/domain/queue.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import { jobInBin, type NewRun } from '../db/insert-run.ts';
import type { RunInputs } from '../db/specs-repo.ts';
import type { Engine } from '../engines/engine.ts';
import type { EngineChooser } from '../host/engine-chooser.ts';
import type { JobMaker } from '../jobs/job-maker.ts';
import type { JobService } from '../jobs/job-service.ts';
import type { Origins } from '../queue/origins.ts';
import type { Planner } from './planner.ts';
import { checkCancelled } from '../scope.ts';
import type { Control } from '../snapshots/snapshots.ts';
import { checkBuild, type BuildCheck } from './check-build.ts';
import { chosenBefore, engineInQueue, type ChosenEngine } from './choose-engine.ts';
import { codeOf } from './code-of.ts';
import { inputsDigest } from './inputs-digest.ts';
import { refuseProblems } from './refuse-problems.ts';

export interface LaunchRequest {
  jobId: string;
  /** A version as it is; without it the job's folder is frozen again first. */
  versionId?: string | undefined;
  entryPoint?: string | undefined;
  engine?: EngineKind | undefined;
  name?: string | undefined;
  /** Left away: `ask`, which refuses with what a rewrite would change. */
  rewrite?: RewritePolicy | undefined;
  /** Left away: nothing but the code's own defaults. */
  spec?: LaunchSpec | undefined;
  /** Put into a queue, from which it is started when it may; left away: started at once. */
  queue?: QueuePlacement | undefined;
  /** Where settings come from that the launch does not say itself. */
  origins?: Origins;
  /** False leaves the queued run to another process. */
  attend?: boolean;
}

export interface LauncherParts {
  jobs: JobService;
  maker: JobMaker;
  chooser: EngineChooser;
  planner: Pick<Planner, 'plan'>;
  engine(kind: EngineKind): Engine;
  settings(): Settings;
  /** @throws AppError `E_DISK_FULL` when nothing of a run could be kept */
  requireRoom(): void;
}

/** What runs of one launch have in common, whatever each is given. */
export interface LaunchBase {
  job: Job;
  version: JobVersion;
  newVersion: boolean;
  engine: EngineKind;
  entryPoint: string[];
  rewrite: boolean;
  /** It waits for its engine, which could not be asked what it thinks of the launch. */
  isUnasked: boolean;
  /** See {@link ChosenEngine}. */
  withoutDocker: string | null;
  origins?: Origins | undefined;
  notes: string[];
}

export interface PlannedInputs {
  inputs: RunInputs;
  notes: string[];
  problems: LaunchProblem[];
}

/** Finds out everything a launch needs, and what keeps it from starting, before there is a run. */
export class Launcher {
  readonly #parts: LauncherParts;

  constructor(parts: LauncherParts) {
    this.#parts = parts;
  }

  /**
   * What goes into a queue can wait for its engine, too.
   * @throws AppError for a folder, entry point, Dockerfile or engine that cannot be used, a job in the bin;
   * `E_CANCELLED`.
   */
  async base(request: LaunchRequest, control: Control): Promise<LaunchBase> {
    this.#parts.requireRoom();
    const chosen = await this.#engine(request, control.signal);
    const { kind: engine, isUnasked, withoutDocker } = chosen;
    const { job, version, newVersion } = await this.#version(request, control);
    refuseWithoutCode(version);
    const entryPoint = await this.#entryPoint(request, version);
    const build = isUnasked
      ? { rewrite: request.rewrite === 'auto', notes: [] }
      : await this.#checkBuild(engine, version, request, control.signal);
    checkCancelled(control.signal, 'The launch');
    return {
      ...{ job, version, newVersion, engine, entryPoint, isUnasked, withoutDocker },
      ...{ rewrite: build.rewrite, origins: request.origins },
      notes: [...chosen.notes, ...build.notes],
    };
  }

  /** What a run is given, checked. @throws AppError for the first thing that is wrong with it */
  async inputs(
    base: LaunchBase,
    spec: LaunchSpec | undefined,
    signal: AbortSignal,
  ): Promise<PlannedInputs> {
    const planned = await this.plan(base, spec ?? EMPTY_SPEC, signal);
    refuseProblems(planned.problems);
    return planned;
  }

  /** What a run is given, with what is wrong with it. */
  async plan(
    base: LaunchBase,
    spec: LaunchSpec,
    signal: AbortSignal,
    planner: LauncherParts['planner'] = this.#parts.planner,
  ): Promise<PlannedInputs> {
    const { version, entryPoint, engine, isUnasked, withoutDocker, origins } = base;
    const request = { version, entryPoint, engine, spec, isUnasked, withoutDocker, origins };
    const { delivery, notes, problems } = await planner.plan(request, signal);
    const digest = inputsDigest(base, spec, delivery);
    return { inputs: { entryPoint, spec, delivery, digest }, notes, problems };
  }

  async #engine(
    { engine, queue, versionId }: LaunchRequest,
    signal: AbortSignal,
  ): Promise<ChosenEngine> {
    const { chooser, jobs } = this.#parts;
    if (queue) {
      const version = versionId === undefined ? undefined : jobs.version(versionId);
      return engineInQueue(chooser, { engine, version }, signal);
    }
    const { kind, withoutDocker } = await chooser.require(engine, signal);
    return { ...chosenBefore(kind), withoutDocker };
  }

  async #version(request: LaunchRequest, control: Control) {
    const { jobs, maker } = this.#parts;
    const job = jobs.get(request.jobId);
    if (job.binnedAt !== null) throw jobInBin(job.name);
    if (request.versionId === undefined) {
      const made = await maker.makeAgain(job, control);
      return { job, version: made.version, newVersion: made.created };
    }
    const version = jobs.version(request.versionId);
    if (version.jobId === job.id) return { job, version, newVersion: false };
    throw new AppError('E_NOT_FOUND', `${versionLabel(version)} is not a version of ${job.name}.`, {
      next: 'Choose one of the versions of the job.',
    });
  }

  async #entryPoint(request: LaunchRequest, version: JobVersion): Promise<string[]> {
    if (request.entryPoint === undefined) return version.entryPoint;
    return this.#parts.jobs.entryPointFor(version, request.entryPoint);
  }

  /** Only an image, or a Dockerfile of the person's own, can ask for what an engine cannot do. */
  async #checkBuild(
    kind: EngineKind,
    version: JobVersion,
    request: LaunchRequest,
    signal: AbortSignal,
  ): Promise<BuildCheck> {
    const code = codeOf(version);
    if (code.kind === 'tree' && code.build.dockerfile === null)
      return { rewrite: false, notes: [] };
    const asked = {
      runId: '',
      jobId: version.jobId,
      code,
      rewrite: false,
      settings: this.#parts.settings(),
    };
    return checkBuild(this.#parts.engine(kind), asked, request.rewrite ?? 'ask', signal);
  }
}

/** A queued run that nobody has yet. */
export const newRun = (
  base: LaunchBase,
  name: string | null,
  inputs: RunInputs,
  queue?: NewRun['queue'],
): NewRun => ({
  projectId: base.job.projectId,
  jobId: base.job.id,
  versionId: base.version.id,
  name,
  engine: base.engine,
  entryPoint: inputs.delivery.argv,
  rewrite: base.rewrite,
  executor: null,
  inputs,
  queue,
});

/** What is left of a run whose code is not to be had can be looked at, and not launched. */
function refuseWithoutCode({ source }: JobVersion): void {
  if (source.kind !== 'code' || source.without === undefined) return;
  throw new AppError(
    'E_SOURCE_NOT_FOUND',
    `The code of this version is not here: ${source.without}`,
    {
      next: 'Import the run again where its code can be had, or make the job from the code.',
    },
  );
}
