import { AppError, toErrorData } from '../../shared/errors.ts';
import type { LaunchSpec } from '../../shared/domain/launch-spec.ts';
import { versionLabel, type JobVersion } from '../../shared/domain/job.ts';
import {
  isTerminal,
  type EngineKind,
  type RewritePolicy,
  type Run,
} from '../../shared/domain/run.ts';
import type { ChangeFeed } from '../db/change-feed.ts';
import type { ExecutorLock } from '../db/executor-lock.ts';
import type { EngineChooser } from '../host/engine-chooser.ts';
import type { JobMaker } from '../jobs/job-maker.ts';
import type { JobService } from '../jobs/job-service.ts';
import { checkCancelled, type Scope } from '../scope.ts';
import type { Control } from '../snapshots/snapshots.ts';
import { attend } from './attend.ts';
import { checkBuild, type BuildCheck } from './check-build.ts';
import { codeOf } from './code-of.ts';
import type { AttendParts } from './attended.ts';
import { isCancelled } from './failure.ts';
import { whenThereIsSpace } from './patience.ts';
import { StopRequest } from './stop-request.ts';

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
  /** False leaves the queued run to another process. */
  attend?: boolean;
}

export interface RunServiceParts extends AttendParts {
  jobs: JobService;
  maker: JobMaker;
  chooser: EngineChooser;
  feed: ChangeFeed;
  lock: ExecutorLock;
  scope: Scope;
}

/** Launches, stops and attends runs. Runs outlive it: what still runs when it is disposed goes on. */
export class RunService {
  readonly #parts: RunServiceParts;
  readonly #attended = new Map<string, { stop: StopRequest; ended: Promise<void> }>();

  constructor(parts: RunServiceParts) {
    this.#parts = parts;
    parts.feed.on((changes) => {
      for (const run of changes.runs) this.#passStopOn(run.id);
    });
  }

  /**
   * Starts a run of a job and returns as soon as its row is there. When it throws there is no run; the
   * version that the folder was frozen to may be there.
   * @throws AppError for a folder, entry point or engine that cannot be used; `E_CANCELLED`.
   */
  async launch(
    request: LaunchRequest,
    control: Control,
  ): Promise<{ run: Run; newVersion: boolean; notes: string[] }> {
    const { repos, chooser, clock, lock } = this.#parts;
    const engine = await chooser.require(request.engine, control.signal);
    const { job, version, newVersion } = await this.#version(request, control);
    refuseWithoutCode(version);
    const entryPoint = await this.#entryPoint(request, version);
    const { rewrite, notes } = await this.#checkBuild(engine, version, request, control.signal);
    checkCancelled(control.signal, 'The launch');
    const run = repos.runs.create(
      {
        projectId: job.projectId,
        jobId: job.id,
        versionId: version.id,
        name: request.name?.trim() || null,
        engine,
        entryPoint,
        rewrite,
        executor: request.attend === false ? null : lock.id,
      },
      clock.now(),
    );
    if (request.attend !== false) this.#attend(run.id);
    return { run, newVersion, notes };
  }

  /** Takes a run that waits for an executor, or whose executor died. */
  adopt(runId: string): void {
    const { repos, lock } = this.#parts;
    const found = repos.runs.active().find((active) => active.run.id === runId);
    if (!found || (found.executor !== null && lock.isAlive(found.executor))) return;
    if (repos.runs.adopt(runId, found.executor, lock.id)) this.#attend(runId);
  }

  /** Resolves when this process no longer attends the run: it ended, or the process is ending. */
  async attended(runId: string): Promise<void> {
    await this.#attended.get(runId)?.ended;
  }

  /**
   * Asks a run to end; a second time: at once. Whichever process attends the run carries it out.
   * @throws AppError `E_NOT_FOUND`, `E_STATE` when the run has ended.
   */
  stop(runId: string): Run {
    const run = this.get(runId);
    if (isTerminal(run.state)) {
      throw new AppError('E_STATE', `The run "${run.name}" has already ended (${run.state}).`);
    }
    this.#parts.repos.runs.requestStop(runId, this.#parts.clock.now());
    this.#passStopOn(runId);
    return this.get(runId);
  }

  /** @throws AppError `E_NOT_FOUND` */
  get(runId: string): Run {
    const run = this.#parts.repos.runs.get(runId);
    if (run) return run;
    throw new AppError('E_NOT_FOUND', `There is no run "${runId}".`, {
      next: 'See `slipway run list`.',
    });
  }

  async #version(request: LaunchRequest, control: Control) {
    const { jobs, maker } = this.#parts;
    const job = jobs.get(request.jobId);
    if (request.versionId === undefined) {
      const made = await maker.makeAgain(job, control);
      return { job, version: made.version, newVersion: made.created };
    }
    const version = jobs.version(request.versionId);
    if (version.jobId === job.id) return { job, version, newVersion: false };
    throw new AppError('E_NOT_FOUND', `${versionLabel(version)} is not a version of ${job.name}.`);
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

  #attend(runId: string): void {
    const stop = new StopRequest();
    const ended = this.#parts.scope.run((leave) => this.#attendToEnd(runId, stop, leave));
    this.#attended.set(runId, { stop, ended });
    this.#passStopOn(runId);
  }

  async #attendToEnd(runId: string, stop: StopRequest, leave: AbortSignal): Promise<void> {
    try {
      await attend(this.#parts, runId, stop, leave).catch((error: unknown) =>
        this.#endByFault(runId, error, leave),
      );
    } catch (error) {
      // No fault: this process ends, and the next one goes on from here.
      if (!leave.aborted || !isCancelled(error)) throw error;
    } finally {
      this.#attended.delete(runId);
    }
  }

  /** A fault of ours must not leave a run that looks alive; what it started is told, not hidden. */
  async #endByFault(runId: string, fault: unknown, leave: AbortSignal): Promise<void> {
    if (leave.aborted && isCancelled(fault)) throw fault;
    const { message, next, detail } = toErrorData(fault);
    const reason = {
      code: 'interrupted' as const,
      text: message,
      next: next ?? null,
      detail: detail ?? null,
    };
    const log = {
      state: 'partial' as const,
      reason: 'Slipway failed while it followed the run',
    };
    const end = { state: 'crashed' as const, reason, exitCode: null, log };
    const { repos, clock } = this.#parts;
    await whenThereIsSpace(leave, () => repos.runs.end(runId, end, clock.now()));
  }

  #passStopOn(runId: string): void {
    const attended = this.#attended.get(runId);
    if (attended) attended.stop.update(this.#parts.repos.runs.stopRequests(runId));
  }
}

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
