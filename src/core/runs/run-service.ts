import { AppError } from '../../shared/errors.ts';
import { isTerminal, type Run } from '../../shared/domain/run.ts';
import type { ChangeFeed } from '../db/change-feed.ts';
import type { ExecutorLock } from '../db/executor-lock.ts';
import type { NewRun } from '../db/insert-run.ts';
import { checkCancelled } from '../scope.ts';
import type { Control } from '../snapshots/snapshots.ts';
import { Attendance, type AttendanceParts } from './attendance.ts';
import { stoppedBeforeStart } from './failure.ts';
import { newRun, type Launcher, type LaunchRequest } from '../launch/launcher.ts';
import { placeAgain, placeLaunch } from '../queue/place-launch.ts';

export interface RunServiceParts extends AttendanceParts {
  launcher: Launcher;
  feed: ChangeFeed;
  lock: ExecutorLock;
}

export type { LaunchRequest } from '../launch/launcher.ts';

/** What came of a launch. */
export interface Launched {
  run: Run;
  newVersion: boolean;
  /** The run is an earlier one that was given the same; nothing was started. */
  identical: boolean;
  notes: string[];
}

/** Launches, stops and attends runs. Runs outlive it: what still runs when it is disposed goes on. */
export class RunService {
  readonly #parts: RunServiceParts;
  readonly #attendance: Attendance;

  constructor(parts: RunServiceParts) {
    this.#parts = parts;
    this.#attendance = new Attendance(parts);
    parts.feed.on((changes) => {
      for (const run of changes.runs) this.#attendance.passStopOn(run.id);
    });
  }

  /**
   * Starts a run of a job and returns as soon as its row is there. When it throws there is no run; the
   * version that the folder was frozen to may be there.
   * @throws AppError for a folder, entry point, input or engine that cannot be used; `E_CANCELLED`.
   */
  async launch(asked: LaunchRequest, control: Control): Promise<Launched> {
    const { launcher, repos } = this.#parts;
    const { launch: request, place, notes: ofQueue } = placeLaunch(repos.queues, asked);
    const base = await launcher.base(request, control);
    const planned = await launcher.inputs(base, request.spec, control.signal);
    checkCancelled(control.signal, 'The launch');
    const { newVersion } = base;
    const notes = [...ofQueue, ...base.notes, ...planned.notes];
    const earlier = this.#identical(planned.inputs.spec.settings.skipIdentical, planned.inputs);
    if (earlier) {
      const note = `Nothing was started: "${earlier.name}" finished with the same version and inputs.`;
      return { run: earlier, newVersion, identical: true, notes: [...notes, note] };
    }
    const made = newRun(base, request.name?.trim() || null, planned.inputs, place);
    const run = this.#create(made, request.attend !== false);
    return { run, newVersion, identical: false, notes };
  }

  /**
   * The same once more: the same version, given the same, on the same engine. A run of its own, also
   * where the first one was a cell of a sweep. It is in a queue only when that is said.
   * @throws AppError `E_STATE` for an imported run; what a launch throws that is checked again, since
   * what a run may use can have changed
   */
  async rerun(
    runId: string,
    control: Control,
    { attend = true, queue }: Pick<LaunchRequest, 'attend' | 'queue'> = {},
  ): Promise<Launched> {
    const { launcher, repos } = this.#parts;
    const { engine, jobId, versionId, rewrite, entryPoint } = this.get(runId);
    if (engine === null) throw importedRun();
    const place = placeAgain(repos.queues, queue, engine);
    const policy = rewrite ? 'auto' : 'ask';
    const request = { jobId, versionId, engine, queue, rewrite: policy } as const;
    const stored = repos.specs.of(runId);
    const words = stored?.entryPoint ?? entryPoint;
    const base = { ...(await launcher.base(request, control)), entryPoint: words };
    const checked = await launcher.inputs(base, stored?.spec, control.signal);
    checkCancelled(control.signal, 'The launch');
    const made = newRun(base, null, stored ?? checked.inputs, place);
    const run = this.#create({ ...made, rewrite }, attend);
    return { run, newVersion: false, identical: false, notes: base.notes };
  }

  /** Takes a run whose executor died, or one that waits, is in no queue and no sweep, and may start now. */
  adopt(runId: string): void {
    const { repos, lock } = this.#parts;
    const executor = repos.runs.executorOf(runId);
    if (executor !== null && lock.isAlive(executor)) return;
    if (executor === null) this.#claim(runId);
    else if (repos.runs.adopt(runId, executor, lock.id)) this.#begin(runId, false);
  }

  #claim(runId: string): void {
    const { repos, lock, clock } = this.#parts;
    if (!this.#hasRoom(runId)) return;
    const now = clock.now();
    repos.waiting.keepWaitsOfRetries(now);
    if (repos.waiting.claim(runId, lock.id, now)) this.#begin(runId, true);
  }

  /** Takes a run that waits, as the holder of the lease. False when it is not, or the run may not start now. */
  take(runId: string): boolean {
    const { repos, lock, clock } = this.#parts;
    const taken = repos.waiting.take(runId, lock.id, clock.now());
    if (taken) this.#begin(runId, true);
    return taken;
  }

  /** The further try that a run was given when it ended; null when it was given none. */
  nextTry(runId: string): Run | null {
    return this.#parts.repos.runs.triedAgainAs(runId);
  }

  /** Resolves when this process no longer attends the run: it ended, or the process is ending. */
  async attended(runId: string): Promise<void> {
    await this.#attendance.ended(runId);
  }

  /**
   * Asks a run to end; a second time: at once. Whichever process attends the run carries it out; one that
   * waits is ended here.
   * @throws AppError `E_NOT_FOUND`, `E_STATE` when the run has ended.
   */
  stop(runId: string): Run {
    const run = this.get(runId);
    if (isTerminal(run.state)) {
      throw new AppError('E_STATE', `The run "${run.name}" has already ended (${run.state}).`, {
        next: 'There is nothing left to stop; start it once more to run it again.',
      });
    }
    const { repos, clock } = this.#parts;
    if (!repos.waiting.stop(runId, stoppedBeforeStart().reason, clock.now())) {
      repos.runs.requestStop(runId, clock.now());
      this.#attendance.passStopOn(runId);
    }
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

  /** Whether one that waits may be started on its engine now, as far as this process knows. */
  #hasRoom(runId: string): boolean {
    const { repos, disks } = this.#parts;
    const engine = repos.runs.get(runId)?.engine;
    return !engine || disks.reason(engine) === null;
  }

  #begin(runId: string, waited: boolean): void {
    if (waited) this.#parts.disks.begins(this.get(runId));
    this.#attendance.begin(runId, { waited });
  }

  #identical(isWanted: boolean, { digest }: { digest: string }): Run | null {
    const { specs, runs } = this.#parts.repos;
    const id = isWanted ? specs.finishedWith(digest) : null;
    return id === null ? null : runs.get(id);
  }

  #create(run: NewRun, isWanted: boolean): Run {
    const { repos, lock, clock } = this.#parts;
    // What is in a queue is started from there.
    const attend = isWanted && !run.queue;
    const created = repos.runs.create({ ...run, executor: attend ? lock.id : null }, clock.now());
    if (attend) this.#begin(created.id, false);
    return created;
  }
}

const importedRun = (): AppError =>
  new AppError('E_STATE', 'This run was imported; it was not launched by Slipway.', {
    next: 'Launch its job, filled in from this run.',
  });
